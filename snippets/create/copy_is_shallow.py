"""The copy of a context holds the same objects, not copies of them."""

import asyncio
from contextvars import ContextVar

notes: ContextVar[list[str]] = ContextVar("notes")


async def work(name: str) -> None:
    notes.get().append(name)


async def main() -> None:
    notes.set([])
    first = asyncio.create_task(work("first"))
    second = asyncio.create_task(work("second"))
    await first
    await second
    print(notes.get())


if __name__ == "__main__":
    asyncio.run(main())
