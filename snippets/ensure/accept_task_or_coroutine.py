"""A library function that takes a coroutine, a task or a future."""

import asyncio
from collections.abc import Awaitable


async def fetch(name: str) -> str:
    await asyncio.sleep(0.5)
    return name


def announce(work: Awaitable[str]) -> asyncio.Future[str]:
    future = asyncio.ensure_future(work)
    future.add_done_callback(lambda done: print("got", done.result()))
    return future


async def main() -> None:
    task = asyncio.create_task(fetch("users"))
    print("the task itself:", announce(task) is task)
    await task
    new = announce(fetch("news"))
    print("a task of its own:", isinstance(new, asyncio.Task))
    await new


if __name__ == "__main__":
    asyncio.run(main())
