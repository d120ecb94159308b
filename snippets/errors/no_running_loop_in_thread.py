"""A worker thread has no running loop of its own."""

import asyncio


async def work() -> str:
    return "done"


def in_thread() -> None:
    coroutine = work()
    try:
        asyncio.create_task(coroutine)
    except RuntimeError as error:
        print("in the thread:", error)
        coroutine.close()


async def main() -> None:
    await asyncio.to_thread(in_thread)


if __name__ == "__main__":
    asyncio.run(main())
