"""The loop= argument must name the loop that the future belongs to."""

import asyncio


async def main() -> None:
    task = asyncio.create_task(asyncio.sleep(0.5))
    other = asyncio.new_event_loop()
    try:
        asyncio.ensure_future(task, loop=other)
    except ValueError as error:
        print(error)
    other.close()
    await task


if __name__ == "__main__":
    asyncio.run(main())
