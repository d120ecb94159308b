"""Before the end, list the coroutines that have never started."""

import asyncio
import gc
import inspect
import sys
from collections.abc import Coroutine

later: list[Coroutine[None, None, None]] = []


async def save() -> None:
    print("save: never printed")


def plan() -> None:
    later.append(save())


def list_never_started() -> None:
    for each in filter(inspect.iscoroutine, gc.get_objects()):
        state = inspect.getcoroutinestate(each)
        if state == inspect.CORO_CREATED and each.cr_origin:
            _, line, function = each.cr_origin[0]
            print(f"{each.__name__}: {function}(), line {line}")


async def main() -> None:
    plan()
    list_never_started()


if __name__ == "__main__":
    sys.set_coroutine_origin_tracking_depth(1)
    asyncio.run(main())
