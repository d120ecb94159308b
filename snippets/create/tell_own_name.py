"""A function asks for the name of the task that runs it."""

import asyncio


def own_name() -> str:
    task = asyncio.current_task()
    return task.get_name() if task else "no task"


async def fetch() -> None:
    print(own_name(), "fetches")


async def main() -> None:
    await asyncio.create_task(fetch(), name="rome")
    await asyncio.create_task(fetch(), name="oslo")
    await fetch()


if __name__ == "__main__":
    asyncio.run(main())
