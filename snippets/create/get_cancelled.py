"""A cancelled task has neither a result nor an exception."""

import asyncio


async def main() -> None:
    task = asyncio.create_task(asyncio.sleep(5))
    task.cancel()
    await asyncio.wait([task])
    print("done:", task.done(), "cancelled:", task.cancelled())
    for method in (task.result, task.exception):
        try:
            method()
        except asyncio.CancelledError:
            print(f"{method.__name__}(): CancelledError")


if __name__ == "__main__":
    asyncio.run(main())
