"""What create_task() says of objects that are no coroutines."""

import asyncio
import functools
import time
from collections.abc import AsyncIterator


async def work(number: int) -> int:
    return number


class Client:
    async def fetch(self) -> None:
        print("fetch: never printed")


async def numbers() -> AsyncIterator[int]:
    yield 1


async def main() -> None:
    loop = asyncio.get_running_loop()
    for thing in (
        asyncio.create_task(work(1)),
        loop.run_in_executor(None, time.sleep, 0.5),
        Client().fetch,
        functools.partial(work, 2),
        numbers(),
        [],
    ):
        try:
            asyncio.create_task(thing)
        except TypeError as error:
            print(error)


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
