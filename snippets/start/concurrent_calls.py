"""Create two tasks, then await both: the waits overlap."""

import asyncio
import time


async def fetch(name: str, seconds: float) -> str:
    print(f"fetch {name}: start")
    await asyncio.sleep(seconds)
    print(f"fetch {name}: end")
    return name


async def main() -> None:
    start = time.perf_counter()
    prices = asyncio.create_task(fetch("prices", 2))
    news = asyncio.create_task(fetch("news", 1))
    print("main: got", await prices)
    print("main: got", await news)
    print(f"main: {time.perf_counter() - start:.0f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
