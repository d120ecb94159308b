"""asyncio.gather() in a coroutine that asyncio.run() runs."""

import asyncio


async def work(number: int) -> int:
    return number


async def main() -> None:
    print(await asyncio.gather(work(1), work(2)))


if __name__ == "__main__":
    asyncio.run(main())
