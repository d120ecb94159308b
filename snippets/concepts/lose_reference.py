"""A task that nothing refers to can vanish before it is done."""

import asyncio
import gc


async def work() -> None:
    print("work: start")
    await asyncio.get_running_loop().create_future()
    print("work: never printed")


async def main() -> None:
    asyncio.create_task(work())
    await asyncio.sleep(0)
    print("main: tasks:", len(asyncio.all_tasks()))
    gc.collect()
    print("main: tasks:", len(asyncio.all_tasks()))


if __name__ == "__main__":
    asyncio.run(main())
