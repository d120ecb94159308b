"""A callback that was removed is not called."""

import asyncio


def ring(task: asyncio.Task[None]) -> None:
    print("ring")


def write(task: asyncio.Task[None]) -> None:
    print("write")


async def main() -> None:
    task = asyncio.create_task(asyncio.sleep(0.2))
    for callback in (ring, write, ring):
        task.add_done_callback(callback)
    print("removed:", task.remove_done_callback(ring))
    await task


if __name__ == "__main__":
    asyncio.run(main())
