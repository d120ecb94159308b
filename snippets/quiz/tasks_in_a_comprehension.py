"""Three tasks of one second, awaited in a comprehension."""

import asyncio
import time


async def fetch(number: int) -> int:
    await asyncio.sleep(1)
    return number


async def main() -> None:
    start = time.perf_counter()
    print([await asyncio.create_task(fetch(n)) for n in (1, 2, 3)])
    print(f"{time.perf_counter() - start:.0f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
