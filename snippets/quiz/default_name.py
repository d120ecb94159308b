"""The name of a task that was given none."""

import asyncio


async def work() -> None:
    await asyncio.sleep(0)


async def main() -> None:
    task = asyncio.create_task(work())
    print(task.get_name())
    await task


if __name__ == "__main__":
    asyncio.run(main())
