"""A blocking function runs in a thread, a task waits for it."""

import asyncio
import time


def save() -> None:
    time.sleep(1)
    print("save: done")


async def main() -> None:
    task = asyncio.create_task(asyncio.to_thread(save))
    await asyncio.sleep(0.5)
    print("main: runs while save() blocks its thread")
    await task


if __name__ == "__main__":
    asyncio.run(main())
