"""Which message comes from which call where no event loop runs."""

import asyncio
import threading
from collections.abc import Callable


async def work() -> None:
    await asyncio.sleep(0)


def attempt(name: str, call: Callable[[], object]) -> None:
    try:
        print(f"{name}: {type(call()).__name__}")
    except RuntimeError as error:
        print(f"{name}: {error}")


def main() -> None:
    attempt("get_running_loop()", asyncio.get_running_loop)
    attempt("current_task()", asyncio.current_task)
    attempt("all_tasks()", asyncio.all_tasks)
    attempt("get_event_loop()", asyncio.get_event_loop)
    first, second = work(), work()
    attempt("ensure_future()", lambda: asyncio.ensure_future(first))
    attempt("gather()", lambda: asyncio.gather(second))
    first.close()
    second.close()
    other = ("get_event_loop() in a thread", asyncio.get_event_loop)
    thread = threading.Thread(target=attempt, args=other)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
