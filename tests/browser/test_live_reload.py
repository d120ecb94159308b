"""A contributor saves a page or a snippet, and the open browser shows what changed."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.project import GOOD, Project


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def serve_command() -> list[str]:
    """What ``make serve`` runs, word by word."""
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    (line,) = [line for line in makefile.splitlines() if "-m mkdocs serve" in line]
    return line.split()


@contextlib.contextmanager
def serving(project: Project, log: Path) -> Iterator[str]:
    """Serve a project as ``make serve`` does; gives the address once it answers."""
    address = f"127.0.0.1:{free_port()}"
    words = {"$(RUN)": sys.executable, "$(ADDRESS)": address}
    command = [words.get(word, word) for word in serve_command()]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=project.root, stdout=file, stderr=file, env=environment)
    url = f"http://{address}/"
    try:
        deadline = time.monotonic() + 60
        while not answers(url):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)
    assert f"Serving on {url}" in log.read_text(), "it has to say where"


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Project, str]]:
    project = Project.make(tmp_path / "a served book")
    project.record()
    with serving(project, tmp_path / "log") as url:
        yield project, url


def test_saving_a_page_or_a_snippet_shows_it_in_an_open_browser(served: tuple[Project, str], browser: Browser) -> None:
    project, url = served
    page = browser.new_page()
    page.goto(url)
    result = page.locator(".snippet-result")
    expect(result).to_have_text("all is well")

    project.snippet("good/program", GOOD.replace("all is well", "all is new"))
    expect(result).to_have_text("all is new", timeout=30_000)
    expect(page.locator(".snippet-note")).to_contain_text("make record")

    text = (project.root / "docs/index.md").read_text()
    project.page("index.md", text.replace("# Home", "# Home again"))
    expect(page.locator("h1")).to_contain_text("Home again", timeout=30_000)

    project.snippet("good/program", GOOD.replace("asyncio.run(main())", "asyncio.run(main()"))
    expect(page.locator(".snippet-problem")).to_contain_text("ended with exit status 1", timeout=30_000)

    project.snippet("good/program", GOOD)
    expect(result).to_have_text("all is well", timeout=30_000)
    page.close()
