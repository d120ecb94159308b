"""What tests of snippets use: run one for real, or on the virtual clock, or import it."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import io
import re
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from taskbook import interpreter, snippet
from taskbook.book import Book
from taskbook.result import Result
from tests.virtual_clock import VirtualClock, VirtualClockLoop

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Played:
    """What a program printed on the virtual clock.

    ``output`` is its standard output, ``seconds`` how long it ran, and
    ``moments`` the virtual second at which each line was printed.
    """

    output: str
    seconds: float
    moments: tuple[float, ...]

    @property
    def lines(self) -> list[str]:
        """The lines that it printed."""
        return self.output.splitlines()

    def at(self, line: str) -> float:
        """The virtual second at which ``line`` was printed, to a hundredth.

        Raises:
            ValueError: it was not printed.
        """
        return round(self.moments[self.lines.index(line)], 2)


class _Recorder(io.StringIO):
    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self.clock = clock
        self.moments: list[float] = []

    def write(self, text: str) -> int:
        self.moments += [self.clock.now] * text.count("\n")
        return super().write(text)


def play_program(path: Path) -> Played:
    """Run a whole program in this process, as ``__main__``, on a virtual clock.

    Args:
        path: the program.
    """
    clock = VirtualClock()
    recorder = _Recorder(clock)
    main = types.ModuleType("__main__")
    main.__file__ = str(path)
    code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    before = _tasks_so_far()
    with contextlib.ExitStack() as stack:
        new_loop = lambda: VirtualClockLoop(clock)  # noqa: E731
        stack.enter_context(mock.patch("asyncio.events.new_event_loop", new_loop))
        stack.enter_context(mock.patch("asyncio.new_event_loop", new_loop))
        stack.enter_context(mock.patch("time.perf_counter", clock))
        stack.enter_context(mock.patch.dict(sys.modules, {"__main__": main}))
        stack.enter_context(mock.patch.object(sys, "argv", [str(path)]))
        stack.enter_context(contextlib.redirect_stdout(recorder))
        exec(code, main.__dict__)
    # Names go on counting through the process; a program's first is Task-1.
    output = re.sub(r"\bTask-(\d+)\b", lambda name: f"Task-{int(name[1]) - before}", recorder.getvalue())
    return Played(output, round(clock.now, 2), tuple(recorder.moments))


def _tasks_so_far() -> int:
    """How many tasks this process has numbered; not by asyncio.run(), whose end makes more of them."""
    loop = asyncio.new_event_loop()
    try:
        task = loop.create_task(asyncio.sleep(0))
        loop.run_until_complete(task)
    finally:
        loop.close()
    return int(task.get_name().removeprefix("Task-"))


@pytest.fixture
def play() -> Callable[[str], Played]:
    """Run a snippet on the virtual clock: ``play("start/concurrent_calls").seconds == 2``."""
    return lambda slug: play_program(snippet.locate(ROOT, slug))


@pytest.fixture
def load() -> Callable[[str], types.ModuleType]:
    """Import a snippet as a module, without running its ``__main__`` part."""

    def load_module(slug: str) -> types.ModuleType:
        path = snippet.locate(ROOT, slug)
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load_module


@pytest.fixture(scope="session")
def book() -> Iterator[Book]:
    """This project's snippets on the running Python; results come from the store if they are there."""
    found = Book(ROOT)
    yield found
    found.runner.close()


@pytest.fixture
def real(book: Book) -> Callable[[str], Result]:
    """What a snippet really prints, and how it ends: ``real("errors/no_running_loop").exit == 1``."""

    def run(slug: str) -> Result:
        reason = book.python.lacks(snippet.read(ROOT, slug))
        if reason:
            pytest.skip(f"{slug} {reason}")
        return book.show(slug).result

    return run


@pytest.fixture(scope="session")
def pythons() -> dict[str, interpreter.Interpreter]:
    """Every supported Python on this machine, by minor version."""
    return interpreter.find()
