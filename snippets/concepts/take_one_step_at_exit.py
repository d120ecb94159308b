"""At the end of asyncio.run(): one step, then cancellation."""

import asyncio


async def work() -> None:
    print("work: first step")
    try:
        await asyncio.sleep(0)
        print("work: never printed")
    finally:
        print("work: cleanup")


async def main() -> None:
    task = asyncio.create_task(work())
    print("main: end, done:", task.done())


if __name__ == "__main__":
    asyncio.run(main())
    print("after asyncio.run()")
