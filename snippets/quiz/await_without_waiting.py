"""A task is ready while main() awaits a coroutine."""

import asyncio


async def work() -> None:
    print("work")


async def double(number: int) -> int:
    print("double")
    return 2 * number


async def main() -> None:
    task = asyncio.create_task(work())
    print("main", await double(21))
    await task


if __name__ == "__main__":
    asyncio.run(main())
