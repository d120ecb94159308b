"""Where a loop runs, await the coroutine instead of asyncio.run()."""

import asyncio


async def work() -> str:
    await asyncio.sleep(0.5)
    return "done"


async def main() -> None:
    print(await work())


if __name__ == "__main__":
    asyncio.run(main())
