"""Three calls that create a task, side by side."""

import asyncio


async def fetch(name: str) -> str:
    await asyncio.sleep(0.5)
    return f"the contents of {name}"


async def main() -> None:
    loop = asyncio.get_running_loop()
    tasks = [
        asyncio.create_task(fetch("users")),
        asyncio.ensure_future(fetch("prices")),
        loop.create_task(fetch("news")),
    ]
    for task in tasks:
        print(type(task).__name__, task.get_name(), await task)


if __name__ == "__main__":
    asyncio.run(main())
