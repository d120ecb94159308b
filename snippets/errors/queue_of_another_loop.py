"""A queue that has waited in one loop fails in the next."""

import asyncio


async def look(queue: asyncio.Queue[int]) -> None:
    try:
        async with asyncio.timeout(0.2):
            await queue.get()
    except TimeoutError:
        print("look: the queue is empty")


def main() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    asyncio.run(look(queue))
    asyncio.run(look(queue))


if __name__ == "__main__":
    main()
