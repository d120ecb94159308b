"""Measure the machinery: ``make bench``. All figures are ratios within one run.

The load is 120 copies of a program that sleeps one second and prints how long
that took, to a tenth of a second, on 60 pages.

    (a) build with an empty store, against markdown-exec's own runner
    (b) the run alone, against sleeps ÷ bound + 60 ms of CPU for each ÷ cores
    (c) build with a full store, against drawing the same pages from recordings
    (d) from saving a snippet to its new output in an open browser, against
        saving a page
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from taskbook import interpreter, snippet
from taskbook.result import Result
from taskbook.runner import AT_ONCE, Runner
from tests.project import CONFIGURATION, GOOD, Project

COPIES = 120
SLEEPER = """\
import asyncio
import time


async def main() -> None:
    start = time.perf_counter()
    await asyncio.sleep(1)
    print(f"copy {number}: {{time.perf_counter() - start:.1f}} seconds")


if __name__ == "__main__":
    asyncio.run(main())
"""

# Draws a fence from its recording: no store is asked and nothing can run.
FROM_RECORDINGS = """\
from taskbook import book, fence

class Reader(book.Book):
    def result(self, wanted):
        return self.recordings().get(wanted.slug, self.python.minor)

reader = Reader(book.project_root())
fence._book = lambda: reader
draw, validate = fence.draw, fence.validate
"""


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def built(project: Project, **environment: str) -> None:
    done = project.build(**environment)
    assert done.returncode == 0, done.stderr


def with_sleepers(root: Path) -> Project:
    project = Project.make(root)
    for number in range(COPIES):
        project.snippet(f"sleepers/copy_{number}", SLEEPER.format(number=number))
    for number in range(0, COPIES, 2):
        fences = (f"```snippet\nsleepers/copy_{each}\n```\n" for each in (number, number + 1))
        project.page(f"page_{number}.md", "# Page\n\n" + "\n".join(fences))
    return project


def with_stock_blocks(root: Path) -> Project:
    project = Project(root)
    project.write("mkdocs.yml", CONFIGURATION.partition("      custom_fences:")[0])
    project.page("index.md", "# Home\n")
    for number in range(0, COPIES, 2):
        blocks = (
            f'```python exec="on" source="above" result="text"\n__name__ = "__main__"\n{SLEEPER.format(number=each)}```\n'
            for each in (number, number + 1)
        )
        project.page(f"page_{number}.md", "# Page\n\n" + "\n".join(blocks))
    return project


def against_stock(folder: Path) -> float:
    ours = with_sleepers(folder / "ours")
    stock = with_stock_blocks(folder / "stock")
    quick = seconds(lambda: built(ours))
    slow = seconds(lambda: built(stock))
    shown = (stock.root / "site/page_0/index.html").read_text(encoding="utf-8")
    assert "copy 1: 1.0 seconds" in shown, "markdown-exec has to have run the programs"
    assert "copy 1: 1.0 seconds" in ours.figure("page_0.md", "sleepers/copy_1").get_text()
    print(f"(a) markdown-exec {slow:.1f} s, empty store {quick:.1f} s: {slow / quick:.1f} times faster (at least 20)")
    return slow / quick


def against_the_bound(folder: Path) -> tuple[float, int]:
    project = with_sleepers(folder / "bound")
    snippets = [snippet.read(project.root, f"sleepers/copy_{number}") for number in range(COPIES)]
    runner = Runner(interpreter.own())
    results: dict[str, Result] = {}
    alone = {each.slug: f"copy {number}: 1.0 seconds\n" for number, each in enumerate(snippets)}
    runner.run(snippets[:1])  # the server is warm from here on, as in a long `make serve`
    took = seconds(lambda: results.update(runner.run(snippets)))
    runner.close()
    allowed = COPIES / AT_ONCE + COPIES * 0.060 / (os.cpu_count() or 1)
    differing = sum(results[slug].output != expected for slug, expected in alone.items())
    print(
        f"(b) the run {took:.1f} s, allowed {allowed:.1f} s: ratio {took / allowed:.2f} (at most 1);"
        f" {differing} of {COPIES} printed durations differ (0)"
    )
    return took / allowed, differing


def against_recordings(folder: Path) -> float:
    project = with_sleepers(folder / "full")
    assert project.record().returncode == 0
    built(project)
    drawn = Project(folder / "drawn")
    shutil.copytree(project.root, drawn.root, ignore=shutil.ignore_patterns(".taskbook", "site"))
    drawn.write("drawn_fence.py", FROM_RECORDINGS)
    drawn.write("mkdocs.yml", CONFIGURATION.replace("taskbook.fence.", "drawn_fence."))
    full, bare = [], []
    for _ in range(7):  # in turns, so that both meet the same neighbours on the machine
        full.append(seconds(lambda: built(project)))
        bare.append(seconds(lambda: built(drawn, PYTHONPATH=str(drawn.root))))
    same = project.figure("page_0.md", "sleepers/copy_1"), drawn.figure("page_0.md", "sleepers/copy_1")
    assert same[0] == same[1]
    ratio = min(full) / min(bare)
    print(f"(c) full store {min(full):.2f} s, from recordings {min(bare):.2f} s: ratio {ratio:.2f} (at most 1.1)")
    return ratio


def saving_a_snippet(folder: Path) -> float:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import ARGUMENTS, chromium
    from tests.browser.test_live_reload import serving

    project = Project.make(folder / "served")
    project.record()
    executable = chromium()
    if executable is None:
        print("(d) skipped: no Chromium on PATH")
        return 0.0
    with serving(project, folder / "log") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        page = browser.new_page()
        page.goto(url)
        page.wait_for_timeout(1000)
        text = (project.root / "docs/index.md").read_text(encoding="utf-8")
        snippets: list[float] = []
        pages: list[float] = []
        for number in range(7):

            def save_snippet(number: int = number) -> None:
                project.snippet("good/program", GOOD.replace("all is well", f"number {number}"))
                page.locator(".snippet-result", has_text=f"number {number}").wait_for()

            def save_page(number: int = number) -> None:
                project.page("index.md", text.replace("# Home", f"# Home {number}"))
                page.locator("h1", has_text=f"Home {number}").wait_for()

            for kind, save in ((snippets, save_snippet), (pages, save_page)):
                kind.append(seconds(save))
                page.wait_for_timeout(500)  # the watcher has to see the next save as another one
        browser.close()
    ratio: float = statistics.median(snippets) / statistics.median(pages)
    print(
        f"(d) snippet {statistics.median(snippets):.2f} s, page {statistics.median(pages):.2f} s:"
        f" ratio {ratio:.2f} (at most 1.5)"
    )
    return ratio


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bound, differing = against_the_bound(folder)
        full = against_recordings(folder)
        saved = saving_a_snippet(folder)
        faster = against_stock(folder)
    return 0 if faster >= 20 and bound <= 1 and not differing and full <= 1.1 and saved <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
