"""Results kept between builds, in ``.taskbook/results``.

A result is found again only by everything that could change it; whatever
differs makes another key, so nothing in the store is ever out of date. Failures
are kept as well: a program that hangs costs its time limit once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from taskbook import child, output, runner
from taskbook.interpreter import Interpreter
from taskbook.result import Result
from taskbook.snippet import Snippet

FOLDER = Path(".taskbook", "results")
SECONDS = Path(".taskbook", "seconds.json")
KEPT_FOR = 30 * 24 * 3600.0
"""Seconds after its last use that a result is removed."""


def key(snippet: Snippet, interpreter: Interpreter) -> str:
    """The name under which the result of ``snippet`` on ``interpreter`` is kept."""
    declared = snippet.metadata.dependencies
    parts = {
        "source": hashlib.sha256(snippet.source).hexdigest(),
        "name": snippet.file_name,
        "limit": snippet.metadata.limit,
        "build": interpreter.build,
        "platform": interpreter.platform,
        # What a declared package needs in turn matters as well, so all count.
        "distributions": dict(sorted(interpreter.distributions.items())) if declared else {},
        "environment": runner.ENVIRONMENT,
        "machinery": _machinery(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def _machinery() -> str:
    """The version of the code that makes a result: a hash of it."""
    digest = hashlib.sha256()
    for module in (child, runner, output):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()


class Store:
    """The results below one project's folder. Any number of builds may share it.

    Where the folder cannot be written to, results last as long as this object.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self._seconds = root / SECONDS
        self._unkept: dict[str, Result] = {}

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.json"

    def get(self, name: str) -> Result | None:
        """The result kept under ``name``, and note that it is still in use."""
        if name in self._unkept:
            return self._unkept[name]
        path = self._path(name)
        try:
            result = Result.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):  # a store that can only be read is good enough to read
            os.utime(path)
        return result

    def put(self, name: str, result: Result) -> None:
        """Keep ``result``: whole or, if this process dies, not at all."""
        try:
            _replace(self._path(name), result.dumps())
        except OSError as error:
            if not self._unkept:
                print(
                    f"results cannot be kept in {self.folder}, so every build runs all snippets: {error.strerror}",
                    file=sys.stderr,
                )
            self._unkept[name] = result

    def seconds(self) -> dict[str, float]:
        """How long each snippet ran the last time, by slug; only a help for planning."""
        try:
            known = json.loads(self._seconds.read_text(encoding="utf-8"))
            return {str(slug): float(value) for slug, value in known.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def remember_seconds(self, seconds: dict[str, float]) -> None:
        """Add to what :meth:`seconds` returns from now on."""
        with contextlib.suppress(OSError):  # put() says so
            _replace(self._seconds, json.dumps(self.seconds() | seconds))

    def sweep(self, now: float | None = None) -> int:
        """Remove what no build has used for a month; return how many files went."""
        oldest = (time.time() if now is None else now) - KEPT_FOR
        gone = 0
        for path in self.folder.glob("*/*"):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    gone += 1
            except OSError:
                pass  # another build has swept it, or it belongs to another user
        return gone


def _replace(path: Path, text: str) -> None:
    """Write a file so that nobody ever reads a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".unfinished")
    try:
        with open(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
