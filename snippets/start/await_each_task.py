"""A task awaited where it is created runs alone: still sequential."""

import asyncio
import time


async def fetch(name: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    return name


async def main() -> None:
    start = time.perf_counter()
    for name, seconds in (("prices", 2), ("news", 1)):
        task = asyncio.create_task(fetch(name, seconds))
        print("main: got", await task)
    print(f"main: {time.perf_counter() - start:.0f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
