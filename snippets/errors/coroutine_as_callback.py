"""A callback is called, not awaited."""

import asyncio


async def report(task: asyncio.Task[None]) -> None:
    print("report: never printed")


async def work() -> None:
    print("work: done")


async def main() -> None:
    task = asyncio.create_task(work())
    task.add_done_callback(report)
    await task
    await asyncio.sleep(0)
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
