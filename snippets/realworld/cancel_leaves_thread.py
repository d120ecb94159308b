"""Cancelling a task of to_thread() does not stop its thread."""

import asyncio
import time


def call() -> None:
    time.sleep(1)
    print("thread: end")


async def main() -> None:
    task = asyncio.create_task(asyncio.to_thread(call))
    await asyncio.sleep(0.5)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("task: cancelled")


if __name__ == "__main__":
    asyncio.run(main())
    print("after asyncio.run()")
