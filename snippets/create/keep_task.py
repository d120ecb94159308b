"""Keep background tasks in a set until they are done."""

import asyncio
import gc
from weakref import WeakSet

subscribers: WeakSet[asyncio.Event] = WeakSet()
background: set[asyncio.Task[None]] = set()


async def listen() -> None:
    event = asyncio.Event()
    subscribers.add(event)
    await event.wait()
    print("listen: called")


def start_listening() -> None:
    task = asyncio.create_task(listen())
    background.add(task)
    task.add_done_callback(background.discard)


async def main() -> None:
    start_listening()
    await asyncio.sleep(0.3)
    gc.collect()
    print("main: tasks in the set:", len(background))
    for event in subscribers:
        event.set()
    await asyncio.sleep(0.3)
    print("main: tasks in the set:", len(background))


if __name__ == "__main__":
    asyncio.run(main())
