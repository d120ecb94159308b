"""Any object can be a name; the task keeps its string."""

import asyncio


async def main() -> None:
    task = asyncio.create_task(asyncio.sleep(0), name=42)
    print(repr(task.get_name()))
    task.set_name(("job", 42))
    print(repr(task.get_name()))
    await task


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
