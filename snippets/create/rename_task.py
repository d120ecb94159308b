"""Give a task another name while it runs."""

import asyncio


async def copy() -> int:
    await asyncio.sleep(0.3)
    return 12


async def main() -> None:
    task = asyncio.create_task(copy(), name="copy")
    print(task)
    task.set_name("copy of last night")
    await task
    print(task)


if __name__ == "__main__":
    asyncio.run(main())
