"""A task with a name may still use up a number."""

import asyncio


async def main() -> None:
    first = asyncio.create_task(asyncio.sleep(0))
    named = asyncio.create_task(asyncio.sleep(0), name="named")
    last = asyncio.create_task(asyncio.sleep(0))
    for task in (first, named, last):
        print(task.get_name())
        await task


if __name__ == "__main__":
    asyncio.run(main())
