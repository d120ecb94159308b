"""The claims of the pages in docs/concepts/."""

from __future__ import annotations

from collections.abc import Callable

from taskbook import snippet
from taskbook.interpreter import SUPPORTED
from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.conftest import ROOT, Played

Play = Callable[[str], Played]
Real = Callable[[str], Result]


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


# when-a-task-runs.md


def test_take_turns(play: Play) -> None:
    assert play("concepts/take_turns").lines == [
        "main: three tasks created",
        *("a 1", "b 1", "c 1"),
        *("a 2", "b 2", "c 2"),
        "main: three tasks done",
    ]


def test_end_a_turn(play: Play) -> None:
    answers = dict(line.split("another task ran:") for line in play("concepts/end_a_turn").lines)
    assert {what.strip(): ran.strip() == "True" for what, ran in answers.items()} == {
        "coroutine without waits": False,
        "task that is done": False,
        "queue that has an item": False,
        "lock that is free": False,
        "sleep(0)": True,
        "task that is not done": True,
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
    assert (result.exit, result.output) == (0, "main: finished anyway\n"), "no TimeoutError, though 1 s > 0.5 s"


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
        *("pending", "pending", "cancelling", "cancelled"),
        *("finished", "finished"),
    ]
    source = (ROOT / "snippets/concepts/print_repr.py").read_text().splitlines()
    start, stand = (source[_line_number(line) - 1].strip() for line in lines[:2])
    assert start == "async def waits() -> None:", "a task that has not started stands at its definition"
    assert stand == "await asyncio.sleep(3600)"
    assert "wait_for" not in lines[0]
    assert "wait_for=<Future pending" in lines[1]
    assert lines[4].endswith("result='a user'>")
    assert lines[5].endswith("exception=ValueError('no such user')>")


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
    assert lines[3].startswith("task: <Task pending name='Task-2' coro=<work()")
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
