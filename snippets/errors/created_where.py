"""Debug mode says where the coroutine was created."""

import asyncio


async def save() -> None:
    print("save: never printed")


async def work() -> None:
    saved = save()
    print("work: end", type(saved).__name__)


async def main() -> None:
    asyncio.get_running_loop().slow_callback_duration = 10
    await work()
    print("main: end")


if __name__ == "__main__":
    asyncio.run(main(), debug=True)
