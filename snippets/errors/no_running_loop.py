"""Create a task where no event loop runs."""

import asyncio


async def work() -> None:
    print("work: never printed")


def main() -> None:
    task = asyncio.create_task(work())
    print("main: never printed", task)


if __name__ == "__main__":
    main()
