"""The Python interpreters that snippets run on, and how to find them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from taskbook import child
from taskbook.snippet import Snippet

SUPPORTED = ("3.11", "3.12", "3.13", "3.14", "3.15")
"""The minor versions whose output is recorded, oldest first."""


@dataclass(frozen=True)
class Interpreter:
    """One Python, told apart by everything that can change what it prints."""

    executable: str
    version: str
    build: str
    platform: str
    stdlib: str
    packages: str
    distributions: Mapping[str, str]

    @property
    def minor(self) -> str:
        """The minor version, "3.15" of "3.15.2"."""
        return ".".join(self.version.split(".")[:2])

    def lacks(self, snippet: Snippet) -> str:
        """Why this interpreter cannot run ``snippet``, or "" if it can."""
        metadata = snippet.metadata
        if not metadata.requires.contains(self.version, prereleases=True):
            return f"needs Python {metadata.requires}"
        for needed in metadata.dependencies:
            names = {canonicalize_name(name): version for name, version in self.distributions.items()}
            found = names.get(canonicalize_name(needed.name))
            if found is None or not needed.specifier.contains(found, prereleases=True):
                return f"needs {needed}"
        return ""


def own() -> Interpreter:
    """The interpreter that this code runs on."""
    return Interpreter(sys.executable, **child.describe())


def at(executable: str) -> Interpreter:
    """The interpreter behind an executable.

    Raises:
        OSError: it cannot be started.
        subprocess.SubprocessError: it failed, or took longer than ten seconds.
    """
    done = subprocess.run(
        [executable, str(Path(child.__file__)), "describe"],
        check=True,
        capture_output=True,
        text=True,
        timeout=10,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return Interpreter(executable, **json.loads(done.stdout))


def equip(python: Interpreter, root: Path) -> Interpreter:
    """The same Python in an environment that has the packages which snippets declare.

    The running one stays as it is if it has exactly these; pages are built with
    it. For any other the environment is made once, below ``.taskbook``, from the versions that are
    locked in ``requirements-snippets.txt``.

    Args:
        python: any interpreter.
        root: the project's folder.

    Returns:
        The environment's interpreter, or ``python`` where no snippet needs packages.

    Raises:
        subprocess.SubprocessError: the environment cannot be made, for example without a network.
    """
    locked = root / "requirements-snippets.txt"
    if not locked.is_file():
        return python
    if python.executable == sys.executable and _has(python, locked.read_text(encoding="utf-8")):
        return python
    wanted = hashlib.sha256(f"{python.executable} {python.build}".encode() + locked.read_bytes()).hexdigest()[:12]
    folder = root / ".taskbook" / "pythons" / f"{python.minor}-{wanted}"
    executable = folder / ("Scripts/python.exe" if os.name == "nt" else f"bin/python{python.minor}")
    if not (folder / "ready").is_file():
        for command in (
            [python.executable, "-m", "venv", "--clear", str(folder)],
            [str(executable), "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", str(locked)],
        ):
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
        (folder / "ready").touch()
    return at(str(executable))


def _has(python: Interpreter, locked: str) -> bool:
    """Whether the running interpreter has the locked versions."""
    names = {canonicalize_name(name): version for name, version in python.distributions.items()}
    needed = [Requirement(line.rstrip(" \\")) for line in locked.splitlines() if re.match(r"\w", line)]
    needed = [each for each in needed if each.marker is None or each.marker.evaluate()]
    return all(
        each.specifier.contains(names.get(canonicalize_name(each.name), "0"), prereleases=True) for each in needed
    )


def find(named: Iterable[str] = ()) -> dict[str, Interpreter]:
    """One interpreter for each supported minor version that this machine has.

    Those that the caller names come first, then ``TASKBOOK_PYTHONS`` (paths
    separated as in PATH), the running one, and ``pythonX.Y`` on PATH.

    Args:
        named: executables, or folders that hold ``bin/pythonX.Y``.

    Returns:
        Minor version to interpreter, oldest first.

    Raises:
        OSError: a named executable cannot be started.
        subprocess.SubprocessError: a named executable failed.
    """
    listed = [part for part in os.environ.get("TASKBOOK_PYTHONS", "").split(os.pathsep) if part]
    found: dict[str, Interpreter] = {}
    for place in (*named, *listed):
        for executable in _executables(Path(place)):
            interpreter = at(executable)
            found.setdefault(interpreter.minor, interpreter)
    running = own()
    found.setdefault(running.minor, running)
    for minor in SUPPORTED:
        on_path = shutil.which(f"python{minor}")
        if minor not in found and on_path:
            try:
                found[minor] = at(on_path)
            except (OSError, subprocess.SubprocessError):
                continue  # a version manager's stub for a version that it lacks
    return {minor: found[minor] for minor in SUPPORTED if minor in found}


def _executables(place: Path) -> list[str]:
    if not place.is_dir():
        return [str(place)]
    names = [place / "bin" / f"python{minor}" for minor in SUPPORTED]
    return [str(path) for path in names if path.is_file()]
