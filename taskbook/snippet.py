"""A snippet: one runnable program in ``snippets/`` and what it says of itself."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from taskbook.output import CONTROL

FOLDER = "snippets"
SLUG = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)+")
TIME_LIMIT = 20.0
"""Seconds that a program may run, unless its metadata says otherwise."""
LONGEST = 600.0
"""Seconds that its metadata may ask for."""

# The regular expression of the standard for inline script metadata:
# https://packaging.python.org/en/latest/specifications/inline-script-metadata/
BLOCK = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")


class SnippetError(Exception):
    """A slug names no snippet, or the snippet's file cannot be used as one."""


@dataclass(frozen=True)
class Metadata:
    """What a snippet declares in its ``# /// script`` block.

    ``requires-python`` and ``dependencies`` are the standard's;
    ``[tool.taskbook]`` adds ``limit`` (seconds it may run), ``compiles`` and
    ``typed`` (false for a program that is wrong in that way on purpose).
    """

    requires: SpecifierSet = SpecifierSet()
    dependencies: tuple[Requirement, ...] = ()
    limit: float = TIME_LIMIT
    compiles: bool = True
    typed: bool = True


@dataclass(frozen=True)
class Snippet:
    """A program and its name: ``create/two_tasks`` is ``snippets/create/two_tasks.py``."""

    slug: str
    path: Path
    source: bytes
    metadata: Metadata

    @property
    def file_name(self) -> str:
        """The name of its file, ``two_tasks.py``."""
        return self.path.name

    @property
    def text(self) -> str:
        """Its source as text."""
        return self.source.decode("utf-8")


def slugs(root: Path) -> list[str]:
    """The slugs of all snippets below ``root``, sorted."""
    folder = root / FOLDER
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.py"))


def read(root: Path, slug: str) -> Snippet:
    """Read the snippet that ``slug`` names.

    Raises:
        SnippetError: there is none; the message says what to write instead.
    """
    path = locate(root, slug)
    try:
        source = path.read_bytes()
        text = source.decode("utf-8")
    except OSError as error:
        raise SnippetError(f"{FOLDER}/{slug}.py cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SnippetError(f"{FOLDER}/{slug}.py is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    if "\r" in text:
        raise SnippetError(f"{FOLDER}/{slug}.py has carriage returns; save it with Unix line ends (LF)")
    if text.startswith("\ufeff"):
        raise SnippetError(f"{FOLDER}/{slug}.py begins with a byte order mark; save it as UTF-8 without one")
    found = CONTROL.search(text.replace("\f", " "))  # Python reads a form feed as a blank, and so does HTML
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise SnippetError(
            f"{FOLDER}/{slug}.py holds the control character U+{ord(found[0]):04X} in line {line}, "
            "which no page can show; write it with an escape"
        )
    return Snippet(slug, path, source, _metadata(slug, text))


def locate(root: Path, slug: str) -> Path:
    """The file that ``slug`` names.

    Raises:
        SnippetError: see :func:`read`.
    """
    folder = root / FOLDER
    if not slug:
        known = slugs(root)
        example = f", for example {known[0]}" if known else ""
        raise SnippetError(f"the fence is empty; its body is the slug of a snippet{example}")
    if "\n" in slug:
        raise SnippetError(
            f"the fence holds {slug.count(chr(10)) + 1} lines; write one slug in each fence, and close it on the next line"
        )
    wanted = slug.removeprefix(f"{FOLDER}/").removesuffix(".py")
    if not SLUG.fullmatch(slug):
        if SLUG.fullmatch(wanted):
            raise SnippetError(f"{slug!r} is not a slug; did you mean {wanted}?")
        raise SnippetError(
            f"{slug!r} is not a slug: that is the path below {FOLDER}/ without .py, in lower case, such as create/two_tasks"
        )
    path = folder / f"{slug}.py"
    if not path.is_file():
        near = difflib.get_close_matches(slug, slugs(root), n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else "create it, or correct the slug"
        raise SnippetError(f"there is no file {FOLDER}/{slug}.py; {hint}")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SnippetError(f"{FOLDER}/{slug}.py is a link that leaves {FOLDER}/; put the file itself there")
    return path


def _metadata(slug: str, text: str) -> Metadata:
    blocks = [match for match in BLOCK.finditer(text) if match["type"] == "script"]
    where = f"{FOLDER}/{slug}.py: the script metadata"
    if not blocks:
        if re.search(r"(?m)^# /// script$", text):
            raise SnippetError(f"{where} is not closed; end it with the line # ///")
        return Metadata()
    if len(blocks) > 1:
        raise SnippetError(f"{where} stands there twice; keep one block")
    lines = blocks[0]["content"].splitlines(keepends=True)
    try:
        table = tomllib.loads("".join(line[2:] if line.startswith("# ") else line[1:] for line in lines))
        requires, dependencies = table.pop("requires-python", ""), table.pop("dependencies", [])
        if not isinstance(requires, str) or not isinstance(dependencies, list):
            raise TypeError('write requires-python = ">=3.12" and dependencies = ["httpx"]')
        own = table.pop("tool", {}).get("taskbook", {})
        metadata = Metadata(
            SpecifierSet(requires),
            tuple(Requirement(text) for text in dependencies),
            float(own.pop("limit", TIME_LIMIT)),
            bool(own.pop("compiles", True)),
            bool(own.pop("typed", True)),
        )
    except (
        tomllib.TOMLDecodeError,
        InvalidSpecifier,
        InvalidRequirement,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:
        raise SnippetError(f"{where} cannot be read: {error}") from error
    if not 0 < metadata.limit <= LONGEST:
        raise SnippetError(f"{where} has the limit {metadata.limit:g}; write seconds, more than 0, at most {LONGEST:g}")
    if table:
        raise SnippetError(
            f"{where} has an unknown key {min(table)!r}; known are requires-python, dependencies and [tool.taskbook]"
        )
    if own:
        raise SnippetError(f"{where} has an unknown key {sorted(own)[0]!r}; known are limit, compiles and typed")
    return metadata
