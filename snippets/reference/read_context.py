"""What a task has set can be read from its context."""

# /// script
# requires-python = ">=3.12"
# ///

import asyncio
from contextvars import ContextVar

user = ContextVar("user", default="nobody")


async def log_in() -> None:
    user.set("ana")


async def main() -> None:
    task = asyncio.create_task(log_in())
    await task
    print("main:", user.get())
    print("task:", task.get_context()[user])


if __name__ == "__main__":
    asyncio.run(main())
