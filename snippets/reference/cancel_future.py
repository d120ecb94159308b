"""A future is cancelled at once, a task when it next runs."""

import asyncio


async def main() -> None:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()
    future.add_done_callback(lambda ended: print("called:", ended))
    task = asyncio.create_task(asyncio.sleep(10))
    for each in (future, task):
        each.cancel()
        print(each.get_loop() is loop, each.done(), each.cancelled())
    await asyncio.wait([task])
    print(task.done(), task.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
