"""In a task group the TypeError comes inside an exception group."""

import asyncio


def save() -> None:
    print("save: runs before any task exists")


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(save())


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
