"""A token resets its variable at the end of a with block."""

# /// script
# requires-python = ">=3.14"
# ///

import asyncio
from contextvars import ContextVar

user: ContextVar[str] = ContextVar("user", default="nobody")


async def act_as(name: str) -> None:
    with user.set(name):
        print("inside:", user.get())
        await asyncio.sleep(0.3)
    print("after reset:", user.get())


async def main() -> None:
    await asyncio.create_task(act_as("ana"))


if __name__ == "__main__":
    asyncio.run(main())
