"""A function that works with and without a loop, and blocks it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def fetch() -> str:
    await asyncio.sleep(1)
    return "the page"


def load() -> str:
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, fetch()).result()


async def tick() -> None:
    while True:
        print("tick")
        await asyncio.sleep(0.7)


async def main() -> None:
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.2)
    print("main: got", load())
    ticking.cancel()


if __name__ == "__main__":
    print("no loop runs: got", load())
    asyncio.run(main())
