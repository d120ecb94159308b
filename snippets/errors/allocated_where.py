"""tracemalloc knows the line that made the coroutine object."""

import asyncio
import tracemalloc


async def save() -> None:
    print("save: never printed")


async def work() -> None:
    saved = save()
    print("work: end", type(saved).__name__)


async def main() -> None:
    await work()
    print("main: end")


if __name__ == "__main__":
    tracemalloc.start()
    asyncio.run(main())
