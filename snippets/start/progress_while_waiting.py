"""A third task reports while two others wait."""

import asyncio


async def fetch(name: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    print(f"fetch {name}: end")
    return name


async def report() -> None:
    while True:
        await asyncio.sleep(0.6)
        print("still waiting")


async def main() -> None:
    prices = asyncio.create_task(fetch("prices", 2))
    news = asyncio.create_task(fetch("news", 1))
    progress = asyncio.create_task(report())
    print("main: got", await prices)
    print("main: got", await news)
    progress.cancel()


if __name__ == "__main__":
    asyncio.run(main())
