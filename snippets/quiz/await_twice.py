"""A task is awaited twice, and so is a coroutine."""

import asyncio


async def work() -> int:
    print("work: runs")
    return 42


async def main() -> None:
    task = asyncio.create_task(work())
    print(await task, await task)
    coroutine = work()
    print(await coroutine)
    try:
        await coroutine
    except RuntimeError as error:
        print("RuntimeError:", error)


if __name__ == "__main__":
    asyncio.run(main())
