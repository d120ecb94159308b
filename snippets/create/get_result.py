"""Get what a task returned: from await, again, and from result()."""

import asyncio


async def measure() -> int:
    await asyncio.sleep(0.5)
    print("measure: end")
    return 21


async def main() -> None:
    task = asyncio.create_task(measure())
    print("done:", task.done())
    print("await:", await task)
    print("done:", task.done())
    print("await:", await task)
    print("result():", task.result())


if __name__ == "__main__":
    asyncio.run(main())
