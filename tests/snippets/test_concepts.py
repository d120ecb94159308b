"""The claims of the pages in docs/concepts/."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import inspect
import io
from collections.abc import AsyncIterator, Callable
from types import ModuleType

import pytest

from taskbook import snippet
from taskbook.interpreter import SUPPORTED
from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.conftest import ROOT, Played
from tests.virtual_clock import VirtualClock, VirtualClockLoop

Play = Callable[[str], Played]
Real = Callable[[str], Result]
Load = Callable[[str], ModuleType]


# coroutine-task-future.md


def test_compare_coroutine_and_task(play: Play) -> None:
    run = play("concepts/compare_coroutine_and_task")
    assert run.at("task runs") == 0, "the task runs while main() sleeps"
    assert run.at("coroutine runs") == 0.5, "the coroutine runs only when it is awaited"
    assert run.lines.index("main: awaits both") < run.lines.index("coroutine runs")
    assert run.lines[-2:] == ["main: hello from the coroutine", "main: hello from the task"]


def test_tell_kinds_apart(play: Play) -> None:
    rows = [line.split() for line in play("concepts/tell_kinds_apart").lines]
    assert rows == [
        ["function", "awaitable:", "False", "Future:", "False"],
        ["coroutine", "awaitable:", "True", "Future:", "False"],
        ["Task", "awaitable:", "True", "Future:", "True"],
        ["Future", "awaitable:", "True", "Future:", "True"],
    ]


def test_future_of_a_thread_pool_is_not_awaitable() -> None:
    assert not inspect.isawaitable(concurrent.futures.Future())
    assert not issubclass(asyncio.Future, concurrent.futures.Future)


def test_await_twice(play: Play) -> None:
    assert play("concepts/await_twice").lines == [
        "task: 42 42",
        "coroutine: 42",
        "RuntimeError: cannot reuse already awaited coroutine",
    ]


def test_give_others_a_turn(play: Play) -> None:
    assert play("concepts/give_others_a_turn").lines == [
        "coroutine",
        "main: has awaited a coroutine",
        "first task",
        "main: has awaited a task",
        "main: has awaited a task that was done",
        "second task",
    ]


def test_complete_future(play: Play) -> None:
    run = play("concepts/complete_future")
    assert run.lines == ["main: done: False", "main: got ready", "main: done: True"]
    assert run.at("main: got ready") == 1, "await waits for the timer"


def test_refuse_set_result(play: Play) -> None:
    assert play("concepts/refuse_set_result").lines == [
        "RuntimeError: Task does not support set_result operation",
        "main: got from the coroutine",
    ]


def test_drive_by_hand(play: Play) -> None:
    assert play("concepts/drive_by_hand").lines == [
        "main: first send()",
        "ask: start",
        "main: it waits for my future: True",
        "main: second send()",
        "ask: end",
        "main: it returned: the answer is 42",
    ], "set_result() alone runs nothing; the second send() goes on after the await"


def test_make_tiny_task(play: Play) -> None:
    run = play("concepts/make_tiny_task")
    assert run.lines[0] == "main: sleeps", "call_soon() only schedules"
    assert run.at("fetch users: start") == run.at("fetch orders: start") == 0
    assert run.at("fetch users: end") == run.at("fetch orders: end") == 0.5, "the waits overlap"


def test_tiny_task_does_not_take_sleep_0(load: Load) -> None:
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'add_done_callback'"):
        load("concepts/make_tiny_task").step(asyncio.sleep(0))


# when-a-task-runs.md


def test_take_turns(play: Play) -> None:
    assert play("concepts/take_turns").lines == [
        "main: three tasks created",
        *("a 1", "b 1", "c 1"),
        *("a 2", "b 2", "c 2"),
        "main: three tasks done",
    ]


def _turn_ended(output: str) -> dict[str, bool]:
    answers = dict(line.split("another task ran:") for line in output.splitlines())
    return {what.strip(): ran.strip() == "True" for what, ran in answers.items()}


def test_end_a_turn(play: Play) -> None:
    assert _turn_ended(play("concepts/end_a_turn").output) == {
        "coroutine without waits": False,
        "task that is done": False,
        "queue that has an item": False,
        "lock that is free": False,
        "sleep(0)": True,
        "wait() for a done task": True,
        "task that is not done": True,
    }


def test_async_with_and_for_end_a_turn_if_they_wait(load: Load) -> None:
    show = load("concepts/end_a_turn").show

    class Manager:
        def __init__(self, delay: float | None) -> None:
            self.delay = delay

        async def __aenter__(self) -> None:
            if self.delay is not None:
                await asyncio.sleep(self.delay)

        async def __aexit__(self, *_: object) -> None:
            pass

        async def __aiter__(self) -> AsyncIterator[None]:
            await self.__aenter__()
            yield

    async def enter(manager: Manager) -> None:
        async with manager:
            pass

    async def iterate(manager: Manager) -> None:
        async for _ in manager:
            pass

    async def main() -> None:
        for use in (enter, iterate):
            await show(use.__name__, use(Manager(None)))
            await show(f"{use.__name__} and wait", use(Manager(0)))

    with contextlib.redirect_stdout(io.StringIO()) as output:
        asyncio.run(main())
    assert _turn_ended(output.getvalue()) == {
        "enter": False,
        "enter and wait": True,
        "iterate": False,
        "iterate and wait": True,
    }


def test_compare_orders(play: Play) -> None:
    run = play("concepts/compare_orders")
    assert run.lines[:3] == ["a: start", "b: start", "c: start"], "as created, although c is awaited first"
    assert [run.at(f"{name}: end") for name in "abc"] == [1, 0.5, 1.5]
    assert run.lines[-3:] == ["main: got c", "main: got b", "main: got a"], "as awaited"
    assert run.seconds == 1.5


def test_block_all_tasks(real: Real) -> None:
    lines = ["tick 1", "block: start", "block: end", "tick 2", "tick 3"]
    assert real("concepts/block_all_tasks").output.splitlines() == lines


def test_block_a_thread(real: Real) -> None:
    lines = ["tick 1", "block: start", "tick 2", "tick 3", "block: end"]
    assert real("concepts/block_a_thread").output.splitlines() == lines


def test_hog_the_loop(play: Play) -> None:
    lines = play("concepts/hog_the_loop").lines
    hogged, shared = lines[1:7], lines[8:]
    assert hogged == ["first 1", "first 2", "first 3", "second 1", "second 2", "second 3"]
    assert shared == ["first 1", "second 1", "first 2", "second 2", "first 3", "second 3"]


def test_miss_the_deadline(real: Real) -> None:
    result = real("concepts/miss_the_deadline")
    assert result.exit == 0, "no TimeoutError, though 1 s > 0.5 s"
    assert result.output.splitlines() == ["main: finished anyway", "main: deadline expired: False"]


def test_due_timer_stands_behind_the_awaiting_task() -> None:
    """Why the deadline has no effect: the end of the task put main() in the queue first."""
    order: list[str] = []
    clock = VirtualClock()

    async def hog() -> None:
        clock.now += 1

    async def main() -> None:
        task = asyncio.create_task(hog())
        asyncio.get_running_loop().call_later(0.5, order.append, "timer")
        await task
        order.append("main")
        await asyncio.sleep(0)

    with asyncio.Runner(loop_factory=lambda: VirtualClockLoop(clock)) as runner:
        runner.run(main())
    assert order == ["main", "timer"]


def test_debug_mode_logs_turns_from_a_tenth_of_a_second() -> None:
    loop = asyncio.new_event_loop()
    assert loop.slow_callback_duration == 0.1
    loop.close()


def test_start_eagerly() -> None:
    recorded = Recordings(ROOT).all("concepts/start_eagerly")
    assert "3.11" not in recorded, "since Python 3.12"
    assert recorded["3.12"].output == "work: start\nmain: the task is created\nwork: end\n"


# task-states.md


def test_end_in_three_ways(play: Play) -> None:
    *states, why = play("concepts/end_in_three_ways").lines
    assert [line.split() for line in states] == [
        ["pending", "done:", "False", "cancelled:", "False"],
        ["returned", "done:", "True", "cancelled:", "False"],
        ["raised", "done:", "True", "cancelled:", "False"],
        ["cancelled", "done:", "True", "cancelled:", "True"],
    ]
    assert why == "why it raised: no such user"


def test_ask_for_the_outcome(play: Play) -> None:
    rows = [line.split(maxsplit=2) for line in play("concepts/ask_for_the_outcome").lines]
    assert {(state, method): answer for state, method, answer in rows} == {
        ("pending", "result()"): "raises InvalidStateError",
        ("pending", "exception()"): "raises InvalidStateError",
        ("returned", "result()"): "'a user'",
        ("returned", "exception()"): "None",
        ("raised", "result()"): "raises ValueError",
        ("raised", "exception()"): "ValueError('no such user')",
        ("cancelled", "result()"): "raises CancelledError",
        ("cancelled", "exception()"): "raises CancelledError",
    }


def test_print_repr(play: Play) -> None:
    lines = play("concepts/print_repr").lines
    assert [line.split()[1] for line in lines] == [
        *("pending", "pending", "pending", "cancelling", "cancelled"),
        *("finished", "finished"),
    ]
    source = (ROOT / "snippets/concepts/print_repr.py").read_text().splitlines()
    assert [source[_line_number(line) - 1].strip() for line in lines[:4]] == [
        "async def waits() -> None:",
        "print(asyncio.current_task())",
        *("await asyncio.sleep(3600)", "await asyncio.sleep(3600)"),
    ], "not started, in its turn, waiting twice"
    assert all("running at" in line for line in lines[:4]), "whether it runs or not"
    assert ["wait_for=<Future pending" in line for line in lines[:4]] == [False, False, True, False]
    assert lines[5].endswith("result='a user'>")
    assert lines[6].endswith("exception=ValueError('no such user')>")


def test_uncancel_takes_cancelling_back() -> None:
    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(3600))
        await asyncio.sleep(0)
        task.cancel()
        assert repr(task).startswith("<Task cancelling ")
        task.uncancel()
        assert repr(task).startswith("<Task pending ")
        await asyncio.wait([task])

    asyncio.run(main())


def _line_number(text: str) -> int:
    return int(text.partition(".py:")[2].partition(">")[0])


def test_decide_the_end(play: Play) -> None:
    assert play("concepts/decide_the_end").lines == [
        "main: cancel(): True done: False",
        "save: told to stop",
        "main: save cancelled: False",
        "main: save returned: half of it",
        "main: give_up cancelled: True",
        "main: cancel() again: False",
    ]


def test_cancel_in_last_turn(play: Play) -> None:
    lines = play("concepts/cancel_in_last_turn").lines
    assert lines == ["work: cancel(): True", "main: cancelled: True"], "although it returned"


def test_cancel_in_a_turn_arrives_at_the_next_wait() -> None:
    async def work() -> str:
        task = asyncio.current_task()
        assert task
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
            return "no cancellation"
        return "cancelled at the wait"

    assert asyncio.run(work()) == "cancelled at the wait"


def test_cancel_before_first_step(play: Play) -> None:
    assert play("concepts/cancel_before_first_step").lines == ["main: cancelled: True"], "not even finally runs"


def test_take_one_step_at_exit(play: Play) -> None:
    assert play("concepts/take_one_step_at_exit").lines == [
        "main: end, done: False",
        "work: first step",
        "work: cleanup",
        "after asyncio.run()",
    ]


def test_leftovers_leave_no_message(real: Real) -> None:
    for slug in ("concepts/take_one_step_at_exit", "concepts/cancel_before_first_step"):
        result = real(slug)
        assert result.exit == 0
        assert all(line.startswith(("main: ", "work: ", "after ")) for line in result.output.splitlines())


def test_lose_reference(real: Real) -> None:
    result = real("concepts/lose_reference")
    assert result.exit == 0
    lines = result.output.splitlines()
    assert lines[:3] == ["work: start", "main: tasks: 2", "Task was destroyed but it is pending!"]
    assert lines[3].startswith("task: <Task pending name='Task-2' coro=<work() done")
    assert lines[4:] == ["main: tasks: 1"], "gone, and never done"


def test_same_on_every_python() -> None:
    """The pages say that all of it holds on every supported Python."""
    slugs = [slug for slug in snippet.slugs(ROOT) if slug.startswith("concepts/")]
    assert len(slugs) > 20
    for slug in slugs:
        recorded = Recordings(ROOT).all(slug)
        since = "3.12" if slug == "concepts/start_eagerly" else SUPPORTED[0]
        assert sorted(recorded) == list(SUPPORTED[SUPPORTED.index(since) :]), f"{slug} is not recorded on all Pythons"
        assert len({result.output for result in recorded.values()}) == 1, f"{slug} differs between Pythons"
