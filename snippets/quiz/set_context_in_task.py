"""A coroutine sets a context variable, awaited or as a task."""

import asyncio
from contextvars import ContextVar

user: ContextVar[str] = ContextVar("user", default="nobody")


async def login(name: str) -> None:
    user.set(name)


async def main() -> None:
    await asyncio.create_task(login("ann"))
    print("after the task:", user.get())
    await login("bob")
    print("after the coroutine:", user.get())


if __name__ == "__main__":
    asyncio.run(main())
