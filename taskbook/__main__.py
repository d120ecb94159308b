"""The command line: ``python -m taskbook check`` and ``python -m taskbook record``."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
from pathlib import Path

from taskbook import interpreter
from taskbook.check import check
from taskbook.record import record
from taskbook.recordings import RecordingError
from taskbook.runner import RunnerError
from taskbook.snippet import SnippetError


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 if all is well, 1 if there is something to mend, 2 if the command could not be carried out.
    """
    parser = argparse.ArgumentParser(prog="python -m taskbook", description="The machinery of the Taskbook.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="check a built site against its sources")
    checking.add_argument("site", type=Path, help="the folder the site was built into")
    recording = commands.add_parser("record", help="record what snippets print on every Python at hand")
    recording.add_argument("slugs", nargs="*", help="the snippets to record, such as create/two_tasks (default: all)")
    recording.add_argument(
        "--python", action="append", default=[], help="an executable, or a folder with bin/pythonX.Y; may be repeated"
    )
    given = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # in a pipe on Windows it cannot write all that programs print
        sys.stdout.reconfigure(errors="backslashreplace")
    root = Path.cwd()
    try:
        if given.command == "check":
            return _check(root, given.site)
        return _record(root, given.slugs, given.python)
    except (RecordingError, RunnerError, SnippetError, OSError) as error:
        print(f"taskbook: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"taskbook: {' '.join(error.cmd)} failed:\n{error.stderr.strip()}", file=sys.stderr)
    return 2


def _check(root: Path, site: Path) -> int:
    if not site.is_dir():
        print(f"taskbook: there is no folder {site}; build the site first", file=sys.stderr)
        return 2
    found = check(root, site)
    for warning in found.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for problem in found.problems:
        print(f"problem: {problem}", file=sys.stderr)
    count = len(found.problems)
    verdict = f"{count} problem{'s' if count > 1 else ''}" if count else "no problem"
    print(f"checked {found.pages} pages with {found.figures} snippets: {verdict}")
    return 1 if found.problems else 0


def _record(root: Path, slugs: list[str], pythons: list[str]) -> int:
    problems = record(root, interpreter.find(pythons), slugs, print)
    for problem in problems:
        print(f"problem: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
