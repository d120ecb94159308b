"""A coroutine waits to be awaited; a task is run by the loop."""

import asyncio


async def greet(name: str) -> str:
    print(name, "runs")
    return f"hello from the {name}"


async def main() -> None:
    coroutine = greet("coroutine")
    task = asyncio.create_task(greet("task"))
    print("main: sleeps")
    await asyncio.sleep(0.5)
    print("main: awaits both")
    print("main:", await coroutine)
    print("main:", await task)


if __name__ == "__main__":
    asyncio.run(main())
