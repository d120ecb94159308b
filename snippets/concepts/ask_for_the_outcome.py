"""What result() and exception() answer in each state of a task."""

import asyncio
from collections.abc import Callable


async def returns() -> str:
    return "a user"


async def fails() -> str:
    raise ValueError("no such user")


def ask(state: str, method: Callable[[], object]) -> None:
    try:
        answer = repr(method())
    except (Exception, asyncio.CancelledError) as error:
        answer = f"raises {type(error).__name__}"
    print(f"{state:11}{method.__name__ + '()':13}{answer}")


async def main() -> None:
    returned = asyncio.create_task(returns())
    ask("pending", returned.result)
    ask("pending", returned.exception)
    raised = asyncio.create_task(fails())
    cancelled = asyncio.create_task(returns())
    cancelled.cancel()
    await asyncio.wait([returned, raised, cancelled])
    ask("returned", returned.result)
    ask("returned", returned.exception)
    ask("raised", raised.result)
    ask("raised", raised.exception)
    ask("cancelled", cancelled.result)
    ask("cancelled", cancelled.exception)


if __name__ == "__main__":
    asyncio.run(main())
