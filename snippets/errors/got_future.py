"""A task and a gather are scheduled already; no task is needed."""

import asyncio


async def work(number: int) -> int:
    return number


async def main() -> None:
    both = asyncio.gather(work(1), work(2))
    try:
        asyncio.create_task(both)
    except TypeError as error:
        print(error)
    print(await both)


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
