"""A blocking call in another thread leaves the loop free."""

import asyncio
import time


async def tick() -> None:
    for number in (1, 2, 3):
        print("tick", number)
        await asyncio.sleep(0.3)


async def block() -> None:
    print("block: start")
    await asyncio.to_thread(time.sleep, 1)
    print("block: end")


async def main() -> None:
    ticking = asyncio.create_task(tick())
    blocking = asyncio.create_task(block())
    await ticking
    await blocking


if __name__ == "__main__":
    asyncio.run(main())
