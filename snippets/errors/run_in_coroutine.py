"""asyncio.run() in a coroutine that asyncio.run() runs."""

import asyncio


async def fetch() -> str:
    return "never returned"


async def main() -> None:
    page = asyncio.run(fetch())
    print("main: got", page)


if __name__ == "__main__":
    asyncio.run(main())
