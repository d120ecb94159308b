"""The verbs of the Makefile that can be tried without setting anything up again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="no make on this system")


def make(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", "-C", str(ROOT), *words], capture_output=True, text=True)


def ready(tmp_path: Path) -> str:
    """An environment that counts as set up: its Python is this one."""
    folder = tmp_path / "ready"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/python").symlink_to(sys.executable)
    (folder / "ready").write_text(f"{ROOT.resolve()}\n")
    return f"VENV={folder}"


def test_help_lists_every_verb() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = [line for line in text.splitlines() if line.startswith(".PHONY: help")]
    listed = [line.split()[1] for line in make("help").stdout.splitlines() if line.startswith("make ") and "  " in line]
    assert sorted(listed) == sorted(phony.split()[1:])


def test_an_address_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = make("serve", f"ADDRESS={address}", ready(tmp_path))
    assert done.returncode == 2
    assert f"{address} cannot be used; name another: make serve ADDRESS=127.0.0.1:8001" in done.stderr


def test_too_old_a_python_is_told(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = make("build", f"VENV={tmp_path / 'new'}", f"PYTHON={old}")
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed; name one: make PYTHON=python3.13" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_folder_that_has_moved_is_set_up_again(tmp_path: Path) -> None:
    environment = ready(tmp_path)
    assert " pip install " not in make("--dry-run", "build", environment).stdout
    (tmp_path / "ready/ready").write_text("/somewhere/else\n")
    assert " pip install " in make("--dry-run", "build", environment).stdout
