"""A task on a loop that is never run, beside asyncio.run()."""

import asyncio


async def work() -> None:
    print("work: never printed")


async def main() -> None:
    print("main: end")


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    task = loop.create_task(work())
    asyncio.run(main())
    print("work is done:", task.done())
