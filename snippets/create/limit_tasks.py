"""A semaphore lets only some of many tasks work at a time."""

import asyncio
import time


async def fetch(slots: asyncio.Semaphore) -> float:
    async with slots:
        start = time.perf_counter()
        await asyncio.sleep(1)
    return start


async def main() -> None:
    begin = time.perf_counter()
    slots = asyncio.Semaphore(4)
    tasks = [asyncio.create_task(fetch(slots)) for _ in range(12)]
    waits = [f"{await task - begin:.0f}" for task in tasks]
    print("seconds before the work began:", *waits)
    print(f"main: {time.perf_counter() - begin:.0f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
