"""Recordings: what each supported Python printed when it was last recorded.

``two_tasks.txt``, beside the snippet, is what the newest Python prints that can
run it; ``two_tasks.3.11.txt`` is there only where 3.11 prints something else.
``snippets/recorded.toml`` says which exact version was recorded, how the program
ended, and of which source: what was recorded of another source counts for nothing.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from taskbook.interpreter import SUPPORTED
from taskbook.output import comparable
from taskbook.result import Result
from taskbook.snippet import FOLDER

HEADER = "# Written by `make record`: which Python was recorded for each snippet, and its exit status.\n"


class RecordingError(Exception):
    """``recorded.toml`` or a recorded output cannot be read."""


@dataclass(frozen=True)
class Entry:
    """One line of ``recorded.toml``: the exact version, and the exit status."""

    version: str
    exit: int


def same(one: Result, other: Result) -> bool:
    """Whether two runs say the same, leaving out what differs in any traceback."""
    return one.exit == other.exit and comparable(one.output) == comparable(other.output)


def difference(one: Result, other: Result, name: str, other_name: str) -> str:
    """The lines in which two runs differ, and how each ended, under their names."""
    before, after = ([*each.output.split("\n"), f"(exit status {each.exit})"] for each in (one, other))
    return "\n".join(difflib.unified_diff(before, after, name, other_name, lineterm=""))


class Recordings:
    """All recordings of one project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.index = root / FOLDER / "recorded.toml"
        self.sources: dict[str, str] = {}
        self.entries = self._load()

    def _load(self) -> dict[str, dict[str, Entry]]:
        try:
            table = tomllib.loads(self.index.read_text(encoding="utf-8"))
            self.sources = {slug: str(minors.pop("source")) for slug, minors in table.items()}
            entries = {
                slug: {minor: Entry(str(entry["version"]), int(entry["exit"])) for minor, entry in minors.items()}
                for slug, minors in table.items()
            }
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise RecordingError(
                f"{FOLDER}/recorded.toml cannot be read ({error}); mend or remove it, then run make record"
            ) from error
        for slug, minors in entries.items():
            for minor, entry in minors.items():
                # With another version, every difference would pass as that of another patch.
                if not entry.version.startswith(f"{minor}."):
                    raise RecordingError(
                        f"{FOLDER}/recorded.toml cannot be read ({slug}: {entry.version} is no Python {minor}); "
                        "mend or remove it, then run make record"
                    )
        return entries

    def _source(self, slug: str) -> str:
        """What tells the snippet's present source from any other; "" if there is no snippet."""
        try:
            return hashlib.sha256((self.root / FOLDER / f"{slug}.py").read_bytes()).hexdigest()[:12]
        except OSError:
            return ""

    def path(self, slug: str, minor: str = "") -> Path:
        """The file that holds an output: the common one, or that of one minor version."""
        return self.root / FOLDER / f"{slug}{f'.{minor}' if minor else ''}.txt"

    def get(self, slug: str, minor: str) -> Result | None:
        """What ``minor`` printed when the present source was recorded, if it was.

        Raises:
            RecordingError: the index names an output that is not there.
        """
        entry = self.entries.get(slug, {}).get(minor)
        if entry is None or self.sources[slug] != self._source(slug):
            return None
        for path in (self.path(slug, minor), self.path(slug)):
            if path.is_file():
                try:
                    return Result(entry.version, entry.exit, path.read_bytes().decode("utf-8"))
                except (OSError, UnicodeDecodeError) as error:
                    name = path.relative_to(self.root).as_posix()
                    raise RecordingError(f"{name} cannot be read ({error}); run make record {slug}") from error
        raise RecordingError(
            f"{FOLDER}/recorded.toml names {slug}, but there is no {path.relative_to(self.root).as_posix()}; run make record"
        )

    def all(self, slug: str) -> dict[str, Result]:
        """Every recording of a snippet, by minor version, oldest first."""
        found = {minor: self.get(slug, minor) for minor in SUPPORTED}
        return {minor: result for minor, result in found.items() if result}

    def put(self, slug: str, results: Mapping[str, Result]) -> None:
        """Record new results by minor version; others keep what they have of the same source."""
        merged = {**self.all(slug), **results}
        order = [minor for minor in SUPPORTED if minor in merged]
        newest = merged[order[-1]]
        self._write(self.path(slug), newest.output)
        for minor in SUPPORTED:
            result = merged.get(minor)
            if result is None or comparable(result.output) == comparable(newest.output):
                self.path(slug, minor).unlink(missing_ok=True)
            else:
                self._write(self.path(slug, minor), result.output)
        self.entries[slug] = {minor: Entry(merged[minor].python, merged[minor].exit) for minor in order}
        self.sources[slug] = self._source(slug)

    def forget(self, slug: str, minors: set[str]) -> None:
        """Drop the recordings of these minor versions, which cannot run the snippet any more."""
        left = {minor: result for minor, result in self.all(slug).items() if minor not in minors}
        for minor in minors:
            self.path(slug, minor).unlink(missing_ok=True)
        self.entries.pop(slug, None)
        if left:
            self.put(slug, left)

    def strays(self, slugs: list[str]) -> list[Path]:
        """Recorded outputs that belong to no snippet, or that no entry of the index needs."""
        wanted = set()
        for slug in slugs:
            minors = self.entries.get(slug, {})
            wanted |= {self.path(slug)} | {self.path(slug, minor) for minor in minors} if minors else set()
        return sorted(set((self.root / FOLDER).rglob("*.txt")) - wanted)

    def save(self, slugs: list[str]) -> None:
        """Write the index, and remove what belongs to snippets that are gone."""
        self.entries = {slug: self.entries[slug] for slug in sorted(self.entries) if slug in slugs}
        lines = [HEADER]
        for slug, minors in self.entries.items():
            lines.append(f'\n["{slug}"]\nsource = "{self.sources[slug]}"\n')
            for minor, entry in minors.items():
                lines.append(f'"{minor}" = {{ version = "{entry.version}", exit = {entry.exit} }}\n')
        self._write(self.index, "".join(lines))
        for path in self.strays(slugs):
            path.unlink()

    @staticmethod
    def _write(path: Path, text: str) -> None:
        data = text.encode("utf-8")
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
