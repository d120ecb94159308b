"""The book in one folder: which of its snippets have to run, and what they gave."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from taskbook import interpreter, snippet, store
from taskbook.interpreter import SUPPORTED, Interpreter
from taskbook.recordings import Recordings, same
from taskbook.result import Result
from taskbook.runner import Runner
from taskbook.snippet import Snippet, SnippetError


@dataclass(frozen=True)
class Showing:
    """What a page shows of one snippet.

    ``result`` is the run to show; ``minors`` are the versions that print the
    same. ``others`` are the recordings that say something else, each with the
    versions it stands for. ``lacks`` says why the building Python could not run
    the snippet, so that ``result`` is a recording. ``recorded`` is the exact
    version of the recording that ``result`` differs from; "" if it holds, and
    "never" if there is none.
    """

    snippet: Snippet
    result: Result
    minors: tuple[str, ...]
    others: tuple[tuple[tuple[str, ...], Result], ...] = ()
    lacks: str = ""
    recorded: str = ""
    versions: dict[str, str] = field(default_factory=dict)


class Book:
    """All snippets below a folder, run on one interpreter.

    Args:
        root: the folder that holds ``mkdocs.yml``, ``docs`` and ``snippets``.
        python: what to run on; the running interpreter unless given.
        runner: who runs it; a :class:`Runner` for ``python`` unless given.
    """

    def __init__(self, root: Path, python: Interpreter | None = None, runner: Runner | None = None) -> None:
        self.root = root
        self.python = python or interpreter.own()
        self.runner = runner or Runner(self.python)
        self.store = store.Store(root)
        self._lock = threading.Lock()
        self._recordings: tuple[int, Recordings] | None = None
        self.store.sweep()

    def recordings(self) -> Recordings:
        """The project's recordings, read again when their index has changed."""
        index = self.root / snippet.FOLDER / "recorded.toml"
        changed = index.stat().st_mtime_ns if index.is_file() else 0
        if self._recordings is None or self._recordings[0] != changed:
            self._recordings = changed, Recordings(self.root)
        return self._recordings[1]

    def show(self, slug: str) -> Showing:
        """What to show of the snippet that ``slug`` names, run now if need be.

        Raises:
            SnippetError: it cannot be read, or can neither run nor be shown from a recording.
            RecordingError: its recordings cannot be read.
            RunnerError: nothing could be run.
        """
        found = snippet.read(self.root, slug)
        recordings = self.recordings().all(slug)
        lacks = self.python.lacks(found)
        if lacks:
            if not recordings:
                raise SnippetError(
                    f"snippets/{slug}.py {lacks}; Python {self.python.version} cannot run it, "
                    "and it was never recorded: run make record on a machine that can"
                )
            result = recordings[[minor for minor in SUPPORTED if minor in recordings][-1]]
            recorded = ""
        else:
            result = self.result(found)
            own = recordings.get(self.python.minor)
            recorded = "never" if own is None else "" if same(own, result) else own.python
        return self._group(found, result, recordings, lacks, recorded)

    def _group(
        self, found: Snippet, result: Result, recordings: dict[str, Result], lacks: str, recorded: str
    ) -> Showing:
        """Sort the other versions into those that print the same and those that do not."""
        shown = ".".join(result.python.split(".")[:2])
        alike = [shown]
        others: list[tuple[list[str], Result]] = []
        for minor in [minor for minor in SUPPORTED if minor in recordings and minor != shown]:
            other = recordings[minor]
            if same(other, result):
                alike.append(minor)
                continue
            for minors, first in others:
                if same(first, other):
                    minors.append(minor)
                    break
            else:
                others.append(([minor], other))
        return Showing(
            found,
            result,
            tuple(minor for minor in SUPPORTED if minor in alike) or (shown,),
            tuple((tuple(minors), other) for minors, other in reversed(others)),
            lacks,
            recorded,
            {minor: each.python for minor, each in recordings.items()} | {shown: result.python},
        )

    def result(self, wanted: Snippet) -> Result:
        """The result of one snippet. If it has to run, all that have to run do so at once."""
        name = store.key(wanted, self.python)
        with self._lock:
            result = self.store.get(name)
            if result is None:
                results = self._run_stale()
                # The file may have been saved again since ``wanted`` was read.
                result = results.get(name) or self._run({name: wanted})[name]
        return result

    def _run_stale(self) -> dict[str, Result]:
        stale = {}
        for slug in snippet.slugs(self.root):
            try:
                each = snippet.read(self.root, slug)
            except SnippetError:
                continue  # the fence that shows it says what is wrong
            name = store.key(each, self.python)
            if not self.python.lacks(each) and self.store.get(name) is None:
                stale[name] = each
        return self._run(stale)

    def _run(self, stale: dict[str, Snippet]) -> dict[str, Result]:
        """Run and keep; what differs from its recording runs once more, alone."""
        known = self.store.seconds()
        order = sorted(stale.values(), key=lambda each: known.get(each.slug, each.metadata.limit), reverse=True)
        results = self.runner.run(order, _progress)
        for each in order:
            before = self.recordings().get(each.slug, self.python.minor)
            if before and before.python == self.python.version and not same(before, results[each.slug]):
                results |= self.runner.run([each])
        self.store.remember_seconds({slug: result.seconds for slug, result in results.items()})
        kept = {}
        for name, each in stale.items():
            kept[name] = results[each.slug]
            self.store.put(name, kept[name])
        return kept


def _progress(done: int, total: int) -> None:
    """Say how far the run is: on a terminal in one line that changes, else once."""
    programs = "snippet" if total == 1 else "snippets"
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\rrunning {done} of {total} {programs}", end=end, file=sys.stderr, flush=True)
    elif done == total:
        print(f"ran {total} {programs}", file=sys.stderr, flush=True)


@cache
def open_book(root: Path) -> Book:
    """The book of a folder, opened once in a process."""
    return Book(root)


def project_root() -> Path:
    """The folder of ``mkdocs.yml``: markdown-exec says which; else it is the current one."""
    return Path(os.environ.get("MKDOCS_CONFIG_DIR") or Path.cwd()).resolve()
