"""Three tasks that wait for different times."""

import asyncio


async def fetch(name: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    print("fetch:", name)
    return name


async def main() -> None:
    a = asyncio.create_task(fetch("a", 0.6))
    b = asyncio.create_task(fetch("b", 0.2))
    c = asyncio.create_task(fetch("c", 0.4))
    print("main:", await a, await b, await c)


if __name__ == "__main__":
    asyncio.run(main())
