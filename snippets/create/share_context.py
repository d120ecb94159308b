"""Two tasks run in one context, so one sees what the other sets."""

import asyncio
from contextvars import ContextVar, copy_context

user: ContextVar[str] = ContextVar("user", default="nobody")


async def log_in() -> None:
    user.set("ana")


async def show() -> None:
    print("show:", user.get())


async def main() -> None:
    shared = copy_context()
    await asyncio.create_task(log_in(), context=shared)
    await asyncio.create_task(show(), context=shared)
    print("main:", user.get())
    print("main, from the shared context:", shared[user])


if __name__ == "__main__":
    asyncio.run(main())
