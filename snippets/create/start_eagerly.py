"""Take the first step inside create_task(), before it returns."""

# /// script
# requires-python = ">=3.14"
# ///

import asyncio

cache = {"rates": 7}


async def look_up(key: str) -> int:
    print(f"look_up {key}: start")
    if key not in cache:
        await asyncio.sleep(0.5)
        cache[key] = 9
    return cache[key]


async def main() -> None:
    for key in ("rates", "news"):
        task = asyncio.create_task(look_up(key), eager_start=True)
        print(f"main: {key} done:", task.done())
        print("main: got", await task)


if __name__ == "__main__":
    asyncio.run(main())
