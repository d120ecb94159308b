"""Name, question and cancel the task that create_task() returns."""

import asyncio


async def main() -> None:
    task = asyncio.create_task(asyncio.sleep(5), name="nap")
    print(type(task).__name__, task.get_name())
    print("done:", task.done())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("done:", task.done(), "cancelled:", task.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
