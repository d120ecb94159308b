"""asyncio.run() gets the function instead of a coroutine."""
# /// script
# [tool.taskbook]
# typed = false
# ///

import asyncio


async def main() -> None:
    print("main: never printed")


if __name__ == "__main__":
    asyncio.run(main)
