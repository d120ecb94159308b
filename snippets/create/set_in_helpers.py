"""Some functions make a task of the coroutine that they are given."""

import asyncio
from contextvars import ContextVar

user: ContextVar[str] = ContextVar("user", default="nobody")


async def log_in() -> None:
    user.set("ana")


async def main() -> None:
    await asyncio.gather(log_in())
    print("after gather():", user.get())
    await asyncio.wait_for(log_in(), timeout=1)
    print("after wait_for():", user.get())


if __name__ == "__main__":
    asyncio.run(main())
