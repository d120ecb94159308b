"""Call ensure_future() where no event loop runs."""

import asyncio


async def save() -> None:
    print("save: never printed")


async def main() -> None:
    print("main: start and end")


if __name__ == "__main__":
    try:
        task = asyncio.ensure_future(save())
        asyncio.run(main())
        print("save is done:", task.done())
    except RuntimeError as error:
        print("RuntimeError:", error)
