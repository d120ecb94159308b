"""The last thing that main() does is to create a task."""

import asyncio


async def work() -> None:
    print("work: start")
    await asyncio.sleep(0.2)
    print("work: end")


async def main() -> None:
    task = asyncio.create_task(work())
    print("main: end, done:", task.done())


if __name__ == "__main__":
    asyncio.run(main())
