"""A caller that cannot await lets a thread run the coroutine."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def fetch() -> str:
    await asyncio.sleep(1)
    return "the report"


def load_report() -> str:
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, fetch()).result()


async def tick() -> None:
    while True:
        await asyncio.sleep(0.4)
        print("tick")


async def main() -> None:
    ticker = asyncio.create_task(tick())
    await asyncio.sleep(0.6)
    print(load_report())
    ticker.cancel()


if __name__ == "__main__":
    asyncio.run(main())
