"""An eager task takes its first step inside create_task()."""
# /// script
# requires-python = ">=3.12"
# ///

import asyncio


async def work() -> None:
    print("work: start")
    await asyncio.sleep(0.5)
    print("work: end")


async def main() -> None:
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(work())
    print("main: the task is created")
    await task


if __name__ == "__main__":
    asyncio.run(main())
