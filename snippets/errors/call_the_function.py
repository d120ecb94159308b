"""With the parentheses, create_task() gets a coroutine."""

import asyncio


async def work() -> None:
    print("work: done")


async def main() -> None:
    task = asyncio.create_task(work())
    await task


if __name__ == "__main__":
    asyncio.run(main())
