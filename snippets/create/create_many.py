"""Create twenty tasks in one line, then await each of them."""

import asyncio
import time


async def job(number: int) -> int:
    await asyncio.sleep(1)
    print(number, end=" ")
    return number * number


async def main() -> None:
    start = time.perf_counter()
    tasks = [asyncio.create_task(job(number)) for number in range(20)]
    squares = [await task for task in tasks]
    print("\nmain: got", squares[:5], "and", len(squares) - 5, "more")
    print(f"main: {time.perf_counter() - start:.0f} second")


if __name__ == "__main__":
    asyncio.run(main())
