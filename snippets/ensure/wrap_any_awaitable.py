"""Make a task of an object that has an __await__() method."""

import asyncio
from collections.abc import Generator


class Ticket:
    def __await__(self) -> Generator[object, None, str]:
        yield from asyncio.sleep(0.5).__await__()
        return "seat 7"

    def __repr__(self) -> str:
        return "Ticket()"


async def main() -> None:
    print(await asyncio.ensure_future(Ticket()))
    try:
        asyncio.create_task(Ticket())
    except TypeError as error:
        print("create_task:", error)
    try:
        asyncio.ensure_future("seat 7")
    except TypeError as error:
        print("ensure_future:", error)


if __name__ == "__main__":
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
