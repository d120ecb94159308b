"""A task is cancelled where it is created."""

import asyncio


async def work() -> None:
    try:
        print("work: start")
        await asyncio.sleep(1)
    finally:
        print("work: finally")


async def main() -> None:
    task = asyncio.create_task(work())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("main: cancelled")


if __name__ == "__main__":
    asyncio.run(main())
