"""The claims of docs/create/ensure-future.md."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from taskbook.interpreter import SUPPORTED, Interpreter
from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.conftest import ROOT, Played

Play = Callable[[str], Played]
Real = Callable[[str], Result]
Load = Callable[[str], ModuleType]

NO_LOOP = "There is no current event loop in thread 'MainThread'."


def recorded(slug: str) -> dict[str, list[str]]:
    """The lines that each supported Python printed."""
    results = Recordings(ROOT).all(slug)
    assert set(results) == set(SUPPORTED)
    assert {result.exit for result in results.values()} == {0}
    return {minor: result.output.splitlines() for minor, result in results.items()}


def test_three_ways(play: Play) -> None:
    run = play("ensure/three_ways")
    assert run.lines == [
        "Task Task-2 the contents of users",
        "Task Task-3 the contents of prices",
        "Task Task-4 the contents of news",
    ]
    assert run.seconds == 0.5, "all three run concurrently"


def test_what_the_calls_have_in_common() -> None:
    accepted = list(inspect.signature(asyncio.ensure_future).parameters)
    assert accepted == ["coro_or_future", "loop"], "no name, no context"
    calls: list[str] = []

    class Loop(asyncio.SelectorEventLoop):
        def create_task(self, coro, **options):  # type: ignore[no-untyped-def]
            calls.append(coro.__name__)
            return super().create_task(coro, **options)

    async def first() -> None: ...

    async def second() -> None: ...

    async def main() -> None:
        await asyncio.create_task(first())
        await asyncio.ensure_future(second())

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(main())
    assert calls[:3] == ["main", "first", "second"], "loop.create_task() makes the task for both"


def test_accept_task_or_coroutine(play: Play, load: Load) -> None:
    run = play("ensure/accept_task_or_coroutine")
    assert run.lines == ["the task itself: True", "got users", "a task of its own: True", "got news"]
    assert run.at("got users") == 0.5
    assert run.at("got news") == 1
    announce = load("ensure/accept_task_or_coroutine").announce

    async def with_future() -> bool:
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        same = announce(future) is future
        future.set_result("a future")
        await asyncio.sleep(0)
        return same

    assert asyncio.run(with_future()), "a future comes back as it is"


@pytest.mark.parametrize("name", ["gather", "shield", "as_completed", "run_until_complete"])
def test_who_calls_ensure_future(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    for function in ("ensure_future", "_ensure_future"):  # gather() and shield() use the second on Python 3.11
        real = getattr(asyncio.tasks, function, None)
        if real:

            def spy(awaitable: object, *, loop: object = None, real: Callable[..., object] = real) -> object:
                seen.append(awaitable)
                return real(awaitable, loop=loop)

            monkeypatch.setattr(asyncio.tasks, function, spy)

    if name == "run_until_complete":
        with asyncio.Runner() as runner:
            task = runner.get_loop().create_task(asyncio.sleep(0))
            runner.get_loop().run_until_complete(task)
        assert task in seen
        return

    async def main() -> bool:
        task = asyncio.create_task(asyncio.sleep(0))
        result = getattr(asyncio, name)([task] if name == "as_completed" else task)
        await (next(iter(result)) if name == "as_completed" else result)
        return task in seen

    assert asyncio.run(main())


def test_wrap_any_awaitable(play: Play) -> None:
    assert play("ensure/wrap_any_awaitable").lines == [
        "seat 7",
        "create_task: a coroutine was expected, got Ticket()",
        "ensure_future: An asyncio.Future, a coroutine or an awaitable is required",
    ]


def test_loop_must_match(play: Play) -> None:
    assert play("ensure/loop_must_match").lines == [
        "The future belongs to a different loop than the one specified as the loop argument"
    ]


def test_create_before_run(play: Play) -> None:
    run = play("ensure/create_before_run")
    assert run.lines == ["created before the loop ran", "main: start", "created in a callback"]
    assert run.at("created before the loop ran") == run.at("main: start") == 0
    assert run.at("created in a callback") == 0.5


def test_loop_create_task_takes_coroutines_only_with_name_and_context() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        context = contextvars.copy_context()
        task = loop.create_task(asyncio.sleep(0), name="nap", context=context)
        assert task.get_name() == "nap"
        assert asyncio.ensure_future(task) is task
        for wrong in (task, loop.create_future()):
            with pytest.raises(TypeError, match="a coroutine was expected"):
                loop.create_task(wrong)  # type: ignore[arg-type]
        await task

    asyncio.run(main())


def test_ensure_future_makes_the_task_on_the_loop_that_is_given() -> None:
    loop = asyncio.new_event_loop()
    task = asyncio.ensure_future(asyncio.sleep(0, "run"), loop=loop)
    assert task.get_loop() is loop
    assert loop.run_until_complete(task) == "run"
    loop.close()


def test_ensure_without_loop() -> None:
    printed = recorded("ensure/ensure_without_loop")
    for minor in ("3.11", "3.12", "3.13"):
        assert "main: start and end" in printed[minor]
        assert "save is done: False" in printed[minor], "it is on another loop"
        assert "save: never printed" not in printed[minor]
        warned = [printed[minor].index(line) for line in printed[minor] if "never awaited" in line]
        assert warned > [printed[minor].index("save is done: False")], "the messages come at the end of the program"
        assert any("DeprecationWarning" in line for line in printed[minor]) == (minor != "3.11")
    for minor in ("3.14", "3.15"):
        assert printed[minor][0] == f"RuntimeError: {NO_LOOP}"
        assert "main: start and end" not in printed[minor]
        assert "RuntimeWarning: coroutine 'save' was never awaited" in "\n".join(printed[minor])


def test_ask_for_loop() -> None:
    for minor, lines in recorded("ensure/ask_for_loop").items():
        raises = minor in ("3.14", "3.15")
        before = NO_LOOP if raises else "a loop, running: False"
        assert lines[-3:] == [
            f"before run(): {before}",
            "in a coroutine: a loop, running: True",
            f"after run(): {NO_LOOP}",
        ]
        assert any("DeprecationWarning" in line for line in lines) == (minor in ("3.12", "3.13"))


def test_loop_of_a_thread() -> None:
    found: list[object] = []

    def ask() -> None:
        try:
            found.append(asyncio.get_event_loop())
        except RuntimeError as error:
            found.append(str(error))

    def run() -> None:
        ask()
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        ask()
        assert found[-1] is loop, "the loop that was set"
        asyncio.run(asyncio.sleep(0))
        ask()
        loop.close()

    thread = threading.Thread(target=run, name="T")
    thread.start()
    thread.join()
    assert len(found) == 3
    assert found[0] == found[2] == "There is no current event loop in thread 'T'.", "none set; taken away by run()"


def test_warning_of_another_file_is_not_shown(pythons: dict[str, Interpreter], tmp_path: Path) -> None:
    (tmp_path / "library.py").write_text("import asyncio\nask = lambda: asyncio.get_event_loop()\n")
    (tmp_path / "direct.py").write_text("import asyncio\nasyncio.get_event_loop()\n")
    (tmp_path / "indirect.py").write_text("import library\nlibrary.ask()\n")
    for minor in {"3.12", "3.13"} & set(pythons):
        for name, shown in (("direct", True), ("indirect", False)):
            command = [pythons[minor].executable, "-E", str(tmp_path / f"{name}.py")]
            errors = subprocess.run(command, capture_output=True, text=True, check=True).stderr
            assert ("DeprecationWarning" in errors) == shown
