"""An endless report goes on after the result, until it is cancelled."""

import asyncio


async def fetch(name: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    return name


async def report() -> None:
    while True:
        await asyncio.sleep(0.6)
        print("still waiting")


async def main() -> None:
    progress = asyncio.create_task(report())
    print("main: got", await fetch("prices", 1))
    await asyncio.sleep(0.5)
    progress.cancel()
    print("main: the report is cancelled")
    await asyncio.sleep(1)
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
