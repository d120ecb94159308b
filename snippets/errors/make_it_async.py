"""async def makes a function whose call returns a coroutine."""

import asyncio


async def save() -> None:
    await asyncio.sleep(0.2)
    print("save: done")


async def main() -> None:
    task = asyncio.create_task(save())
    print("main: the task is created")
    await task


if __name__ == "__main__":
    asyncio.run(main())
