"""Names need not be unique: keep tasks in a dictionary to find them."""

import asyncio


async def fetch(city: str) -> str:
    await asyncio.sleep(0.3)
    return f"the weather of {city}"


async def main() -> None:
    tasks = {
        city: asyncio.create_task(fetch(city), name="fetch")
        for city in ("rome", "oslo", "lima")
    }
    print([task.get_name() for task in tasks.values()])
    print(await tasks["oslo"])


if __name__ == "__main__":
    asyncio.run(main())
