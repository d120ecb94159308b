"""A timer sleeps, then reads the clock, while a task works."""

import asyncio
import time


async def timer(seconds: int) -> str:
    start = time.perf_counter()
    for _ in range(seconds):
        await asyncio.sleep(1)
        print(f"{time.perf_counter() - start:.0f} s passed")
    return "timer: end"


async def work() -> str:
    await asyncio.sleep(1.5)
    return "work: end"


async def main() -> None:
    clock = asyncio.create_task(timer(3))
    job = asyncio.create_task(work())
    print("main: got", await job)
    print("main: got", await clock)


if __name__ == "__main__":
    asyncio.run(main())
