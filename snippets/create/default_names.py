"""A task without a name gets the next number of a counter."""

import asyncio


async def read(path: str) -> str:
    return f"read({path!r})"


async def write() -> str:
    return "write()"


async def main() -> None:
    coroutines = (read("a"), read("b"), write())
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    for task in tasks:
        print(task.get_name(), "is", await task)


if __name__ == "__main__":
    asyncio.run(main())
    asyncio.run(main())
