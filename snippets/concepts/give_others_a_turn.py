"""Awaiting a pending task gives others a turn; a coroutine does not."""

import asyncio


async def say(text: str) -> None:
    print(text)


async def main() -> None:
    first = asyncio.create_task(say("first task"))
    await say("coroutine")
    print("main: has awaited a coroutine")
    await first
    print("main: has awaited a task")
    second = asyncio.create_task(say("second task"))
    await first
    print("main: has awaited a task that was done")
    await second


if __name__ == "__main__":
    asyncio.run(main())
