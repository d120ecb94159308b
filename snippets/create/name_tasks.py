"""Give each task a name, to tell tasks of one coroutine apart."""

import asyncio


async def fetch(city: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    return f"the weather of {city}"


async def main() -> None:
    delays = {"rome": 0.6, "oslo": 0.2, "lima": 0.9}
    tasks = [
        asyncio.create_task(fetch(city, seconds), name=f"fetch {city}")
        for city, seconds in delays.items()
    ]
    await asyncio.sleep(0.4)
    for task in tasks:
        print(task.get_name(), "done:", task.done())


if __name__ == "__main__":
    asyncio.run(main())
