"""Code outside completes one future, and lets another fail."""

import asyncio


async def main() -> None:
    loop = asyncio.get_running_loop()
    good: asyncio.Future[str] = loop.create_future()
    bad: asyncio.Future[str] = loop.create_future()
    loop.call_later(0.2, good.set_result, "connected")
    loop.call_later(0.4, bad.set_exception, OSError("line is down"))
    for future in (good, bad):
        try:
            print(await future)
        except OSError as error:
            print(error)
        print(future.done(), future.exception())
    print(good.result())


if __name__ == "__main__":
    asyncio.run(main())
