"""A periodic task that sleeps after each job falls behind."""

import asyncio
import time

PERIOD = 0.5


async def job(seconds: float) -> None:
    await asyncio.sleep(seconds)


async def poll() -> None:
    for seconds in (0.2, 0.6, 0.1, 0.1):
        await job(seconds)
        await asyncio.sleep(PERIOD)


async def main() -> None:
    start = time.perf_counter()
    poller = asyncio.create_task(poll())
    await poller
    passed = time.perf_counter() - start
    print(f"4 periods of {PERIOD} s took {passed:.0f} s")


if __name__ == "__main__":
    asyncio.run(main())
