"""A coroutine kept until the program ends has no line to name."""

import asyncio
from collections.abc import Coroutine

later: list[Coroutine[None, None, None]] = []


async def save() -> None:
    print("save: never printed")


async def main() -> None:
    later.append(save())
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
