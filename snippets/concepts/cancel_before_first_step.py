"""Cancelled before its first step, a coroutine never runs."""

import asyncio


async def work() -> None:
    try:
        print("work: start")
        await asyncio.sleep(1)
    finally:
        print("work: cleanup")


async def main() -> None:
    task = asyncio.create_task(work())
    task.cancel()
    await asyncio.wait([task])
    print("main: cancelled:", task.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
