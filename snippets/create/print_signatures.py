"""Print which parameters create_task() and Task take on this Python."""

import asyncio
import inspect


async def main() -> None:
    for called in (asyncio.create_task, asyncio.Task):
        print(f"{called.__name__}{inspect.signature(called)}")


if __name__ == "__main__":
    asyncio.run(main())
