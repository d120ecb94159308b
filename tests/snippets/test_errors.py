"""The claims of the pages in docs/errors/."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from taskbook.interpreter import SUPPORTED
from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.conftest import ROOT, Played

Play = Callable[[str], Played]
Real = Callable[[str], Result]


@pytest.mark.parametrize(
    ("slug", "coroutine"), [("errors/no_running_loop", "work"), ("errors/no_running_loop_in_init", "Poller.poll")]
)
def test_no_running_loop(real: Real, slug: str, coroutine: str) -> None:
    result = real(slug)
    assert result.exit == 1
    assert "\nRuntimeError: no running event loop\n" in result.output
    assert result.output.splitlines()[-1].endswith(f"RuntimeWarning: coroutine '{coroutine}' was never awaited")
    assert "never printed" not in result.output.replace('print("main: never printed"', "")


def test_shutdown_warning_changed_in_3_13() -> None:
    recorded = Recordings(ROOT).all("errors/no_running_loop")
    starts = {minor: recorded[minor].output.splitlines()[-1].partition(" ")[0] for minor in SUPPORTED}
    assert starts == {"3.11": "sys:1:", "3.12": "sys:1:", "3.13": "<sys>:0:", "3.14": "<sys>:0:", "3.15": "<sys>:0:"}


def test_create_task_in_coroutine(play: Play) -> None:
    assert play("errors/create_task_in_coroutine").lines == ["work: done"]


def test_start_in_method(play: Play) -> None:
    run = play("errors/start_in_method")
    assert run.lines == ["polled"]
    assert run.seconds == 1


def test_threads_have_no_loop(real: Real) -> None:
    assert real("errors/no_running_loop_in_thread").output == "in the thread: no running event loop\n"


def test_task_from_thread(real: Real) -> None:
    assert real("errors/task_from_thread").output == "from the thread: done\n"
