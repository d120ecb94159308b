"""What the reference says of the programs that it shows."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

import pytest

from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.conftest import ROOT, Played

NEWEST = "3.15"


def test_a_group_that_was_cancelled_ends_early_and_without_an_error() -> None:
    """Only the newest Python has it, so the recording is asked."""
    recorded = Recordings(ROOT).get("reference/stop_group", NEWEST)
    assert recorded
    assert recorded.exit == 0
    assert recorded.output.splitlines() == ["found in cache", "cache True"]


@pytest.mark.skipif(sys.version_info < (3, 15), reason="TaskGroup.cancel() is new in Python 3.15")
def test_the_group_does_not_wait_for_the_rest(play: Callable[[str], Played]) -> None:
    assert play("reference/stop_group").seconds == 0.2


def test_the_count_of_requests_goes_up_and_down_and_the_task_returns(play: Callable[[str], Played]) -> None:
    played = play("reference/count_requests")
    assert played.lines == ["requests: 1", "left: 0", "done all the same"]
    assert played.at("requests: 1") == 0.2
    assert played.at("done all the same") == 0.4


def test_a_callback_is_removed_however_often_it_was_added(play: Callable[[str], Played]) -> None:
    assert play("reference/remove_callback").lines == ["removed: 2", "write"]


def test_a_waiting_task_is_looked_into(real: Callable[[str], Result]) -> None:
    lines = real("reference/look_into_task").output.splitlines()
    assert lines[0] == "<coroutine object fetch at 0x…>"
    assert lines[1] == "True", "it belongs to the running loop"
    source = (ROOT / "snippets/reference/look_into_task.py").read_text().splitlines()
    waits = next(number for number, line in enumerate(source, 1) if "asyncio.sleep(0.2)" in line)
    assert lines[2] == f"line {waits} {{'name': 'users'}}"
    assert lines[3].startswith("Stack for <Task pending name=")
    assert lines[4:6] == [f'  File "look_into_task.py", line {waits}, in fetch', f"    {source[waits - 1].strip()}"]
    assert lines[6:] == ["USERS []"], "a task that is done has no stack"


async def _wait() -> None:
    await asyncio.sleep(0)


async def _look_into_a_waiting_task(name_frames: Callable[[asyncio.Task[None]], object]) -> None:
    async def outer() -> None:
        await _wait()

    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    name_frames(task)
    await task


def test_only_the_own_coroutine_of_a_waiting_task_is_listed() -> None:
    found: list[str] = []
    asyncio.run(_look_into_a_waiting_task(lambda task: found.extend(f.f_code.co_name for f in task.get_stack())))
    assert found == ["outer"]


def test_without_a_file_a_stack_is_printed_to_both_streams(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_look_into_a_waiting_task(lambda task: task.print_stack()))
    printed = capsys.readouterr()
    assert printed.out.startswith("Stack for <Task pending")
    assert "File " not in printed.out
    assert printed.err.startswith("  File ")


@pytest.mark.skipif(sys.version_info < (3, 14), reason="print_call_graph() is new in Python 3.14")
def test_the_call_graph_lists_what_the_coroutine_awaits(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_look_into_a_waiting_task(lambda task: getattr(asyncio, "print_call_graph")(task)))  # noqa: B009
    printed = capsys.readouterr().out
    assert "outer()" in printed
    assert "_wait()" in printed


def test_a_callback_of_a_future_is_called_by_the_loop_and_not_by_set_result() -> None:
    async def main() -> list[str]:
        said: list[str] = []
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda ended: said.append("called"))
        future.set_result(None)
        said.append("set")
        await asyncio.sleep(0)
        return said

    assert asyncio.run(main()) == ["set", "called"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="get_context() is new in Python 3.12")
def test_the_context_of_a_task_can_be_read_from_outside(play: Callable[[str], Played]) -> None:
    assert play("reference/read_context").lines == ["main: nobody", "task: ana"]


def test_what_is_new_is_new() -> None:
    assert hasattr(asyncio.Task, "get_context") == (sys.version_info >= (3, 12))
    assert hasattr(asyncio.TaskGroup, "cancel") == (sys.version_info >= (3, 15))


def test_a_future_is_completed_or_fails_from_outside(play: Callable[[str], Played]) -> None:
    played = play("reference/fail_future")
    assert played.lines == ["connected", "True None", "line is down", "True line is down", "connected"]
    assert played.moments[0] == pytest.approx(0.2, abs=0.01)
    assert played.at("line is down") == 0.4


def test_a_future_is_cancelled_at_once_and_a_task_when_it_next_runs(play: Callable[[str], Played]) -> None:
    played = play("reference/cancel_future")
    assert played.lines == ["True True True", "True False False", "called: <Future cancelled>", "True True"]
    assert played.seconds == 0
