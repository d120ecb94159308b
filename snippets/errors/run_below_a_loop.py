"""Four calls that run a loop, where one is running already."""

import asyncio


async def fetch() -> None:
    print("fetch: never printed")


async def main() -> None:
    this_loop = asyncio.get_running_loop()
    new_loop = asyncio.new_event_loop()
    for run in (
        this_loop.run_until_complete,
        new_loop.run_until_complete,
        asyncio.Runner().run,
        asyncio.run,
    ):
        coroutine = fetch()
        try:
            run(coroutine)
        except RuntimeError as error:
            print(error)
        coroutine.close()
    new_loop.close()


if __name__ == "__main__":
    asyncio.run(main())
