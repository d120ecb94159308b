"""The claims of docs/create/notebooks.md."""

from __future__ import annotations

import ast
import inspect
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from taskbook.interpreter import SUPPORTED, Interpreter
from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.conftest import ROOT, Played

Play = Callable[[str], Played]
Real = Callable[[str], Result]


def test_type_into_repl(real: Real) -> None:
    result = real("notebooks/type_into_repl")
    assert result.exit == 0
    prompts = [line for line in result.output.splitlines() if line.startswith(">>> ")]
    assert prompts[1:] == [">>> task.done()", ">>> await task"]
    answers = [line for line in result.output.splitlines() if not line.startswith(">>> ")]
    assert answers == ["False", "True", "'ready'"], "the task ended while nothing was typed"


def test_run_in_a_cell(real: Real) -> None:
    result = real("notebooks/run_in_a_cell")
    assert result.exit == 1
    assert "\nRuntimeError: asyncio.run() cannot be called from a running event loop\n" in result.output
    assert result.output.splitlines()[-1].endswith("RuntimeWarning: coroutine 'work' was never awaited")


def test_await_in_a_cell(play: Play) -> None:
    run = play("notebooks/await_in_a_cell")
    assert run.lines == ["done"]
    assert run.seconds == 0.5


def test_tiny_notebook(play: Play) -> None:
    run = play("notebooks/tiny_notebook")
    assert [line for line in run.lines if not line.startswith(">>>")] == ["done: True", "ready"]
    assert run.at("done: True") == 1, "the second cell runs a second after the first"


def test_run_in_a_thread(real: Real) -> None:
    assert real("notebooks/run_in_a_thread").output == "tick\ntick\nthe report\n"


@pytest.mark.parametrize("code", ["await sleep(0)", "async with x: pass", "[y async for y in x]"])
def test_await_outside_a_function(code: str) -> None:
    with pytest.raises(SyntaxError):
        compile(code, "<cell>", "exec")
    compiled = compile(code, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    assert compiled.co_flags & inspect.CO_COROUTINE


def test_python_task_class() -> None:
    printed = {minor: result.output for minor, result in Recordings(ROOT).all("notebooks/python_task_class").items()}
    works = "known task: True\nin time\n"
    fails = "known task: False\nRuntimeError: Timeout should be used inside a task\n"
    assert printed == {minor: fails if minor in ("3.14", "3.15") else works for minor in SUPPORTED}


WAIT_FOR = """
import asyncio

async def main():
    await asyncio.wait_for(asyncio.sleep(0), 1)

def make_task(loop, coro, **options):
    return asyncio.tasks._PyTask(coro, loop=loop, **options)

with asyncio.Runner() as runner:
    runner.get_loop().set_task_factory(make_task)
    runner.run(main())
"""


def test_wait_for_fails_with_the_timeout(pythons: dict[str, Interpreter], tmp_path: Path) -> None:
    program = tmp_path / "wait_for.py"
    program.write_text(WAIT_FOR)
    for minor, python in pythons.items():
        result = subprocess.run([python.executable, str(program)], capture_output=True, text=True, check=False)
        fails = "RuntimeError: Timeout should be used inside a task" in result.stderr
        assert (fails, result.returncode) == ((True, 1) if minor in ("3.14", "3.15") else (False, 0))
