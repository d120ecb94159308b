"""Recordings: read, written and compared, also by the command that makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from taskbook import interpreter
from taskbook.interpreter import SUPPORTED, Interpreter
from taskbook.recordings import RecordingError, Recordings, same
from taskbook.result import Result
from tests.project import GOOD, ONLY_THIS_PYTHON, Project


def made(root: Path, **results: Result) -> Recordings:
    (root / "snippets/a").mkdir(parents=True)
    (root / "snippets/a/b.py").write_text("print()\n")
    recordings = Recordings(root)
    recordings.put("a/b", {minor.replace("_", "."): result for minor, result in results.items()})
    recordings.save(["a/b"])
    return Recordings(root)


def test_one_file_where_all_print_the_same(tmp_path: Path) -> None:
    recordings = made(tmp_path, **{f"3_{n}": Result(f"3.{n}.1", 0, "x\n") for n in range(11, 16)})
    assert [path.name for path in (tmp_path / "snippets/a").glob("*.txt")] == ["b.txt"]
    assert [recordings.get("a/b", minor) for minor in SUPPORTED] == [Result(f"{m}.1", 0, "x\n") for m in SUPPORTED]


def test_a_file_of_its_own_for_what_differs(tmp_path: Path) -> None:
    recordings = made(tmp_path, **{"3.11": Result("3.11.7", 1, "old\n"), "3.15": Result("3.15.2", 0, "new\n")})
    assert sorted(path.name for path in (tmp_path / "snippets/a").glob("*.txt")) == ["b.3.11.txt", "b.txt"]
    assert recordings.all("a/b") == {"3.11": Result("3.11.7", 1, "old\n"), "3.15": Result("3.15.2", 0, "new\n")}


def test_recording_some_versions_leaves_the_others_alone(tmp_path: Path) -> None:
    recordings = made(tmp_path, **{"3.11": Result("3.11.7", 0, "old\n"), "3.15": Result("3.15.2", 0, "new\n")})
    recordings.put("a/b", {"3.15": Result("3.15.3", 0, "newer\n")})
    recordings.save(["a/b"])
    assert Recordings(tmp_path).all("a/b") == {
        "3.11": Result("3.11.7", 0, "old\n"),
        "3.15": Result("3.15.3", 0, "newer\n"),
    }
    recordings.put("a/b", {"3.11": Result("3.11.7", 0, "newer\n")})
    assert not (tmp_path / "snippets/a/b.3.11.txt").exists(), "it says the same again"


def test_bytes_survive(tmp_path: Path) -> None:
    text = "\r\n\ttab … \r no end"
    assert made(tmp_path, **{"3.15": Result("3.15.2", 0, text)}).all("a/b")["3.15"].output == text


def test_what_belongs_to_nothing_is_found_and_removed(tmp_path: Path) -> None:
    recordings = made(tmp_path, **{"3.15": Result("3.15.2", 0, "x\n")})
    stray = tmp_path / "snippets/a/b.3.12.txt"
    stray.write_text("old")
    gone = tmp_path / "snippets/a/gone.txt"
    gone.write_text("old")
    assert recordings.strays(["a/b"]) == [stray, gone]
    recordings.save(["a/b"])
    assert not stray.exists()
    assert not gone.exists()
    recordings.save([])
    assert not (tmp_path / "snippets/a/b.txt").exists()


@pytest.mark.parametrize(
    "text",
    [
        "[",
        '["a/b"]\n"3.15" = { version = "3.15.2", exit = 0 }',
        '["a/b"]\nsource = ""\n"3.15" = 1',
        '["a/b"]\nsource = ""\n"3.15" = { version = "3.15.2" }',
        '["a/b"]\nsource = ""\n"3.15" = { version = "3.14.2", exit = 0 }',
    ],
)
def test_a_broken_index_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/recorded.toml").write_text(text)
    with pytest.raises(
        RecordingError, match=r"recorded\.toml cannot be read .*; mend or remove it, then run make record"
    ):
        Recordings(tmp_path)


def test_a_missing_output_says_what_to_do(tmp_path: Path) -> None:
    recordings = made(tmp_path, **{"3.15": Result("3.15.2", 0, "x\n")})
    (tmp_path / "snippets/a/b.txt").unlink()
    with pytest.raises(RecordingError, match=r"no snippets/a/b\.txt; run make record"):
        recordings.get("a/b", "3.15")


def test_an_output_that_is_not_utf8_says_what_to_do(tmp_path: Path) -> None:
    recordings = made(tmp_path, **{"3.15": Result("3.15.2", 0, "x\n")})
    (tmp_path / "snippets/a/b.txt").write_bytes(b"\xff")
    with pytest.raises(RecordingError, match=r"snippets/a/b\.txt cannot be read .*; run make record a/b"):
        recordings.get("a/b", "3.15")


def test_the_exit_status_counts() -> None:
    assert not same(Result("3.15.2", 0, "x"), Result("3.15.2", 1, "x"))
    assert same(Result("3.15.2", 0, "x"), Result("3.14.2", 0, "x"))


def test_record_uses_every_python_and_names_the_missing(tmp_path: Path, pythons: dict[str, Interpreter]) -> None:
    project = Project.make(tmp_path)
    project.snippet("good/version", "import sys\nprint(sys.version_info[1])\n")
    project.snippet("good/newer", '# /// script\n# requires-python = ">=3.13"\n# ///\nprint("new")\n')
    done = project.run("taskbook", "record")
    assert done.returncode == 0, done.stderr
    recordings = Recordings(tmp_path)
    for minor, python in pythons.items():
        recorded = recordings.get("good/version", minor)
        assert recorded == Result(python.version, 0, f"{minor.split('.')[1]}\n")
        assert f"Python {python.version} (" in done.stdout
    assert set(recordings.all("good/newer")) == {minor for minor in pythons if minor >= "3.13"}
    for minor in set(SUPPORTED) - set(pythons):
        (told,) = [
            line for line in done.stdout.splitlines() if line.startswith("not found, so left as recorded before: ")
        ]
        assert minor in told


def test_record_leaves_versions_alone_that_are_not_here(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    other = next(minor for minor in reversed(SUPPORTED) if minor != interpreter.own().minor)
    recordings = Recordings(tmp_path)
    recordings.put("good/program", {other: Result(f"{other}.99", 0, "from elsewhere\n")})
    recordings.save(["good/program"])
    assert project.record().returncode == 0
    assert Recordings(tmp_path).get("good/program", other) == Result(f"{other}.99", 0, "from elsewhere\n")
    assert Recordings(tmp_path).get("good/program", interpreter.own().minor)


def test_recording_twice_changes_no_file(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    project.record()
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (tmp_path / "snippets").rglob("*")
        if path.is_file()
    }
    project.record()
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_a_python_that_is_none(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    done = project.run("taskbook", "record", "--python", "/bin/false", **ONLY_THIS_PYTHON)
    assert done.returncode == 2
    assert done.stderr.startswith("taskbook: /bin/false ")
    assert "failed" in done.stderr
    done = project.run("taskbook", "record", "--python", "/no/such/python", **ONLY_THIS_PYTHON)
    assert done.returncode == 2
    assert "/no/such/python" in done.stderr


@pytest.mark.parametrize("damage", [None, b"\xff"])
def test_record_mends_what_cannot_be_read(tmp_path: Path, damage: bytes | None) -> None:
    project = Project.make(tmp_path)
    assert project.record().returncode == 0
    output = tmp_path / "snippets/good/program.txt"
    output.unlink()
    if damage:
        output.write_bytes(damage)
    done = project.record()
    assert done.returncode == 0, done.stderr
    assert "what was recorded cannot be read any more and is forgotten" in done.stdout
    assert output.read_text() == "all is well\n"


def test_an_unknown_slug(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    done = project.run("taskbook", "record", "good/programm", **ONLY_THIS_PYTHON)
    assert done.returncode == 2
    assert "did you mean good/program?" in done.stderr


def test_after_a_snippet_changed_its_old_recordings_count_for_nothing(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    other = next(minor for minor in SUPPORTED if minor != interpreter.own().minor)
    recordings = Recordings(tmp_path)
    recordings.put("good/program", {other: Result(f"{other}.99", 0, "of the old source\n")})
    recordings.save(["good/program"])
    project.record()
    project.snippet("good/program", GOOD.replace("all is well", "all is better"))
    assert Recordings(tmp_path).all("good/program") == {}
    project.build()
    done = project.check()
    assert done.returncode == 1
    assert f"no recording of Python {interpreter.own().minor} holds what it shows; run make record" in done.stderr
    figure = project.figure("index.md", "good/program")
    assert "of the old source" not in figure.get_text(), "what another source printed is not shown"
    note = figure.select_one(".snippet-note")
    assert note
    assert "make record" in note.get_text(), "while serving it is shown, with a note"
    project.record()
    project.build()
    done = project.check()
    assert done.returncode == 0
    assert f"not recorded on Python {other}" in done.stderr


def test_a_recording_that_does_not_hold_is_told_with_its_difference(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    project.snippet("good/program", "print('as recorded')\n")
    project.record()
    recording = tmp_path / "snippets/good/program.txt"
    recording.write_text("something else\n")
    project.build()
    done = project.check()
    assert done.returncode == 1
    assert "printed something else than its recording" in done.stderr
    assert "-something else" in done.stderr
    assert "+as recorded" in done.stderr


def other_patch(project: Project, version: str, output: str, status: int = 0) -> None:
    """Record ``good/program`` as if another patch of this Python had printed this."""
    recordings = Recordings(project.root)
    recordings.put("good/program", {interpreter.own().minor: Result(version, status, output)})
    recordings.save(["good/program"])


@pytest.mark.parametrize(("output", "status"), [("all was well\n", 0), ("all is well\n", 3)])
def test_record_says_which_pages_became_false(tmp_path: Path, output: str, status: int) -> None:
    project = Project.make(tmp_path)
    old = f"{interpreter.own().minor}.0a1"
    other_patch(project, old, output, status)
    done = project.record()
    assert done.returncode == 0, done.stderr
    version = interpreter.own().version
    assert f"docs/index.md:3: good/program: Python {version} prints something else than {old} did\n" in done.stdout
    assert ("-all was well" in done.stdout) == (output == "all was well\n")
    assert ("-(exit status 3)" in done.stdout) == (status == 3)
    assert done.stdout.endswith("\n1 snippet: 1 that print something else than before\n")
    assert project.record().stdout.endswith("\n1 snippet: 1 unchanged\n")


def test_record_tells_a_new_snippet_from_the_same_on_another_patch(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    other_patch(project, f"{interpreter.own().minor}.0a1", "all is well\n")
    project.snippet("good/new", GOOD)
    done = project.record()
    assert done.stdout.endswith("\n2 snippets: 1 new, 1 the same on another patch\n")
    assert "something else" not in done.stdout


def test_an_older_patch_leaves_what_a_newer_one_recorded(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    newer = f"{interpreter.own().minor}.999"
    other_patch(project, newer, "what the newer prints\n")
    before = (tmp_path / "snippets/recorded.toml").read_bytes()
    done = project.record()
    version = interpreter.own().version
    assert f"Python {version} is older than {newer}: what that recorded stays\n" in done.stdout
    assert (tmp_path / "snippets/recorded.toml").read_bytes() == before
    assert (tmp_path / "snippets/good/program.txt").read_text() == "what the newer prints\n"


def test_packages_that_cannot_be_had_hold_nothing_else_up(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    project.write("requirements-snippets.txt", f"no-such-package==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    project.snippet("realworld/needs", '# /// script\n# dependencies = ["no-such-package"]\n# ///\nprint()\n')
    done = project.run(
        "taskbook", "record", **ONLY_THIS_PYTHON, PIP_NO_INDEX="1", PIP_CONFIG_FILE="/nowhere", PIP_FIND_LINKS=""
    )
    assert done.returncode == 1, done.stderr
    assert f"Python {interpreter.own().version} cannot get the packages that snippets declare (" in done.stderr
    assert "stays as recorded before" in done.stderr
    assert Recordings(tmp_path).get("good/program", interpreter.own().minor)


def test_an_environment_that_has_the_locked_packages_is_used_as_it_is(tmp_path: Path) -> None:
    own = interpreter.own()
    locked = tmp_path / "requirements-snippets.txt"
    lines = [
        f"Markdown_Exec=={own.distributions['markdown-exec']} \\",
        "    --hash=sha256:0",
        "no-such-package==1.0 ; python_full_version < '3.11' \\",
    ]
    locked.write_text("\n".join(lines))
    assert interpreter.equip(own, tmp_path) is own


def test_what_changed_is_told_where_the_terminal_cannot_write_it(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    other_patch(project, f"{interpreter.own().minor}.0a1", "all was w\u00e9ll\n")
    done = project.run("taskbook", "record", **ONLY_THIS_PYTHON, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "-all was w\\xe9ll" in done.stdout


def test_what_could_not_be_recorded_is_not_called_unchanged(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    project.snippet("good/changing", "import random\nprint(random.SystemRandom().random())\n")
    done = project.record()
    assert done.returncode == 1
    assert "snippets/good/changing.py on Python" in done.stderr
    assert "does not print the same twice; make it deterministic" in done.stderr
    assert done.stdout.endswith("\n2 snippets: 1 new, 1 not recorded\n")
