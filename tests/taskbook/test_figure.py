"""The HTML contract of a figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag

from taskbook import figure
from taskbook.book import Showing
from taskbook.result import Result
from taskbook.snippet import Metadata, Snippet

SOURCE = '"""Doc."""\n\n\nif 1 < 2 & True:\n\tprint("</pre>", \'"\')  # …\n'
SNIPPET = Snippet("create/two_tasks", Path("two_tasks.py"), SOURCE.encode(), Metadata())
OUTPUT = """
before
Traceback (most recent call last):
  File "two_tasks.py", line 3, in <module>
    1 / 0
    ~~^~~
ZeroDivisionError: division by zero

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "two_tasks.py", line 5, in <module>
KeyError: <1>
sys:1: RuntimeWarning: coroutine 'work' was never awaited
two_tasks.py:7: RuntimeWarning: coroutine 'work' was never awaited
  work()
RuntimeWarning: Enable tracemalloc to get the object allocation traceback
after: Warning: not one
"""
SHOWING = Showing(SNIPPET, Result("3.13.0", 1, OUTPUT), ("3.12", "3.13", "3.14"))


def drawn(showing: Showing = SHOWING, marked: str = "") -> Tag:
    found = BeautifulSoup(figure.draw(showing, "two_tasks", marked), "html.parser").select_one("figure")
    assert found
    return found


def text(parent: Tag, selector: str) -> str:
    found = parent.select_one(selector)
    assert found, selector
    return found.get_text()


def test_contract() -> None:
    shown = drawn()
    assert shown["class"] == ["snippet"]
    attributes = {name: value for name, value in shown.attrs.items() if name != "class"}
    assert attributes == {
        "id": "two_tasks",
        "data-snippet": "create/two_tasks",
        "data-python": "3.13.0",
        "data-exit": "1",
    }
    assert text(shown, ".snippet-program") == SOURCE.removesuffix("\n")
    assert text(shown, ".snippet-result") == OUTPUT.removesuffix("\n")


@pytest.mark.parametrize("marked", ["", "print", "Doc", "if 1 < 2"])
def test_marking_lines_does_not_change_the_text(marked: str) -> None:
    shown = drawn(marked=marked)
    assert text(shown, ".snippet-program") == SOURCE.removesuffix("\n")
    lines = [each.get_text().strip("\n") for each in shown.select(".hll")]
    assert lines == ([line for line in SOURCE.splitlines() if marked in line] if marked else [])


@pytest.mark.parametrize("output", ["", "\n", "\n\n", "x", "x\n\n", "a\r\nb", "\ttab", "</pre><script>"])
def test_any_output_is_exact(output: str) -> None:
    shown = drawn(replace(SHOWING, result=Result("3.13.0", 0, output)))
    assert text(shown, ".snippet-result") == output.removesuffix("\n")
    assert ("Prints nothing." in text(shown, ".snippet-note")) == (not output)
    assert not shown.find("script")


@pytest.mark.parametrize(
    "source", ["", "\n", "\n\n", "\n\nprint(1)\n\n\n", "print(1)", "\x0cprint('a\x0cb')\n\x0c\n", "'\u2028'\n"]
)
@pytest.mark.parametrize("marked", ["", "print"])
def test_any_program_is_exact(source: str, marked: str) -> None:
    showing = replace(SHOWING, snippet=replace(SNIPPET, source=source.encode()))
    assert text(drawn(showing, marked), ".snippet-program") == source.removesuffix("\n")


def test_error_lines_are_told_apart() -> None:
    marked = [each.get_text() for each in drawn().select(".snippet-result .snippet-error")]
    lines = OUTPUT.splitlines()
    assert marked == [line for line in lines[2:-1] if line]


def test_a_group_of_exceptions_is_marked_as_a_whole() -> None:
    output = "  + Exception Group Traceback (most recent call last):\n  |   File\n  | ExceptionGroup: x\n  +-+--- 1 ---\n    | ValueError: 1\n    +------\nafter\n"
    shown = drawn(replace(SHOWING, result=Result("3.13.0", 1, output)))
    assert [each.get_text() for each in shown.select(".snippet-error")][:6] == output.splitlines()[:6]


def test_download_is_the_program() -> None:
    link = drawn().select_one(".snippet-download")
    assert link
    assert link["download"] == "two_tasks.py"
    assert unquote(str(link["href"]).partition(",")[2]) == SOURCE


def test_permanent_link_and_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPO_URL", raising=False)
    assert not drawn().select(".snippet-source"), "only where the repository is known"
    name = drawn().select_one(".snippet-name")
    assert name
    assert name["href"] == "#two_tasks"
    monkeypatch.setenv("REPO_URL", "https://example.org/book/")
    source = drawn().select_one(".snippet-source")
    assert source
    assert source["href"] == "https://example.org/book/blob/main/snippets/create/two_tasks.py"


def test_notes() -> None:
    assert text(drawn(), ".snippet-note") == "Python 3.13.0, exit status 1. The same on 3.12 and 3.14."
    alone = replace(SHOWING, minors=("3.13",), result=Result("3.13.0", -9, "x"))
    assert text(drawn(alone), ".snippet-note") == "Python 3.13.0, killed by signal 9."
    assert "Not recorded yet: make record." in text(drawn(replace(SHOWING, recorded="never")), ".snippet-note")
    assert "Not what was recorded." in text(drawn(replace(SHOWING, recorded="3.13.0")), ".snippet-note")


def test_other_versions_are_results_of_their_own() -> None:
    others = ((("3.11", "3.12"), Result("3.11.7", 0, "old\n")), (("3.15",), Result("3.15.2", 1, "")))
    versions = {"3.11": "3.11.7", "3.12": "3.12.1", "3.15": "3.15.2"}
    shown = drawn(replace(SHOWING, minors=("3.13", "3.14"), others=others, versions=versions))
    main, old, new = shown.select(".snippet-result")
    assert main["data-python"] == "3.13.0"
    assert (old["data-python"], old["data-exit"], old.get_text()) == ("3.11.7 3.12.1", "0", "old")
    assert (new["data-python"], new["data-exit"], new.get_text()) == ("3.15.2", "1", "")
    summaries = [each.get_text() for each in shown.select("summary")]
    assert summaries == [
        "Python 3.11 and 3.12 print something else, exit status 0",
        "Python 3.15 prints something else",
    ]


def test_a_problem_is_a_figure_too() -> None:
    found = BeautifulSoup(figure.draw_problem("docs/a.md:3: <b>", "a/b", "x\r"), "html.parser")
    assert text(found, "figure.snippet .snippet-problem") == "docs/a.md:3: <b>"
    assert not found.select(".snippet-result"), "what a broken snippet printed is no result"
