"""Record what every snippet prints on every supported Python that is at hand."""

from __future__ import annotations

import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from packaging.version import Version

from taskbook import fence, page, snippet
from taskbook.interpreter import SUPPORTED, Interpreter, equip
from taskbook.recordings import RecordingError, Recordings, difference, same
from taskbook.result import Result
from taskbook.runner import Runner
from taskbook.snippet import Snippet

KINDS = ("that print something else than before", "new", "the same on another patch", "unchanged", "not recorded")
"""What recording a snippet again can bring, in the words of the report."""


def record(
    root: Path, pythons: Mapping[str, Interpreter], wanted: Collection[str], say: Callable[[str], None]
) -> list[str]:
    """Run snippets and write their recordings.

    Each runs twice, once among all the others and once more: what differs from
    one run to the next is not recorded. Versions that are not at hand keep
    their recordings, and so do those of a newer patch than the one at hand.

    Args:
        root: the project's folder.
        pythons: minor version to interpreter.
        wanted: the slugs to record; all if empty.
        say: called with each sentence of the report.

    Returns:
        Problems; what they speak of was not recorded.

    Raises:
        SnippetError: a snippet cannot be read.
        RunnerError: a Python could not be made to run anything.
    """
    known = snippet.slugs(root)
    snippets = [snippet.read(root, slug) for slug in (wanted or known)]
    recordings = Recordings(root)
    problems: list[str] = []
    results: dict[str, dict[str, Result]] = {each.slug: {} for each in snippets}
    for minor, python in pythons.items():
        say(f"Python {python.version} ({python.executable})")
        if any(each.metadata.dependencies for each in snippets):
            try:
                python = equip(python, root)
            except (OSError, subprocess.SubprocessError) as error:
                problems.append(_unequipped(python, error))
        able = [each for each in snippets if not python.lacks(each)]
        runner = Runner(python)
        try:
            first, second = runner.run(able), runner.run(able)
        finally:
            runner.close()
        for each in able:
            reason = _unfit(each, python, first[each.slug], second[each.slug])
            if reason:
                problems.append(reason)
            else:
                results[each.slug][minor] = second[each.slug]
    missing = [minor for minor in SUPPORTED if minor not in pythons]
    if missing:
        say(f"not found, so left as recorded before: Python {', '.join(missing)}")
    pages = _pages(root)
    tally: Counter[str] = Counter()
    older: set[str] = set()
    for each in snippets:
        now = results[each.slug]
        ran = bool(now)
        try:
            before = recordings.all(each.slug)
        except RecordingError:  # to mend that is what this command was called for
            say(f"snippets/{each.slug}.py: what was recorded cannot be read any more and is forgotten")
            del recordings.entries[each.slug]
            before = {}
        unable = {minor for minor in before if not each.metadata.requires.contains(f"{minor}.0", prereleases=True)}
        if unable:
            recordings.forget(each.slug, unable)
        for minor in [minor for minor in now if minor in before and _older(now[minor], before[minor])]:
            older.add(f"Python {now[minor].python} is older than {before[minor].python}: what that recorded stays")
            del now[minor]
        fresh = _worth_writing(before, now)
        if fresh:
            recordings.put(each.slug, fresh)
        tally[_news(each.slug, before, fresh, pages[each.slug], say) if ran else KINDS[4]] += 1
    recordings.save(known)
    for told in sorted(older):
        say(told)
    counted = ", ".join(f"{tally[kind]} {kind}" for kind in KINDS if tally[kind])
    say(f"{len(snippets)} snippet{'s' if len(snippets) > 1 else ''}: {counted}")
    return problems


def _pages(root: Path) -> Mapping[str, list[str]]:
    """Where the fences of each snippet are, as ``docs/create/names.md:12``."""
    found = defaultdict(list)
    for path in page.pages(root / "docs"):
        for each in page.fences(path.read_text(encoding="utf-8-sig", errors="replace")):
            if each.language == fence.NAME:
                found[each.body].append(f"{path.relative_to(root).as_posix()}:{each.line}")
    return found


def _older(one: Result, other: Result) -> bool:
    return Version(one.python.rstrip("+")) < Version(other.python.rstrip("+"))


def _news(
    slug: str, before: Mapping[str, Result], fresh: Mapping[str, Result], pages: list[str], say: Callable[[str], None]
) -> str:
    """Say which pages became false, and on which Python; return which of :data:`KINDS` it is."""
    changed = [minor for minor in fresh if minor in before and not same(before[minor], fresh[minor])]
    for minor in changed:
        now, then = fresh[minor].python, before[minor].python
        than = "it did" if now == then else f"{then} did"
        told = difference(before[minor], fresh[minor], "before", "now")
        say(f"{', '.join(pages) or 'no page'}: {slug}: Python {now} prints something else than {than}\n{told}")
    if changed:
        return KINDS[0]
    if not fresh:
        return KINDS[3]
    return KINDS[2] if set(fresh) <= set(before) else KINDS[1]


def _unequipped(python: Interpreter, error: Exception) -> str:
    """Why what needs packages is not recorded on a Python, in one line."""
    said = str(getattr(error, "stderr", None) or error).strip().splitlines()
    return (
        f"Python {python.version} cannot get the packages that snippets declare ({said[-1] if said else error!r}); "
        "what needs them stays as recorded before"
    )


def _unfit(each: Snippet, python: Interpreter, first: Result, second: Result) -> str:
    """Why two runs cannot be recorded, or ""."""
    name = f"snippets/{each.slug}.py on Python {python.version}"
    if first.problem or second.problem:
        return f"{name} {first.problem or second.problem}"
    if not same(first, second):
        told = difference(first, second, "first run", "second run")
        return f"{name} does not print the same twice; make it deterministic\n{told}"
    return ""


def _worth_writing(before: Mapping[str, Result], now: Mapping[str, Result]) -> dict[str, Result]:
    """The results that say something new, so that recording again changes no file without need."""
    return {
        minor: result
        for minor, result in now.items()
        if minor not in before or before[minor].python != result.python or not same(before[minor], result)
    }
