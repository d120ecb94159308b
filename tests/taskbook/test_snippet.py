"""Slugs and the metadata of snippets; bad fences are in tests/site/test_hostile.py."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from taskbook.interpreter import own
from taskbook.snippet import SnippetError, read
from tests.project import Project


def block(*lines: str) -> str:
    return "\n".join(["# /// script", *(f"# {line}" for line in lines), "# ///", "print(1)", ""])


def test_metadata(tmp_path: Path) -> None:
    lines = [
        'requires-python = ">=3.12"',
        'dependencies = ["httpx>=0.28"]',
        "[tool.taskbook]",
        "limit = 2.5",
        "typed = false",
    ]
    Project(tmp_path).snippet("a/b", block(*lines))
    metadata = read(tmp_path, "a/b").metadata
    assert str(metadata.requires) == ">=3.12"
    assert [str(each) for each in metadata.dependencies] == ["httpx>=0.28"]
    assert (metadata.limit, metadata.typed, metadata.compiles) == (2.5, False, True)


def test_without_metadata(tmp_path: Path) -> None:
    Project(tmp_path).snippet("a/b", "print(1)\n")
    assert read(tmp_path, "a/b").metadata.limit == 20
    assert own().lacks(read(tmp_path, "a/b")) == ""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["requires-python = 3"], "cannot be read"),
        (['requires-python = ">>3"'], "cannot be read"),
        (['dependencies = ["not a name"]'], "cannot be read"),
        (["[tool.taskbook"], "cannot be read"),
        (["[tool.taskbook]", 'limit = "long"'], "cannot be read"),
        *[
            (["[tool.taskbook]", f"limit = {limit}"], f"has the limit {limit}; write seconds")
            for limit in ("0", "-1", "inf", "nan", "601")
        ],
        (['dependencies = "httpx"'], 'write requires-python = ">=3.12" and dependencies = ["httpx"]'),
        (["requires-python = 3.12"], 'write requires-python = ">=3.12" and dependencies = ["httpx"]'),
        (['require-python = ">=3.12"'], "unknown key 'require-python'; known are requires-python, dependencies"),
        (["[tool.taskbook]", "limits = 3"], "unknown key 'limits'; known are limit, compiles and typed"),
    ],
)
def test_broken_metadata_names_the_file(tmp_path: Path, lines: list[str], expected: str) -> None:
    Project(tmp_path).snippet("a/b", block(*lines))
    with pytest.raises(SnippetError, match=r"^snippets/a/b\.py: the script metadata") as raised:
        read(tmp_path, "a/b")
    assert expected in str(raised.value)


def test_a_block_that_is_not_closed(tmp_path: Path) -> None:
    Project(tmp_path).snippet("a/b", "# /// script\n# [tool.taskbook]\n# limit = 1\nprint(1)\n")
    with pytest.raises(SnippetError, match=r"^snippets/a/b\.py: the script metadata is not closed; end it with"):
        read(tmp_path, "a/b")


def test_two_blocks(tmp_path: Path) -> None:
    Project(tmp_path).snippet("a/b", block("[tool.taskbook]") * 2)
    with pytest.raises(SnippetError, match="stands there twice"):
        read(tmp_path, "a/b")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"print('\xff')", "is not UTF-8"),
        (b"print(1)\r\n", "has carriage returns"),
        (b"\xef\xbb\xbfprint(1)\n", "begins with a byte order mark"),
        (b"\nprint('\x00')\n", r"holds the control character U\+0000 in line 2"),
        (b"print('\x02wzxhzdk:0\x03')\n", r"holds the control character U\+0002 in line 1"),
    ],
)
def test_files_that_cannot_be_shown(tmp_path: Path, data: bytes, expected: str) -> None:
    Project(tmp_path).snippet("a/b", data)
    with pytest.raises(SnippetError, match=expected):
        read(tmp_path, "a/b")


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Project(tmp_path).snippet("a/b", "print(1)\n")

    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(SnippetError, match=r"^snippets/a/b\.py cannot be read \(Permission denied\)$"):
        read(tmp_path, "a/b")


def test_what_an_interpreter_lacks(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.snippet("a/new", block('requires-python = ">=3.99"'))
    project.snippet("a/package", block('dependencies = ["no-such-package"]'))
    project.snippet("a/newer", block('dependencies = ["pytest>=99"]'))
    assert own().lacks(read(tmp_path, "a/new")) == "needs Python >=3.99"
    assert own().lacks(read(tmp_path, "a/package")) == "needs no-such-package"
    assert own().lacks(read(tmp_path, "a/newer")) == "needs pytest>=99"


@pytest.mark.parametrize("name", ["typing-extensions", "typing_extensions", "Typing.Extensions"])
def test_a_package_is_found_however_its_name_is_written(tmp_path: Path, name: str) -> None:
    Project(tmp_path).snippet("a/b", block(f'dependencies = ["{name}"]'))
    for listed in ("typing_extensions", "typing-extensions"):
        python = dataclasses.replace(own(), distributions={listed: "4.15"})
        assert python.lacks(read(tmp_path, "a/b")) == ""
