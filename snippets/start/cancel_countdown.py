"""A countdown is cancelled when the work is done."""

import asyncio


async def countdown(seconds: int) -> None:
    for left in range(seconds, 0, -1):
        print(f"{left} s left")
        await asyncio.sleep(1)
    print("time is up")


async def work() -> str:
    await asyncio.sleep(1.5)
    return "the answer"


async def main() -> None:
    clock = asyncio.create_task(countdown(5))
    try:
        print("main: got", await work())
    finally:
        clock.cancel()
    await asyncio.wait([clock])
    print("countdown cancelled:", clock.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
