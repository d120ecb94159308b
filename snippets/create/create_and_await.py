"""Create a task, go on, then await its result."""

import asyncio


async def measure(station: str) -> int:
    print(f"measure {station}: start")
    await asyncio.sleep(0.5)
    return 21


async def main() -> None:
    task = asyncio.create_task(measure("north"))
    print("main: the task is created")
    degrees = await task
    print("main: got", degrees)


if __name__ == "__main__":
    asyncio.run(main())
