"""asyncio.run() has ended, and its event loop with it."""

import asyncio


async def work() -> None:
    print("work: never printed")


async def main() -> None:
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
    asyncio.create_task(work())
