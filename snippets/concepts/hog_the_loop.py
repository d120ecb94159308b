"""A task that never waits keeps its turn to the end."""

import asyncio


async def compute(name: str, pause: bool) -> None:
    for part in (1, 2, 3):
        sum(range(10_000))
        print(name, part)
        if pause:
            await asyncio.sleep(0)


async def main() -> None:
    for pause in (False, True):
        print("pause:", pause)
        first = asyncio.create_task(compute("first", pause))
        second = asyncio.create_task(compute("second", pause))
        await first
        await second


if __name__ == "__main__":
    asyncio.run(main())
