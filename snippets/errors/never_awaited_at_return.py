"""A local variable keeps the coroutine until its function returns."""

import asyncio


async def save() -> None:
    print("save: never printed")


async def work() -> None:
    saved = save()
    print("work: end", type(saved).__name__)


async def main() -> None:
    await work()
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
