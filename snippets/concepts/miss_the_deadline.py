"""A timeout cannot interrupt a turn."""

import asyncio
import time


async def hog() -> str:
    time.sleep(1)
    return "finished anyway"


async def main() -> None:
    task = asyncio.create_task(hog())
    async with asyncio.timeout(0.5) as deadline:
        print("main:", await task)
    print("main: deadline expired:", deadline.expired())


if __name__ == "__main__":
    asyncio.run(main())
