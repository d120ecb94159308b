"""asyncio.Runner runs one coroutine after another in one loop."""

import asyncio


async def look(queue: asyncio.Queue[int]) -> None:
    try:
        async with asyncio.timeout(0.2):
            await queue.get()
    except TimeoutError:
        print("look: the queue is empty")


def main() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    with asyncio.Runner() as runner:
        runner.run(look(queue))
        runner.run(look(queue))


if __name__ == "__main__":
    main()
