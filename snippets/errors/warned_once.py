"""Three coroutines are lost in one line; the warning comes once."""

import asyncio


async def save(name: str) -> None:
    print("save: never printed")


async def main() -> None:
    for name in ("a", "b", "c"):
        save(name)
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
