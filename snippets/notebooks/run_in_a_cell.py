"""A notebook cell is run by a loop, so asyncio.run() refuses."""

import asyncio


async def work() -> str:
    await asyncio.sleep(0.5)
    return "done"


async def main() -> None:
    print(asyncio.run(work()))


if __name__ == "__main__":
    asyncio.run(main())
