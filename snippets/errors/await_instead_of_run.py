"""In a coroutine, await another coroutine."""

import asyncio


async def fetch() -> str:
    return "the page"


async def main() -> None:
    page = await fetch()
    print("main: got", page)


if __name__ == "__main__":
    asyncio.run(main())
