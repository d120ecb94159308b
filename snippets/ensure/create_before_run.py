"""Create a task before the loop runs, and one in a plain callback."""

import asyncio

tasks: list[asyncio.Task[None]] = []


async def work(origin: str) -> None:
    print("created", origin)


def on_timer() -> None:
    tasks.append(asyncio.create_task(work("in a callback")))


async def main() -> None:
    print("main: start")
    await asyncio.sleep(1)


if __name__ == "__main__":
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        tasks.append(loop.create_task(work("before the loop ran")))
        loop.call_later(0.5, on_timer)
        runner.run(main())
