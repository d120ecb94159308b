"""A task in miniature: run to the next wait, then wait to be woken."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def fetch(name: str) -> None:
    print(f"fetch {name}: start")
    await asyncio.sleep(0.5)
    print(f"fetch {name}: end")


def step(coroutine: Coroutine[Any, None, None]) -> None:
    try:
        waits_for = coroutine.send(None)
    except StopIteration:
        return
    waits_for.add_done_callback(lambda _: step(coroutine))


async def main() -> None:
    loop = asyncio.get_running_loop()
    loop.call_soon(step, fetch("users"))
    loop.call_soon(step, fetch("orders"))
    print("main: sleeps")
    await asyncio.sleep(1)
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main())
