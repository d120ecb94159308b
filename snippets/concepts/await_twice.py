"""A task can be awaited again and again, a coroutine only once."""

import asyncio


async def work() -> int:
    return 42


async def main() -> None:
    task = asyncio.create_task(work())
    print("task:", await task, await task)
    coroutine = work()
    print("coroutine:", await coroutine)
    try:
        await coroutine
    except RuntimeError as error:
        print("RuntimeError:", error)


if __name__ == "__main__":
    asyncio.run(main())
