"""A task that nothing refers to is lost while it waits."""

import asyncio
import gc
from weakref import WeakSet

subscribers: WeakSet[asyncio.Event] = WeakSet()


async def listen() -> None:
    event = asyncio.Event()
    subscribers.add(event)
    await event.wait()
    print("listen: called")


async def nap() -> None:
    await asyncio.sleep(0.9)
    print("nap: end")


async def main() -> None:
    asyncio.create_task(listen())
    asyncio.create_task(nap())
    await asyncio.sleep(0.3)
    gc.collect()
    for event in subscribers:
        event.set()
    await asyncio.sleep(0.9)
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
