"""An async def is called, and nothing runs the coroutine."""

import asyncio


async def save() -> None:
    print("save: never printed")


async def main() -> None:
    save()
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
