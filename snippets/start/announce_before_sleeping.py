"""A timer that speaks before it sleeps is a second ahead."""

import asyncio
import time


async def timer(seconds: int) -> None:
    start = time.perf_counter()
    for passed in range(1, seconds + 1):
        really = time.perf_counter() - start
        print(f"{passed} s passed, really {really:.0f}")
        await asyncio.sleep(1)


async def main() -> None:
    await timer(2)


if __name__ == "__main__":
    asyncio.run(main())
