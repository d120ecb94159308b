"""Debug mode says where the coroutine was created."""

import asyncio


async def save() -> None:
    print("save: never printed")


async def main() -> None:
    asyncio.get_running_loop().slow_callback_duration = 10
    saved = save()
    print("main: end", type(saved).__name__)


if __name__ == "__main__":
    asyncio.run(main(), debug=True)
