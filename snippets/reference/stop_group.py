"""A task group that has found what it wanted stops the rest."""

# /// script
# requires-python = ">=3.15"
# ///

import asyncio


async def search(place: str, delay: float) -> str:
    await asyncio.sleep(delay)
    print("found in", place)
    return place


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        near = group.create_task(search("cache", 0.2))
        far = group.create_task(search("archive", 9))
        await near
        group.cancel()
    print(near.result(), far.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
