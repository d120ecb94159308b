"""Tasks share one thread: computing in them is not done in parallel."""

import asyncio
import time


async def compute() -> None:
    end = time.process_time() + 0.25
    while time.process_time() < end:
        pass


async def main() -> None:
    start = time.process_time()
    tasks = [asyncio.create_task(compute()) for _ in range(4)]
    for task in tasks:
        await task
    used = time.process_time() - start
    print(f"four quarters of a second: {used:.0f} second")


if __name__ == "__main__":
    asyncio.run(main())
