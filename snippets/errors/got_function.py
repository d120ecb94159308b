"""The parentheses are missing: the function, not a call of it."""

import asyncio


async def work() -> None:
    print("work: never printed")


async def main() -> None:
    task = asyncio.create_task(work)
    await task


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
