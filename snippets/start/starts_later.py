"""A new task does not run yet: its first step waits for the loop."""

import asyncio


async def work() -> None:
    print("work: start")


async def main() -> None:
    task = asyncio.create_task(work())
    print("main: the task is created, done:", task.done())
    print("main: still running")
    await asyncio.sleep(0)
    print("main: the loop has had its turn, done:", task.done())


if __name__ == "__main__":
    asyncio.run(main())
