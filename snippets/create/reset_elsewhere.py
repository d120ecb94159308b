"""A token cannot reset its variable in another context."""

import asyncio
from contextvars import ContextVar, Token

user: ContextVar[str] = ContextVar("user", default="nobody")


async def log_in() -> Token[str]:
    return user.set("ana")


async def main() -> None:
    token = await asyncio.create_task(log_in())
    user.reset(token)


if __name__ == "__main__":
    asyncio.run(main())
