"""Builds at the same time, and builds that are killed, harm neither the store nor the machine."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.project import Project

SLEEPER = "import os, time\nprint('{mark}', flush=True)\ntime.sleep({seconds})\nprint('end')\n"


def start(project: Project, site: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


def with_sleepers(root: Path, seconds: float) -> Project:
    project = Project.make(root)
    fences = []
    for name in ("one", "two", "three"):
        project.snippet(f"sleep/{name}", SLEEPER.format(mark=name, seconds=seconds))
        fences.append(f"```snippet\nsleep/{name}\n```\n")
    project.page("sleep.md", "# Sleepers\n\n" + "\n".join(fences))
    return project


def processes(folder: Path) -> list[str]:
    """Processes that work in a folder or were started with it."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(folder) in (path / "cmdline").read_bytes().decode(errors="replace"):
                found.append(path.name)
    return found


def test_two_builds_at_once(tmp_path: Path) -> None:
    project = with_sleepers(tmp_path / "book", 0.5)
    builds = [start(project, f"site-{number}") for number in range(2)]
    for build in builds:
        printed, _ = build.communicate(timeout=60)
        assert build.returncode == 0, printed
    pages = [(project.root / f"site-{number}/sleep/index.html").read_text() for number in range(2)]
    assert pages[0] == pages[1]
    assert pages[0].count("\nend</code>") == 3


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_killed_leaves_nothing_and_the_next_one_is_whole(tmp_path: Path, number: int) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    project = with_sleepers(tmp_path / "book", 3)
    os.environ["TMPDIR"], before = str(temporary), os.environ.get("TMPDIR")
    try:
        build = start(project, "site")
        deadline = time.monotonic() + 30
        while not any(temporary.glob("taskbook-*/*/work")) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert processes(temporary)
        build.send_signal(number)
        build.communicate(timeout=30)
        deadline = time.monotonic() + 10
        while (processes(temporary) or any(temporary.iterdir())) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert processes(temporary) == []
        assert not any(temporary.iterdir())
        assert not any(project.root.glob(".taskbook/**/*.unfinished"))
    finally:
        del os.environ["TMPDIR"]
        if before is not None:
            os.environ["TMPDIR"] = before
    assert project.build().returncode == 0
    assert project.figure("sleep.md", "sleep/two").get_text().count("end\n") == 1
