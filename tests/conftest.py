"""What tests of snippets use: run one for real, or on the virtual clock, or import it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from taskbook import child, interpreter, snippet
from taskbook.book import Book
from taskbook.result import Result
from taskbook.runner import ENVIRONMENT

ROOT = Path(__file__).parents[1]

# A shell that starts the tests in the background has them ignore SIGINT, and
# the plain runs that programs are compared with would inherit that.
child.inherit_nothing()


@dataclass(frozen=True)
class Played:
    """What a program printed on the virtual clock.

    ``output`` is its standard output, ``seconds`` how long it ran,
    ``moments`` the virtual second at which each line was printed, and
    ``errors`` its standard error.
    """

    output: str
    seconds: float
    moments: tuple[float, ...]
    errors: str

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


@cache
def play_program(path: Path) -> Played:
    """Run a whole program on a virtual clock, in a process of its own.

    Raises:
        AssertionError: it does not end with exit status 0.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.virtual_clock", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, **ENVIRONMENT},
    )
    assert done.returncode == 0, done.stderr
    played = json.loads(done.stdout)
    return Played(played["output"], played["seconds"], tuple(played["moments"]), done.stderr)


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
