"""The claims of the pages in docs/start/."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import ModuleType
from unittest import mock

import pytest

from taskbook.result import Result
from tests.conftest import Played
from tests.virtual_clock import VirtualClock, VirtualClockLoop

Play = Callable[[str], Played]
Real = Callable[[str], Result]
Load = Callable[[str], ModuleType]


def test_create_one_task(play: Play) -> None:
    run = play("start/create_one_task")
    assert run.lines[0] == "main: the task is created", "the creator goes on before the task starts"
    assert run.lines[-1] == "main: got the contents of users", "await gives what the coroutine returned"
    assert run.at("fetch users: start") == 0
    assert run.at("fetch users: end") == 0.5


def test_make_coroutine_object(play: Play) -> None:
    assert play("start/make_coroutine_object").lines == [
        "main: made a coroutine",
        "fetch users: start",
        "main: got the contents of users",
    ]


def test_done_before_and_after(play: Play) -> None:
    run = play("start/done_before_and_after")
    assert run.lines == [
        "created, done: False",
        "awaited, done: True",
        "cancelled: False",
        "result: the contents of users",
    ]
    assert run.at("created, done: False") == 0, "done() does not wait"
    assert run.at("awaited, done: True") == 0.5


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


def test_keep_reporting_too_long(play: Play) -> None:
    run = play("start/keep_reporting_too_long")
    assert run.lines == [
        "still waiting",
        "main: got prices",
        "still waiting",
        "main: the report is cancelled",
        "main: end",
    ]
    assert [round(moment, 1) for moment in run.moments] == [0.6, 1, 1.2, 1.5, 2.5]


def test_due_at_the_same_moment(real: Real) -> None:
    assert real("start/due_at_the_same_moment").output.splitlines() == [
        "computing after 0.0 seconds",
        "two sleeps: end",
        "one sleep: end",
        "computing after 0.3 seconds",
        "one sleep: end",
        "two sleeps: end",
    ]


@pytest.mark.parametrize("seconds", [1, 2])
def test_announce_before_sleeping(play: Play, seconds: int) -> None:
    run = play("start/announce_before_sleeping")
    assert run.at(f"{seconds} s passed, really {seconds - 1}") == seconds - 1
    assert run.seconds == len(run.lines) == 2, "each second is announced when it begins"


def test_tell_time_while_working(play: Play) -> None:
    run = play("start/tell_time_while_working")
    assert [run.at(f"{seconds} s passed") for seconds in (1, 2, 3)] == [1, 2, 3], "the right time"
    assert run.at("main: got work: end") == 1.5
    assert run.at("main: got timer: end") == run.seconds == 3


def test_heartbeat_stops_when_blocked(real: Real) -> None:
    assert real("start/heartbeat_stops_when_blocked").output == "asyncio.sleep(1): 2 beats\ntime.sleep(1): 0 beats\n"


@pytest.mark.parametrize(
    ("slug", "starts", "end"),
    [
        ("start/sleep_between_jobs", [0, 0.7, 1.8, 2.4], 3),
        ("start/sleep_until_due", [0, 0.5, 1.1, 1.5], 2),
    ],
)
def test_periodic_task(play: Play, load: Load, slug: str, starts: list[float], end: int) -> None:
    run = play(slug)
    assert run.lines == [f"4 periods of 0.5 s took {end} s"]
    assert run.seconds == end
    assert _starts_of_jobs(load(slug)) == starts, "on a schedule, a job that comes late delays no other"


def _starts_of_jobs(program: ModuleType) -> list[float]:
    """The virtual seconds at which ``program`` starts its jobs."""
    clock = VirtualClock()
    starts: list[float] = []
    job = program.job

    async def watched(seconds: float) -> None:
        starts.append(round(clock.now, 2))
        await job(seconds)

    with (
        mock.patch.object(program, "job", watched),
        mock.patch.object(time, "perf_counter", clock),
        asyncio.Runner(loop_factory=lambda: VirtualClockLoop(clock)) as runner,
    ):
        runner.run(program.main())
    return starts


def test_cancel_countdown(play: Play) -> None:
    run = play("start/cancel_countdown")
    assert run.lines == ["5 s left", "4 s left", "main: got the answer", "countdown cancelled: True"]
    assert run.at("countdown cancelled: True") == run.seconds == 1.5, "nobody waits for the end of the countdown"


def test_countdown_is_cancelled_when_the_work_fails(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    program = load("start/cancel_countdown")

    async def work() -> str:
        await asyncio.sleep(1.5)
        raise ConnectionError

    async def use() -> str:
        with mock.patch.object(program, "work", work), pytest.raises(ConnectionError):
            await program.main()
        await asyncio.sleep(5)
        return capsys.readouterr().out

    with asyncio.Runner(loop_factory=lambda: VirtualClockLoop(VirtualClock())) as runner:
        assert runner.run(use()) == "5 s left\n4 s left\n"


def test_no_gain_for_computing(play: Play) -> None:
    assert play("start/no_gain_for_computing").lines == [
        "compute a: start",
        "compute a: end",
        "compute b: start",
        "compute b: end",
    ]
