"""A task reads a variable when it runs, not when it is created."""

import asyncio


async def greet(name: str) -> None:
    print("hello", name)


async def main() -> None:
    async def greet_later() -> None:
        print("hello", name)

    tasks = []
    for name in ("ana", "ben", "eva"):
        tasks.append(asyncio.create_task(greet_later()))
        tasks.append(asyncio.create_task(greet(name)))
    for task in tasks:
        await task


if __name__ == "__main__":
    asyncio.run(main())
