"""Cancelled in its last turn: cancelled, although it returns."""

import asyncio


async def work() -> str:
    task = asyncio.current_task()
    assert task
    print("work: cancel():", task.cancel())
    return "a user"


async def main() -> None:
    task = asyncio.create_task(work())
    await asyncio.wait([task])
    print("main: cancelled:", task.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
