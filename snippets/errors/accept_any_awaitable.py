"""ensure_future() takes a coroutine, a task or another awaitable."""

import asyncio
from collections.abc import Awaitable


async def work(number: int) -> int:
    return number


async def in_background(thing: Awaitable[int]) -> int:
    future = asyncio.ensure_future(thing)
    return await future


async def main() -> None:
    task = asyncio.create_task(work(1))
    print(await in_background(task))
    print(await in_background(work(2)))
    print(asyncio.ensure_future(task) is task)


if __name__ == "__main__":
    asyncio.run(main())
