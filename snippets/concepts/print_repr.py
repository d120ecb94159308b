"""The repr() of a task tells its state and where it waits."""

import asyncio


async def returns() -> str:
    return "a user"


async def fails() -> str:
    raise ValueError("no such user")


async def waits() -> None:
    print(asyncio.current_task())
    await asyncio.sleep(3600)


async def main() -> None:
    task = asyncio.create_task(waits(), name="waiter")
    print(task)
    await asyncio.sleep(0)
    print(task)
    task.cancel()
    print(task)
    good = asyncio.create_task(returns(), name="good")
    bad = asyncio.create_task(fails(), name="bad")
    await asyncio.gather(task, good, bad, return_exceptions=True)
    print(task)
    print(good)
    print(bad)


if __name__ == "__main__":
    asyncio.run(main())
