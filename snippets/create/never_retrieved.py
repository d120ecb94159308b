"""The failure of a task that nobody asks is only logged."""

import asyncio


async def measure() -> None:
    raise ValueError("no sensor")


async def main() -> None:
    asyncio.create_task(measure(), name="north")
    await asyncio.sleep(0.3)
    print("main: goes on")


if __name__ == "__main__":
    asyncio.run(main())
