"""result() and exception() do not wait for the task."""

import asyncio


async def main() -> None:
    task = asyncio.create_task(asyncio.sleep(0.5, "rested"))
    for method in (task.result, task.exception):
        try:
            method()
        except asyncio.InvalidStateError as error:
            print(f"{method.__name__}(): {error}")
    await task
    for method in (task.result, task.exception):
        print(f"{method.__name__}():", method())


if __name__ == "__main__":
    asyncio.run(main())
