"""If one of many tasks fails, only a group stops the others."""

import asyncio


async def job(number: int) -> None:
    await asyncio.sleep(0.3 * number)
    if number == 2:
        raise ValueError("job 2 failed")
    print(f"  job {number}: end")


async def in_list() -> None:
    for task in [asyncio.create_task(job(n)) for n in (1, 2, 3)]:
        await task


async def in_group() -> None:
    async with asyncio.TaskGroup() as group:
        for n in (1, 2, 3):
            group.create_task(job(n))


async def main() -> None:
    for way in (in_list, in_group):
        print(f"{way.__name__}:")
        try:
            await way()
        except* ValueError as group:
            print("  main: caught", group.exceptions)
        await asyncio.sleep(0.6)


if __name__ == "__main__":
    asyncio.run(main())
