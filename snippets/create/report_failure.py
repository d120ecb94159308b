"""Look at the exception in a callback when a task is done."""

import asyncio


async def measure(station: str) -> None:
    await asyncio.sleep(0.3)
    raise ValueError(f"{station}: no sensor")


def report(task: asyncio.Task[None]) -> None:
    if task.cancelled():
        print(task.get_name(), "was cancelled")
    elif error := task.exception():
        print(task.get_name(), "failed:", repr(error))


async def main() -> None:
    north = asyncio.create_task(measure("north"), name="north")
    south = asyncio.create_task(measure("south"), name="south")
    for task in (north, south):
        task.add_done_callback(report)
    south.cancel()
    await asyncio.sleep(1)
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
