"""Two ways to run the coroutine: await it, or make a task of it."""

import asyncio


async def save(name: str) -> None:
    print("save", name)


async def main() -> None:
    await save("a")
    task = asyncio.create_task(save("b"))
    await task


if __name__ == "__main__":
    asyncio.run(main())
