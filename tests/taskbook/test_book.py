"""Which programs run, how often, and in which order."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from taskbook import interpreter, snippet, store
from taskbook.book import Book, _progress
from taskbook.recordings import Recordings
from taskbook.result import Result
from taskbook.runner import Progress, Runner
from taskbook.snippet import Snippet
from tests.project import Project

PYTHON = interpreter.own()


class Rehearsed(Runner):
    """A runner that runs nothing and returns, for each snippet, one prepared output after the other."""

    def __init__(self, outputs: dict[str, list[str]]) -> None:
        super().__init__(PYTHON)
        self.outputs = outputs
        self.batches: list[list[str]] = []

    def run(self, snippets: Sequence[Snippet], progress: Progress = lambda done, total: None) -> dict[str, Result]:
        if snippets:
            self.batches.append([each.slug for each in snippets])
        return {
            each.slug: Result(PYTHON.version, 0, self.outputs.get(each.slug, ["x\n"] * 9).pop(0), 0.1)
            for each in snippets
        }


def book(root: Path, *slugs: str, recorded: str = "x\n", **outputs: list[str]) -> tuple[Book, Rehearsed]:
    project = Project(root)
    recordings = Recordings(root)
    for slug in slugs:
        project.snippet(slug, f"print({slug!r})\n")
        if recorded:
            recordings.put(slug, {PYTHON.minor: Result(PYTHON.version, 0, recorded)})
    recordings.save(list(slugs))
    runner = Rehearsed({slug.replace("_", "/"): texts for slug, texts in outputs.items()})
    return Book(root, PYTHON, runner), runner


def test_the_first_page_runs_all_that_is_stale_at_once(tmp_path: Path) -> None:
    found, runner = book(tmp_path, "a/b", "a/c", "a/d")
    found.show("a/c")
    assert [sorted(batch) for batch in runner.batches] == [["a/b", "a/c", "a/d"]]
    found.show("a/b")
    Book(tmp_path, PYTHON, runner).show("a/d")
    assert len(runner.batches) == 1


def test_only_what_changed_runs_again(tmp_path: Path) -> None:
    found, runner = book(tmp_path, "a/b", "a/c")
    found.show("a/b")
    (tmp_path / "snippets/a/c.py").write_text("print('new')\n")
    found.show("a/b")
    found.show("a/c")
    assert runner.batches[1:] == [["a/c"]]


def test_slowest_first(tmp_path: Path) -> None:
    found, runner = book(tmp_path, "a/b", "a/c", "a/d")
    found.store.remember_seconds({"a/b": 0.2, "a/c": 3.0, "a/d": 1.0})
    found.show("a/b")
    assert runner.batches == [["a/c", "a/d", "a/b"]]


def test_what_differs_from_its_recording_runs_once_more_alone(tmp_path: Path) -> None:
    found, runner = book(tmp_path, "a/b", "a/c", a_c=["busy machine\n", "x\n"])
    assert found.show("a/c").result.output == "x\n"
    assert found.show("a/c").recorded == ""
    assert [sorted(runner.batches[0]), *runner.batches[1:]] == [["a/b", "a/c"], ["a/c"]]


def test_what_differs_twice_is_believed_and_told(tmp_path: Path) -> None:
    found, runner = book(tmp_path, "a/c", a_c=["new\n", "new\n"])
    showing = found.show("a/c")
    assert showing.result.output == "new\n"
    assert showing.recorded == PYTHON.version
    found.show("a/c")
    assert len(runner.batches) == 2, "and then kept like any other"


def test_what_was_never_recorded_runs_once(tmp_path: Path) -> None:
    found, runner = book(tmp_path, "a/c", recorded="", a_c=["new\n"])
    assert found.show("a/c").recorded == "never"
    assert runner.batches == [["a/c"]]


def test_another_patch_is_not_run_twice(tmp_path: Path) -> None:
    found, runner = book(tmp_path, "a/c", a_c=["new\n"])
    recordings = Recordings(tmp_path)
    recordings.put("a/c", {PYTHON.minor: Result(f"{PYTHON.minor}.99", 0, "other\n")})
    recordings.save(["a/c"])
    assert found.show("a/c").recorded == f"{PYTHON.minor}.99"
    assert runner.batches == [["a/c"]]


def test_a_snippet_saved_during_the_run_is_shown_as_it_was_read(tmp_path: Path) -> None:
    found, _ = book(tmp_path, "a/b")

    read = snippet.read(tmp_path, "a/b")
    (tmp_path / "snippets/a/b.py").write_text("print('later')\n")
    assert found.result(read).output == "x\n"
    assert found.store.get(store.key(read, PYTHON)) is not None


def test_versions_are_grouped(tmp_path: Path) -> None:
    found, _ = book(tmp_path, "a/b")
    recordings = Recordings(tmp_path)
    rest = [minor for minor in interpreter.SUPPORTED if minor != PYTHON.minor]
    recordings.put("a/b", {minor: Result(f"{minor}.1", 0, "old\n") for minor in rest[:2]})
    recordings.put("a/b", {rest[2]: Result(f"{rest[2]}.1", 0, "x\n"), rest[3]: Result(f"{rest[3]}.1", 1, "x\n")})
    recordings.save(["a/b"])
    showing = found.show("a/b")
    assert set(showing.minors) == {PYTHON.minor, rest[2]}
    assert {minors for minors, _ in showing.others} == {tuple(rest[:2]), (rest[3],)}


def test_progress_on_a_terminal_and_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for done in (1, 2):
        _progress(done, 2)
    assert capsys.readouterr().err == "ran 2 snippets\n"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    for done in (1, 2):
        _progress(done, 2)
    assert capsys.readouterr().err == "\rrunning 1 of 2 snippets\rrunning 2 of 2 snippets\n"


def test_a_broken_neighbour_does_not_keep_a_page_from_building(tmp_path: Path) -> None:
    found, _ = book(tmp_path, "a/b")
    (tmp_path / "snippets/a/c.py").write_bytes(b"\xff")
    assert found.show("a/b").result.output == "x\n"


def test_an_older_python_shows_the_newest_recording(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.snippet("a/b", '# /// script\n# requires-python = ">=3.14"\n# ///\nprint(1)\n')
    recordings = Recordings(tmp_path)
    recordings.put("a/b", {minor: Result(f"{minor}.1", 0, f"{minor}\n") for minor in ("3.14", "3.15")})
    recordings.save(["a/b"])
    old = dataclasses.replace(PYTHON, version="3.11.7")
    showing = Book(tmp_path, old, Rehearsed({})).show("a/b")
    assert showing.result.python == "3.15.1"
    assert showing.lacks == "needs Python >=3.14"
