"""Use tasks of the class that nest_asyncio puts in place."""

import asyncio
from typing import Any


async def main() -> None:
    print("known task:", asyncio.current_task() is not None)
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(0.5)
        print("in time")
    except RuntimeError as error:
        print("RuntimeError:", error)


def make_task(loop: Any, coro: Any, **options: Any) -> Any:
    return asyncio.tasks._PyTask(coro, loop=loop, **options)


if __name__ == "__main__":
    with asyncio.Runner() as runner:
        runner.get_loop().set_task_factory(make_task)
        runner.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
