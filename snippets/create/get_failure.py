"""A task that failed raises its exception wherever it is awaited."""

import asyncio


async def measure() -> int:
    await asyncio.sleep(0.3)
    raise ValueError("no sensor")


async def main() -> None:
    task = asyncio.create_task(measure())
    await asyncio.sleep(0.6)
    print("main: goes on, done:", task.done())
    for attempt in (1, 2):
        try:
            await task
        except ValueError as error:
            print(f"await {attempt}: {error!r}")
    try:
        task.result()
    except ValueError as error:
        print(f"result(): {error!r}")
    print(f"exception(): {task.exception()!r}")


if __name__ == "__main__":
    asyncio.run(main())
