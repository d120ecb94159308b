"""The store: found only by all that matters, never half written, shared and swept."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import time
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from taskbook import interpreter, runner, store
from taskbook.result import Result
from taskbook.snippet import Metadata, Snippet
from taskbook.store import KEPT_FOR, Store

SNIPPET = Snippet("a/b", Path("b.py"), b"print(1)", Metadata())
PYTHON = dataclasses.replace(interpreter.own(), distributions={"httpx": "1.0", "other": "1.0"})
RESULT = Result("3.13.0", 0, "one\r\ntwo …\n", 0.5)


def changed(**fields: object) -> Snippet:
    return dataclasses.replace(SNIPPET, **fields)  # type: ignore[arg-type]


def test_the_key_stays_the_same() -> None:
    assert store.key(SNIPPET, PYTHON) == store.key(changed(), dataclasses.replace(PYTHON, executable="/elsewhere"))


def test_everything_that_can_change_a_result_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    declaring = changed(metadata=Metadata(dependencies=(Requirement("httpx"),)))
    keys = [
        store.key(SNIPPET, PYTHON),
        store.key(changed(source=b"print(1) "), PYTHON),
        store.key(changed(path=Path("c.py")), PYTHON),
        store.key(changed(metadata=Metadata(limit=1)), PYTHON),
        store.key(SNIPPET, dataclasses.replace(PYTHON, build="another compiler")),
        store.key(SNIPPET, dataclasses.replace(PYTHON, platform="another system")),
        store.key(declaring, PYTHON),
        store.key(declaring, dataclasses.replace(PYTHON, distributions={"httpx": "1.1", "other": "1.0"})),
    ]
    monkeypatch.setitem(runner.ENVIRONMENT, "TZ", "CET")
    keys.append(store.key(SNIPPET, PYTHON))
    monkeypatch.undo()
    monkeypatch.setattr(store, "_machinery", lambda: "another version")
    keys.append(store.key(SNIPPET, PYTHON))
    assert len(set(keys)) == len(keys)


def test_packages_matter_only_to_snippets_that_declare_some() -> None:
    upgraded = dataclasses.replace(PYTHON, distributions={"httpx": "2.0", "other": "2.0"})
    assert store.key(SNIPPET, PYTHON) == store.key(SNIPPET, upgraded)


def test_the_machinery_that_makes_results_is_part_of_the_key() -> None:
    assert len(store._machinery()) == 64


def test_what_is_put_is_found(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    assert shelf.get("ab12") is None
    shelf.put("ab12", RESULT)
    assert shelf.get("ab12") == RESULT
    failed = dataclasses.replace(RESULT, problem="had not ended after 20 seconds")
    shelf.put("ab12", failed)
    assert Store(tmp_path).get("ab12") == failed


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"python": "3.13.0"}', '{"unknown": 1}', '{"python": 3, "exit": "0", "output": []}', "\x00\x00"],
)
def test_half_a_result_is_no_result(tmp_path: Path, text: str) -> None:
    shelf = Store(tmp_path)
    shelf.put("ab12", RESULT)
    (path,) = shelf.folder.glob("*/*.json")
    path.write_text(text)
    assert shelf.get("ab12") is None
    shelf.put("ab12", RESULT)
    assert shelf.get("ab12") == RESULT


def test_a_crash_while_writing_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Store(tmp_path)
    shelf.put("ab12", RESULT)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    for moment in ("fsync", "replace"):
        monkeypatch.setattr(os, moment, crash)
        with pytest.raises(KeyboardInterrupt):
            shelf.put("ab12", dataclasses.replace(RESULT, output="newer"))
        monkeypatch.undo()
        assert shelf.get("ab12") == RESULT
        assert [path.suffix for path in shelf.folder.glob("*/*")] == [".json"]


def _write_often(root: Path, letter: str) -> None:
    shelf = Store(root)
    for _ in range(200):
        shelf.put("ab12", Result("3.13.0", 0, letter * 50_000))


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_often, args=(tmp_path, letter)) for letter in "xy"]
    for writer in writers:
        writer.start()
    shelf = Store(tmp_path)
    seen = set()
    while any(writer.is_alive() for writer in writers):
        result = shelf.get("ab12")
        if result:
            assert len(set(result.output)) == 1, "a mixture of two results"
            assert len(result.output) == 50_000
            seen.add(result.output[0])
    assert seen
    assert all(writer.exitcode == 0 for writer in writers)


def test_old_entries_are_swept_and_used_ones_stay(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    for name in ("ab12", "cd34"):
        shelf.put(name, RESULT)
    (shelf.folder / "ab" / "left.unfinished").write_text("half")
    long_ago = time.time() - KEPT_FOR - 60
    for path in shelf.folder.glob("*/*"):
        os.utime(path, (long_ago, long_ago))
    assert shelf.get("cd34"), "using it makes it young again"
    assert shelf.sweep() == 2
    assert shelf.get("ab12") is None
    assert shelf.get("cd34") == RESULT


def test_seconds_are_remembered(tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    assert shelf.seconds() == {}
    shelf.remember_seconds({"a/b": 1.5})
    shelf.remember_seconds({"a/c": 0.5})
    assert Store(tmp_path).seconds() == {"a/b": 1.5, "a/c": 0.5}
    (tmp_path / store.SECONDS).write_text("not JSON")
    assert shelf.seconds() == {}, "it only helps to plan"


def test_a_store_that_can_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Store(tmp_path)
    kept.put("aa" * 32, RESULT)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "utime", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    assert kept.get("aa" * 32) == RESULT
    assert kept.sweep(now=time.time() + 2 * store.KEPT_FOR) == 0


def test_a_store_that_cannot_be_written_to_says_so_once_and_lasts_as_long_as_the_builder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".taskbook").write_text("a file where the folder should be")
    shelf = Store(tmp_path)
    shelf.put("aa" * 32, RESULT)
    shelf.put("bb" * 32, RESULT)
    shelf.remember_seconds({"a/b": 1.5})
    assert shelf.get("aa" * 32) == shelf.get("bb" * 32) == RESULT
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(tmp_path / ".taskbook") in said
    assert "every build runs all snippets" in said
