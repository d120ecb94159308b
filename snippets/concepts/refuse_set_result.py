"""Only its coroutine can complete a task."""

import asyncio


async def work() -> str:
    return "from the coroutine"


async def main() -> None:
    task = asyncio.create_task(work())
    try:
        task.set_result("from outside")
    except RuntimeError as error:
        print("RuntimeError:", error)
    print("main: got", await task)


if __name__ == "__main__":
    asyncio.run(main())
