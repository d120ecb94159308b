"""Coroutine function, coroutine object, task, future: what each is."""

import asyncio
import inspect


async def work() -> None:
    pass


async def main() -> None:
    coroutine = work()
    task = asyncio.create_task(work())
    future = asyncio.get_running_loop().create_future()
    for thing in (work, coroutine, task, future):
        print(
            f"{type(thing).__name__:9}",
            f"awaitable: {inspect.isawaitable(thing)!s:5}",
            f"Future: {isinstance(thing, asyncio.Future)}",
            sep="  ",
        )
    await coroutine
    await task


if __name__ == "__main__":
    asyncio.run(main())
