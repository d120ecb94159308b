"""The ``snippet`` fence: what a Markdown builder calls for each of them.

    ```snippet returncode="1" highlight="await first"
    create/two_tasks
    ```

``returncode`` is the exit status that the program has to end with, 0 unless
given. ``highlight`` marks the lines that contain a text; a text with a double
quote goes between single quotes.

superfences, which parses the fences, swallows every exception of a custom fence
and shows its body as code instead. So nothing is raised from here: whatever is
wrong is drawn into the figure, and ``taskbook check`` finds it there.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from markdown import Markdown
from markdown_exec import base_format

from taskbook import figure, page, snippet
from taskbook.book import Book, Showing, open_book, project_root
from taskbook.recordings import RecordingError
from taskbook.result import exit_in_words
from taskbook.runner import RunnerError

NAME = "snippet"
OPTIONS = ("returncode", "highlight")


class FenceError(Exception):
    """A fence asks for something that it cannot have, or a program did not end as it says."""


@dataclass(frozen=True)
class Request:
    """What a fence asks for."""

    slug: str
    returncode: int = 0
    highlight: str = ""


def parse(body: str, options: dict[str, str]) -> Request:
    """What a fence asks for.

    Args:
        body: the text between the fence's lines.
        options: the options on its first line.

    Raises:
        FenceError: an option is unknown or has an unfit value.
    """
    for name in options:
        if name not in OPTIONS:
            near = difflib.get_close_matches(name, OPTIONS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"a snippet fence takes {' and '.join(OPTIONS)}"
            raise FenceError(f"unknown option {name!r}; {hint}")
    wanted = options.get("returncode", "0")
    try:
        returncode = int(wanted)
    except ValueError:
        raise FenceError(f'returncode="{wanted}" is not a number; write for example returncode="1"') from None
    highlight = options.get("highlight", "")
    if "highlight" in options and highlight in ("", "highlight"):
        raise FenceError('highlight needs the text of the lines to mark, such as highlight="await first"')
    return Request(body.strip(), returncode, highlight)


def judge(request: Request, showing: Showing) -> None:
    """Say whether what a program did may stand on the page.

    Raises:
        FenceError: it may not; the message says what it did and what to write.
    """
    name = f"snippets/{request.slug}.py"
    result = showing.result
    if result.problem:
        # A failure is kept like any result, and this one need not be the program's.
        hint = (
            "; if only the machine was busy, make clean has it run again" if "had not ended" in result.problem else ""
        )
        raise FenceError(f"{name} {result.problem}{hint}")
    if result.exit != request.returncode:
        if request.returncode == 0:
            hint = f'; mend it or, if it is meant to fail, write returncode="{result.exit}"'
        elif result.exit == 0:
            hint = "; the fence says that it fails: mend the snippet, or take returncode away"
        else:
            hint = f'; the fence says returncode="{request.returncode}"'
        raise FenceError(f"{name} ended with {exit_in_words(result.exit)}{hint}")
    if request.highlight and request.highlight not in showing.snippet.text:
        text = showing.snippet.text
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        near = difflib.get_close_matches(request.highlight, re.findall(r"\w+", text), n=1, cutoff=0.8)
        near = near or difflib.get_close_matches(request.highlight, lines, n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise FenceError(f"no line of {name} contains {request.highlight!r}, which highlight asks for{hint}")


def validate(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Markdown
) -> bool:
    """Accept any options; :func:`draw` judges them, so that what is wrong is shown."""
    options["given"] = dict(inputs)
    return True


def draw(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any) -> str:
    """The figure for a fence, by way of markdown-exec."""

    def run(code: str, **extra: Any) -> str:
        return _figure(code, dict(options.get("given", {})), md)

    return str(base_format(language="python", run=run, code=source, md=md, html=True, source="", id=source.strip()))


def _figure(body: str, options: dict[str, str], md: Markdown) -> str:
    slug = body.strip()
    seen = _seen.setdefault(md, Counter())
    seen["fence", slug] += 1
    showing = None
    try:
        request = parse(body, options)
        showing = _book().show(request.slug)
        judge(request, showing)
    except (FenceError, snippet.SnippetError, RecordingError, RunnerError) as error:
        where = _where(md, slug, seen["fence", slug])
        named = slug if snippet.SLUG.fullmatch(slug) else ""
        return figure.draw_problem(f"{where}: {error}", named, showing.result.output if showing else "")
    except Exception as error:  # superfences would hide it
        where = _where(md, slug, seen["fence", slug])
        return figure.draw_problem(f"{where}: the figure could not be made: {error!r}")
    anchor = slug.rpartition("/")[2]
    seen["anchor", anchor] += 1
    if seen["anchor", anchor] > 1:
        anchor += f"-{seen['anchor', anchor]}"
    return figure.draw(showing, anchor, request.highlight)


# What a page, which is one Markdown instance, has shown so far.
_seen: WeakKeyDictionary[Markdown, Counter[tuple[str, str]]] = WeakKeyDictionary()


def _book() -> Book:
    return open_book(project_root())


def _where(md: Markdown, slug: str, occurrence: int) -> str:
    """The page and line of a fence, as ``docs/create/names.md:12``."""
    name = page_of(md)
    if not name:
        return "a page"
    path = f"docs/{name}"
    try:
        text = (project_root() / path).read_text(encoding="utf-8-sig")
    except OSError:
        return path
    body = "\n".join(line.lstrip(" \t>") for line in slug.splitlines())
    lines = [fence.line for fence in page.fences(text) if fence.body == body and fence.language == NAME]
    return f"{path}:{lines[min(occurrence, len(lines)) - 1]}" if lines else path


def page_of(md: Markdown) -> str:
    """The page that is being converted, as a path below ``docs``; "" if unknown.

    MkDocs keeps it in the processor that resolves links, Zensical in the
    preprocessor that carries the page's context.
    """
    original = getattr(md, "_original_md", md)
    file = getattr(original.treeprocessors["relpath"], "file", None) if "relpath" in original.treeprocessors else None
    if file is not None:
        return str(file.src_uri)
    for processor in original.preprocessors:
        path = getattr(getattr(processor, "page", None), "path", None)
        if path:
            return str(path)
    return ""
