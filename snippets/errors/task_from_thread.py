"""From a thread, hand the coroutine to the loop that runs elsewhere."""

import asyncio


async def work() -> str:
    return "done"


def in_thread(loop: asyncio.AbstractEventLoop) -> str:
    future = asyncio.run_coroutine_threadsafe(work(), loop)
    return future.result()


async def main() -> None:
    loop = asyncio.get_running_loop()
    print("from the thread:", await asyncio.to_thread(in_thread, loop))


if __name__ == "__main__":
    asyncio.run(main())
