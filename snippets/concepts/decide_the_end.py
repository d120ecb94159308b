"""cancel() is a request: what the coroutine does decides."""

import asyncio


async def save() -> str:
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("save: told to stop")
    return "half of it"


async def give_up() -> None:
    raise asyncio.CancelledError


async def main() -> None:
    asked = asyncio.create_task(save())
    unasked = asyncio.create_task(give_up())
    await asyncio.sleep(0)
    print("main: cancel():", asked.cancel(), "done:", asked.done())
    await asyncio.wait([asked, unasked])
    print("main: save cancelled:", asked.cancelled())
    print("main: save returned:", asked.result())
    print("main: give_up cancelled:", unasked.cancelled())
    print("main: cancel() again:", asked.cancel())


if __name__ == "__main__":
    asyncio.run(main())
