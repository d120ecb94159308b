"""Tasks take turns: one at a time, each up to its next wait."""

import asyncio


async def count(name: str) -> None:
    for number in (1, 2):
        print(name, number)
        await asyncio.sleep(0)


async def main() -> None:
    tasks = [asyncio.create_task(count(name)) for name in "abc"]
    print("main: three tasks created")
    for task in tasks:
        await task
    print("main: three tasks done")


if __name__ == "__main__":
    asyncio.run(main())
