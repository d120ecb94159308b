"""A plain function is called; what it returns is no coroutine."""

import asyncio


def save() -> None:
    print("save: runs before any task exists")


async def main() -> None:
    task = asyncio.create_task(save())
    await task


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
