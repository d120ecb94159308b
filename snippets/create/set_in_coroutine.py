"""A plain await shares the context; a task does not."""

import asyncio
from contextvars import ContextVar

user: ContextVar[str] = ContextVar("user", default="nobody")


async def log_in() -> str:
    user.set("ana")
    return user.get()


async def main() -> None:
    print("task returned:", await asyncio.create_task(log_in()))
    print("main sees:", user.get())
    print("coroutine returned:", await log_in())
    print("main sees:", user.get())


if __name__ == "__main__":
    asyncio.run(main())
