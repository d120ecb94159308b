"""Create twenty tasks in a group, which waits for all of them."""

import asyncio


async def job(number: int) -> int:
    await asyncio.sleep(0.5)
    return number * number


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job(number)) for number in range(20)]
    squares = [task.result() for task in tasks]
    print("main: got", squares[:5], "and", len(squares) - 5, "more")


if __name__ == "__main__":
    asyncio.run(main())
