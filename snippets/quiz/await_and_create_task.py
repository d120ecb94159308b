"""Await a coroutine, then create a task for another."""

import asyncio


async def work(name: str) -> None:
    print(f"{name}: start")
    await asyncio.sleep(0.2)
    print(f"{name}: end")


async def main() -> None:
    await work("awaited")
    print("main: after await")
    task = asyncio.create_task(work("task"))
    print("main: after create_task()")
    await task


if __name__ == "__main__":
    asyncio.run(main())
