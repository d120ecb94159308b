"""A task runs in a copy of the context, made when it is created."""

import asyncio
from contextvars import ContextVar

user: ContextVar[str] = ContextVar("user")


async def work() -> None:
    print("work: starts with", user.get())
    user.set("eva")
    print("work: goes on with", user.get())


async def main() -> None:
    user.set("ana")
    task = asyncio.create_task(work())
    user.set("ben")
    await task
    print("main: still has", user.get())


if __name__ == "__main__":
    asyncio.run(main())
