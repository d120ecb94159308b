"""A function that calls asyncio.run() gets a thread of its own."""

import asyncio


async def fetch() -> str:
    await asyncio.sleep(1)
    return "the report"


def load_report() -> str:
    return asyncio.run(fetch())


async def tick() -> None:
    while True:
        await asyncio.sleep(0.4)
        print("tick")


async def main() -> None:
    ticker = asyncio.create_task(tick())
    print(await asyncio.to_thread(load_report))
    ticker.cancel()


if __name__ == "__main__":
    asyncio.run(main())
