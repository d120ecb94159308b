"""A small book in a folder of its own, for tests of the machinery."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from taskbook import child, output, runner
from taskbook.interpreter import Interpreter, own
from taskbook.result import Result
from taskbook.snippet import Snippet, read

CONFIGURATION = """\
site_name: A book
theme:
  name: material
  font: false
plugins:
  - search
  - markdown-exec:
      languages: [python]
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - pymdownx.highlight
  - pymdownx.tabbed:
      alternate_style: true
  - pymdownx.superfences:
      custom_fences:
        - name: snippet
          class: snippet
          validator: !!python/name:taskbook.fence.validate
          format: !!python/name:taskbook.fence.draw
watch: [snippets]
"""

ONLY_THIS_PYTHON = {"TASKBOOK_PYTHONS": "", "PATH": "/nowhere"}
"""An environment in which no other Python is found."""

GOOD = """\
import asyncio


async def main() -> None:
    print("all is well")


if __name__ == "__main__":
    asyncio.run(main())
"""


@dataclass(frozen=True)
class Project:
    """A folder with ``mkdocs.yml``, ``docs`` and ``snippets``."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> Project:
        """A book of one page and one good snippet, ``good/program``."""
        project = cls(root)
        project.write("mkdocs.yml", CONFIGURATION)
        project.snippet("good/program", GOOD)
        project.page("index.md", "# Home\n\n```snippet\ngood/program\n```\n")
        return project

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file below the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def snippet(self, slug: str, text: str | bytes) -> Path:
        """Write a snippet."""
        return self.write(f"snippets/{slug}.py", text)

    def page(self, name: str, text: str) -> Path:
        """Write a page."""
        return self.write(f"docs/{name}", text)

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``python -m COMMAND`` in the project's folder."""
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=300,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        )

    def record(self) -> subprocess.CompletedProcess[str]:
        """Record all snippets on the running Python alone."""
        return self.run("taskbook", "record", **ONLY_THIS_PYTHON)

    def build(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Build the site into ``site``."""
        return self.run("mkdocs", "build", "--quiet", **environment)

    def check(self) -> subprocess.CompletedProcess[str]:
        """Check the built site."""
        return self.run("taskbook", "check", "site")

    def html(self, page: str) -> BeautifulSoup:
        """A built page."""
        path = self.root / "site" / ("index.html" if page == "index.md" else f"{page.removesuffix('.md')}/index.html")
        return BeautifulSoup(path.read_bytes().decode(), "html.parser")

    def figure(self, page: str, slug: str) -> Tag:
        """The figure of a snippet on a built page."""
        found = self.html(page).select_one(f'figure[data-snippet="{slug}"]')
        assert found, f"{page} shows no {slug}"
        return found


def run_plainly(snippet: Snippet, folder: Path, python: Interpreter | None = None) -> Result:
    """What ``python -u FILE`` prints: no fork, no guard, no limit but time.

    Args:
        snippet: the program.
        folder: where to lay it out, as the runner does.
        python: what to run it on; the running interpreter unless given.
    """
    python = python or own()
    place = folder.resolve() / "0"
    (place / "work").mkdir(parents=True)
    (place / "program").mkdir()
    program = place / "program" / snippet.file_name
    program.write_bytes(snippet.source)
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [python.executable, "-u", str(program)],
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.STDOUT,
        cwd=place / "work",
        env=runner.ENVIRONMENT,
    )
    os.close(writing)
    printed: list[bytes] = []

    def read() -> None:
        while data := os.read(reading, 65536):
            printed.append(data)
        os.close(reading)

    # Not communicate(): what the program started may hold the pipe open.
    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    process.wait(60)
    reader.join(1)
    text, problem = output.decode(b"".join(printed))
    folders = runner.shown_as(python, place)
    shutil.rmtree(place, ignore_errors=True)
    return Result(python.version, process.returncode, output.settle(text, folders, child.__file__), 0.0, problem)


def plainly(project: Project, slug: str, folder: Path) -> Result:
    """What a project's snippet prints in a plain run."""
    return run_plainly(read(project.root, slug), folder)
