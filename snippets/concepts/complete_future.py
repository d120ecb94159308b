"""A future is a result to come, set by whoever has it."""

import asyncio


async def main() -> None:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[str] = loop.create_future()
    loop.call_later(1, future.set_result, "ready")
    print("main: done:", future.done())
    print("main: got", await future)
    print("main: done:", future.done())


if __name__ == "__main__":
    asyncio.run(main())
