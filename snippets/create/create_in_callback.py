"""A plain function that the loop calls can create a task."""

import asyncio

tasks: list[asyncio.Task[None]] = []


async def refresh() -> None:
    print("refresh: start")
    await asyncio.sleep(0.3)
    print("refresh: end")


def on_timer() -> None:
    print("on_timer: called by the loop")
    tasks.append(asyncio.create_task(refresh()))


async def main() -> None:
    asyncio.get_running_loop().call_later(0.5, on_timer)
    await asyncio.sleep(1)
    print("main: done:", tasks[0].done())


if __name__ == "__main__":
    asyncio.run(main())
