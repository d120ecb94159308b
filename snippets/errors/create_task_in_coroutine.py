"""Create the task inside a coroutine that asyncio.run() runs."""

import asyncio


async def work() -> str:
    return "done"


async def main() -> None:
    task = asyncio.create_task(work())
    print("work:", await task)


if __name__ == "__main__":
    asyncio.run(main())
