"""If one of many tasks fails, only a group stops the others."""

import asyncio


async def job(number: int) -> None:
    try:
        await asyncio.sleep(0.3 * number)
    except asyncio.CancelledError:
        print(f"  job {number}: cancelled")
        raise
    if number == 2:
        raise ValueError("job 2 failed")
    print(f"  job {number}: end")


async def in_list() -> None:
    for task in [asyncio.create_task(job(n)) for n in (1, 2, 3)]:
        await task


async def in_gather() -> None:
    await asyncio.gather(*[job(n) for n in (1, 2, 3)])


async def in_group() -> None:
    async with asyncio.TaskGroup() as group:
        for n in (1, 2, 3):
            group.create_task(job(n))


async def main() -> None:
    for way in (in_list, in_gather, in_group):
        print(f"{way.__name__}:")
        try:
            await way()
        except Exception as error:
            print("  main: caught", type(error).__name__)
        await asyncio.sleep(0.6)


if __name__ == "__main__":
    asyncio.run(main())
