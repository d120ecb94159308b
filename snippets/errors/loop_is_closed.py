"""A loop that was kept is closed when asyncio.run() has ended."""

import asyncio


async def work() -> None:
    print("work: never printed")


async def main() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


if __name__ == "__main__":
    loop = asyncio.run(main())
    loop.create_task(work())
