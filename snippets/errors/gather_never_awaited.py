"""A gather that nobody awaits: its tasks are cancelled at the end."""

import asyncio


async def save(name: str) -> None:
    print("save", name)
    await asyncio.sleep(1)
    print("save: never printed")


async def main() -> None:
    both = asyncio.gather(save("a"), save("b"))
    await asyncio.sleep(0.5)
    print("main: end", both.done())


if __name__ == "__main__":
    asyncio.run(main())
