"""Order of creation, of the ends, of the awaits: three orders."""

import asyncio


async def work(name: str, seconds: float) -> str:
    print(f"{name}: start")
    await asyncio.sleep(seconds)
    print(f"{name}: end")
    return name


async def main() -> None:
    a = asyncio.create_task(work("a", 1))
    b = asyncio.create_task(work("b", 0.5))
    c = asyncio.create_task(work("c", 1.5))
    for task in (c, b, a):
        print("main: got", await task)


if __name__ == "__main__":
    asyncio.run(main())
