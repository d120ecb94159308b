"""One second in one sleep or in two: either can end first."""

import asyncio
import time


async def one_sleep() -> None:
    await asyncio.sleep(1)
    print("one sleep: end")


async def two_sleeps() -> None:
    await asyncio.sleep(0.5)
    await asyncio.sleep(0.5)
    print("two sleeps: end")


async def compute(after: float) -> None:
    if after:
        await asyncio.sleep(after)
    time.sleep(0.4)


async def main() -> None:
    for after in (0.0, 0.3):
        print(f"computing after {after} seconds")
        coroutines = (two_sleeps(), compute(after), one_sleep())
        tasks = [asyncio.create_task(each) for each in coroutines]
        for task in tasks:
            await task


if __name__ == "__main__":
    asyncio.run(main())
