"""The claims of the pages in docs/start/."""

from __future__ import annotations

from collections.abc import Callable

from taskbook.result import Result
from tests.conftest import Played

Play = Callable[[str], Played]
Real = Callable[[str], Result]


def test_create_one_task(play: Play) -> None:
    run = play("start/create_one_task")
    assert run.lines[0] == "main: the task is created", "the creator goes on before the task starts"
    assert run.lines[-1] == "main: got the contents of users", "await gives what the coroutine returned"
    assert run.at("fetch users: start") == 0
    assert run.at("fetch users: end") == 0.5


def test_starts_later(play: Play) -> None:
    assert play("start/starts_later").lines == [
        "main: the task is created, done: False",
        "main: still running",
        "work: start",
        "main: the loop has had its turn, done: True",
    ]


def test_ended_by_run(play: Play) -> None:
    run = play("start/ended_by_run")
    assert run.lines == ["save: start", "main: end, save is done: False", "after asyncio.run()"]
    assert run.seconds == 0.5, "asyncio.run() does not wait for the second that save() still wanted"


def test_sequential_calls(play: Play) -> None:
    run = play("start/sequential_calls")
    assert run.seconds == 3, "the sum of the waits"
    assert run.at("fetch news: start") == 2, "the second starts when the first has ended"
    assert run.lines[-1] == "main: 3 seconds"


def test_concurrent_calls(play: Play) -> None:
    run = play("start/concurrent_calls")
    assert run.seconds == 2, "the longest wait"
    assert run.at("fetch prices: start") == run.at("fetch news: start") == 0
    assert run.at("fetch news: end") == 1
    assert run.at("main: got prices") == run.at("main: got news") == 2
    assert run.lines.index("main: got prices") < run.lines.index("main: got news"), "results come as asked for"


def test_await_each_task(play: Play) -> None:
    run = play("start/await_each_task")
    assert run.at("main: got prices") == 2
    assert run.at("main: got news") == 3


def test_progress_while_waiting(play: Play) -> None:
    run = play("start/progress_while_waiting")
    waiting = [moment for line, moment in zip(run.lines, run.moments, strict=True) if line == "still waiting"]
    assert [round(moment, 1) for moment in waiting] == [0.6, 1.2, 1.8]
    assert run.at("fetch news: end") == 1
    assert run.at("fetch prices: end") == 2
    assert run.seconds == 2, "the endless task does not keep the program alive"


def test_no_gain_for_computing(real: Real) -> None:
    assert real("start/no_gain_for_computing").output == "four quarters of a second: 1 second\n"
