"""A function that calls asyncio.run() is called in a thread."""

import asyncio


async def fetch() -> str:
    await asyncio.sleep(1)
    return "the page"


def load() -> str:
    return asyncio.run(fetch())


async def tick() -> None:
    while True:
        print("tick")
        await asyncio.sleep(0.7)


async def main() -> None:
    ticking = asyncio.create_task(tick())
    print("main: got", await asyncio.to_thread(load))
    ticking.cancel()


if __name__ == "__main__":
    print("no loop runs: got", load())
    asyncio.run(main())
