"""Each task has its own value of a context variable."""

import asyncio
from contextvars import ContextVar

request: ContextVar[str] = ContextVar("request")


def log(message: str) -> None:
    print(f"[{request.get()}] {message}")


async def handle(name: str, seconds: float) -> None:
    request.set(name)
    log("start")
    await asyncio.sleep(seconds)
    log("end")


async def main() -> None:
    first = asyncio.create_task(handle("first", 0.6))
    second = asyncio.create_task(handle("second", 0.3))
    await first
    await second


if __name__ == "__main__":
    asyncio.run(main())
