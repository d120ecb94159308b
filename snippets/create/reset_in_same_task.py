"""Set and reset a context variable in one task."""

import asyncio
from contextvars import ContextVar

user: ContextVar[str] = ContextVar("user", default="nobody")


async def act_as(name: str) -> None:
    token = user.set(name)
    try:
        print("inside:", user.get())
        await asyncio.sleep(0.3)
    finally:
        user.reset(token)
    print("after reset:", user.get())


async def main() -> None:
    await asyncio.create_task(act_as("ana"))


if __name__ == "__main__":
    asyncio.run(main())
