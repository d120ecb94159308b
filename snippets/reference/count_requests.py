"""A task that goes on after cancel() takes the request back."""

import asyncio


async def work() -> str:
    task = asyncio.current_task()
    assert task
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("requests:", task.cancelling())
        print("left:", task.uncancel())
    await asyncio.sleep(0.2)
    return "done all the same"


async def main() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0.2)
    task.cancel()
    print(await task)


if __name__ == "__main__":
    asyncio.run(main())
