"""A task is pending until it returned, raised or was cancelled."""

import asyncio


async def returns() -> str:
    return "a user"


async def fails() -> str:
    raise ValueError("no such user")


def show(state: str, task: asyncio.Task[str]) -> None:
    print(f"{state:11}done: {task.done()!s:7}", end="")
    print(f"cancelled: {task.cancelled()}")


async def main() -> None:
    returned = asyncio.create_task(returns())
    raised = asyncio.create_task(fails())
    cancelled = asyncio.create_task(returns())
    show("pending", returned)
    cancelled.cancel()
    await asyncio.wait([returned, raised, cancelled])
    show("returned", returned)
    show("raised", raised)
    show("cancelled", cancelled)
    print("why it raised:", raised.exception())


if __name__ == "__main__":
    asyncio.run(main())
