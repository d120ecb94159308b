"""The Markdown of a page: where its fences are and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = ("*.md", "*.markdown", "*.mdown", "*.mkdn", "*.mkd")
"""What MkDocs takes for a page, so that none escapes."""

OPENING = re.compile(r"^(?P<before>[ \t>]*(?:(?:[-*+:]|\d+[.)])[ \t]+)*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<header>[^`]*)$")
LANGUAGE = re.compile(r"\{?[ \t]*\.?([\w#.+-]+)(?=[\s{}]|$)")


@dataclass(frozen=True)
class Fence:
    """A fenced block: the line it opens on, its header, its body, and whether a line ends it."""

    line: int
    header: str
    body: str
    closed: bool = True

    @property
    def name(self) -> str:
        """The first word of the header, as written."""
        words = self.header.split()
        return words[0] if words else ""

    @property
    def language(self) -> str:
        """The language that the header names, in braces or not; "" if none."""
        named = LANGUAGE.match(self.header)
        return named[1] if named else ""


def pages(docs: Path) -> list[Path]:
    """The pages below a folder, sorted."""
    return sorted(path for suffix in SUFFIXES for path in docs.rglob(suffix) if path.is_file())


def fences(text: str) -> list[Fence]:
    """The fenced blocks of a Markdown text, in order.

    They may be nested in lists, quotes, admonitions and tabs; a fence inside a
    longer fence is part of that one's body.
    """
    found = []
    lines = text.split("\n")  # as Markdown does: splitlines() would count more of them
    number = 0
    while number < len(lines):
        opening = OPENING.match(lines[number])
        number += 1
        if not opening:
            continue
        fence = opening["fence"]
        closing = re.compile(rf"^[ \t>]*{re.escape(fence)}[ \t]*$")
        body = []
        first = number
        while number < len(lines) and not closing.match(lines[number]):
            body.append(lines[number].lstrip(" \t>"))
            number += 1
        found.append(Fence(first, opening["header"].strip(), "\n".join(body).strip(), number < len(lines)))
        number += 1
    return found
