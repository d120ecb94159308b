"""Tasks that compute run one after the other; nothing overlaps."""

import asyncio


async def compute(name: str) -> None:
    print(f"compute {name}: start")
    sum(range(5_000_000))
    print(f"compute {name}: end")


async def main() -> None:
    a = asyncio.create_task(compute("a"))
    b = asyncio.create_task(compute("b"))
    await a
    await b


if __name__ == "__main__":
    asyncio.run(main())
