"""Which await lets another task run, and which does not."""

import asyncio
from collections.abc import Awaitable


async def quick() -> None:
    pass


async def show(name: str, awaitable: Awaitable[object]) -> None:
    other = asyncio.create_task(quick())
    await awaitable
    print(f"{name:26} another task ran: {other.done()}")


async def main() -> None:
    done = asyncio.create_task(quick())
    await done
    queue: asyncio.Queue[str] = asyncio.Queue()
    queue.put_nowait("item")
    await show("coroutine without waits", quick())
    await show("task that is done", done)
    await show("queue that has an item", queue.get())
    await show("lock that is free", asyncio.Lock().acquire())
    await show("sleep(0)", asyncio.sleep(0))
    await show("wait() for a done task", asyncio.wait([done]))
    await show("task that is not done", asyncio.create_task(quick()))


if __name__ == "__main__":
    asyncio.run(main())
