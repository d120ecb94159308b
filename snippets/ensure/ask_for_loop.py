"""What get_event_loop() returns before, in and after asyncio.run()."""

import asyncio


def ask(moment: str) -> None:
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError as error:
        print(f"{moment}: {error}")
    else:
        print(f"{moment}: a loop, running: {loop.is_running()}")


async def main() -> None:
    ask("in a coroutine")


if __name__ == "__main__":
    ask("before run()")
    asyncio.run(main())
    ask("after run()")
