"""A task that nobody awaits is no coroutine that nobody awaits."""

import asyncio


async def save() -> None:
    print("save: start")
    await asyncio.sleep(1)
    print("save: never printed")


async def main() -> None:
    task = asyncio.create_task(save())
    await asyncio.sleep(0.5)
    print("main: end, save is done:", task.done())


if __name__ == "__main__":
    asyncio.run(main())
