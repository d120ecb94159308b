"""A task that has raised, and what its methods say."""

import asyncio


async def work() -> None:
    raise ValueError("no such page")


async def main() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    print("done:", task.done())
    print("cancelled:", task.cancelled())
    print("exception:", repr(task.exception()))


if __name__ == "__main__":
    asyncio.run(main())
