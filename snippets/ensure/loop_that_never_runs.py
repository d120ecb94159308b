"""A task on a loop that nobody runs does not start."""

import asyncio


async def save() -> None:
    print("save: never printed")


async def main() -> None:
    print("main: on a loop of its own")


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    task = loop.create_task(save())
    asyncio.run(main())
    print("save is done:", task.done())
