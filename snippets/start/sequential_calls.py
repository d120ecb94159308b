"""Await two coroutines, one after the other: the waits add up."""

import asyncio
import time


async def fetch(name: str, seconds: float) -> str:
    print(f"fetch {name}: start")
    await asyncio.sleep(seconds)
    print(f"fetch {name}: end")
    return name


async def main() -> None:
    start = time.perf_counter()
    print("main: got", await fetch("prices", 2))
    print("main: got", await fetch("news", 1))
    print(f"main: {time.perf_counter() - start:.0f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
