"""Record what every snippet prints on every supported Python that is at hand."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from taskbook import snippet
from taskbook.interpreter import SUPPORTED, Interpreter, equip
from taskbook.recordings import RecordingError, Recordings, same
from taskbook.result import Result
from taskbook.runner import Runner
from taskbook.snippet import Snippet


def record(
    root: Path, pythons: Mapping[str, Interpreter], wanted: Collection[str], say: Callable[[str], None]
) -> list[str]:
    """Run snippets and write their recordings.

    Each runs twice, once among all the others and once more: what differs from
    one run to the next is not recorded. Versions that are not at hand keep
    their recordings.

    Args:
        root: the project's folder.
        pythons: minor version to interpreter.
        wanted: the slugs to record; all if empty.
        say: called with each sentence of the report.

    Returns:
        Problems; what they speak of was not recorded.

    Raises:
        SnippetError: a snippet cannot be read.
        SubprocessError: the packages that a snippet declares cannot be installed.
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
            python = equip(python, root)
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
    changed = 0
    for each in snippets:
        try:
            before = recordings.all(each.slug)
        except RecordingError:  # to mend that is what this command was called for
            say(f"snippets/{each.slug}.py: what was recorded cannot be read any more and is forgotten")
            del recordings.entries[each.slug]
            before = {}
        unable = {minor for minor in before if not each.metadata.requires.contains(f"{minor}.0", prereleases=True)}
        if unable:
            recordings.forget(each.slug, unable)
        fresh = _worth_writing(before, results[each.slug])
        if fresh:
            recordings.put(each.slug, fresh)
            changed += 1
    recordings.save(known)
    say(f"recorded {len(snippets)} snippets, {changed} of them new or changed")
    return problems


def _unfit(each: Snippet, python: Interpreter, first: Result, second: Result) -> str:
    """Why two runs cannot be recorded, or ""."""
    name = f"snippets/{each.slug}.py on Python {python.version}"
    if first.problem or second.problem:
        return f"{name} {first.problem or second.problem}"
    if not same(first, second):
        told = "\n".join(
            difflib.unified_diff(
                [*first.output.splitlines(), f"(exit status {first.exit})"],
                [*second.output.splitlines(), f"(exit status {second.exit})"],
                "first run",
                "second run",
                lineterm="",
            )
        )
        return f"{name} does not print the same twice; make it deterministic\n{told}"
    return ""


def _worth_writing(before: Mapping[str, Result], now: Mapping[str, Result]) -> dict[str, Result]:
    """The results that say something new, so that recording again changes no file without need."""
    return {
        minor: result
        for minor, result in now.items()
        if minor not in before or before[minor].python != result.python or not same(before[minor], result)
    }
