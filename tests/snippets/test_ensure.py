"""The claims of docs/create/ensure-future.md."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from types import ModuleType

import pytest

from taskbook.interpreter import SUPPORTED
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


@pytest.mark.parametrize("name", ["gather", "shield", "as_completed"])
def test_who_calls_ensure_future(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    for function in ("ensure_future", "_ensure_future"):  # gather() and shield() use the second on Python 3.11
        real = getattr(asyncio.tasks, function, None)
        if real:

            def spy(awaitable: object, *, loop: object = None, real: Callable[..., object] = real) -> object:
                seen.append(awaitable)
                return real(awaitable, loop=loop)

            monkeypatch.setattr(asyncio.tasks, function, spy)

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


def test_loop_that_never_runs(real: Real) -> None:
    result = real("ensure/loop_that_never_runs")
    assert result.exit == 0
    lines = result.output.splitlines()
    assert lines[:3] == [
        "main: on a loop of its own",
        "save is done: False",
        "Task was destroyed but it is pending!",
    ]
    assert lines[-1].endswith("RuntimeWarning: coroutine 'save' was never awaited")
    assert "save: never printed" not in result.output


def test_ensure_without_loop() -> None:
    printed = recorded("ensure/ensure_without_loop")
    for minor in ("3.11", "3.12", "3.13"):
        assert "main: start and end" in printed[minor]
        assert "save is done: False" in printed[minor], "it is on another loop"
        assert "save: never printed" not in printed[minor]
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
