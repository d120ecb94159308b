"""Without await, what fetch() returns is no list."""

import asyncio


async def fetch() -> list[str]:
    return ["a", "b"]


async def main() -> None:
    for page in fetch():
        print("main: never printed", page)


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
