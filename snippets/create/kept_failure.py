"""A failed task that is kept to the end is reported at exit at best."""

import asyncio

tasks: list[asyncio.Task[None]] = []


async def measure() -> None:
    raise ValueError("no sensor")


async def main() -> None:
    tasks.append(asyncio.create_task(measure(), name="north"))
    await asyncio.sleep(0.3)


if __name__ == "__main__":
    asyncio.run(main())
    print("the program goes on as if nothing had happened")
