"""Ask a task whether it has ended, before and after awaiting it."""

import asyncio


async def fetch(name: str) -> str:
    await asyncio.sleep(0.5)
    return f"the contents of {name}"


async def main() -> None:
    task = asyncio.create_task(fetch("users"))
    print("created, done:", task.done())
    await task
    print("awaited, done:", task.done())
    print("cancelled:", task.cancelled())
    print("result:", task.result())


if __name__ == "__main__":
    asyncio.run(main())
