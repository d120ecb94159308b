"""Which functions find a running event loop, and which do not."""

import asyncio
import atexit


def report(where: str) -> None:
    try:
        asyncio.get_running_loop()
        print(f"{where}: a loop runs")
    except RuntimeError as error:
        print(f"{where}: {error}")


class Client:
    def __del__(self) -> None:
        report("__del__()")


async def main() -> None:
    report("coroutine")
    loop = asyncio.get_running_loop()
    loop.call_soon(report, "callback of the loop")
    task = asyncio.create_task(asyncio.sleep(0))
    task.add_done_callback(lambda _: report("done-callback"))
    await task
    await asyncio.to_thread(report, "thread")


if __name__ == "__main__":
    client = Client()
    atexit.register(report, "exit handler")
    asyncio.run(main())
    report("after asyncio.run()")
    del client
