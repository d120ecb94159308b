"""asyncio.run() gets the function instead of a coroutine."""

import asyncio


async def main() -> None:
    print("main: never printed")


if __name__ == "__main__":
    asyncio.run(main)

# /// script
# [tool.taskbook]
# typed = false
# ///
