"""The figure that shows a program and what it printed.

The contract, on which tests, deep links and later tools rely: a
``figure.snippet`` with ``data-snippet``, ``data-python`` and ``data-exit``; the
exact program is the text of ``.snippet-program``, an exact output the text of
each ``.snippet-result``; all else is outside of these.
"""

from __future__ import annotations

import os
import re
from html import escape
from urllib.parse import quote

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

from taskbook.book import Showing
from taskbook.result import Result, exit_in_words
from taskbook.snippet import FOLDER

TRACEBACK = re.compile(r"^[ |+]*(Exception Group )?Traceback \(most recent call last\):$")
BELONGS = re.compile(r"^(\s|[|+])")
ERROR = re.compile(
    r"^("
    r"Exception (ignored|in) "
    r"|Task was destroyed but it is pending!"
    r"|\S+ exception was never retrieved"
    r"|unhandled exception during asyncio\.run\(\) shutdown"
    r"|(task|future|handle|message|object): <"
    r'|  File "'
    r"|Executing <"
    r")"
)
WARNING = re.compile(r"^(\S+:(\d+|…): \w+Warning: |RuntimeWarning: Enable tracemalloc )")
BETWEEN = re.compile(
    r"^(During handling of the above exception, another exception occurred:"
    r"|The above exception was the direct cause of the following exception:)$"
)


def draw(showing: Showing, anchor: str, marked: str = "") -> str:
    """The figure's HTML.

    Args:
        showing: what to show.
        anchor: the figure's id, unique on its page.
        marked: text of the lines to mark; "" for none.
    """
    snippet, result = showing.snippet, showing.result
    parts = [
        f'<figure class="snippet" id="{escape(anchor)}" data-snippet="{escape(snippet.slug)}"'
        f' data-python="{escape(result.python)}" data-exit="{result.exit}">',
        _caption(showing, anchor),
        # Search finds the text and the results; nearly every program has the same names in it.
        f'<div class="highlight" data-search-exclude><pre class="snippet-program" tabindex="0" role="group"'
        f' aria-label="Program {escape(snippet.file_name)}">'
        f"<code>{_program(snippet.text, marked)}</code></pre></div>",
        _output(result, f"Output of {snippet.file_name}"),
        _notes(showing),
    ]
    for minors, other in showing.others:
        parts.append(_other(minors, other, showing))
    parts.append("</figure>")
    return "\n".join(part for part in parts if part)


def draw_problem(message: str, slug: str = "", shown: str = "") -> str:
    """The figure that stands where a snippet should: what is wrong, and what it did.

    Args:
        message: where and what, in one sentence.
        slug: the snippet, if the fence names one.
        shown: what its program printed, if it ran.
    """
    name = f' data-snippet="{escape(slug)}"' if slug else ""
    output = f'\n<pre class="snippet-note" tabindex="0"><code>{_text(shown)}</code></pre>' if shown else ""
    return (
        f'<figure class="snippet snippet-broken"{name}>\n<p class="snippet-problem" role="alert">{_text(message)}</p>'
        f"{output}\n</figure>"
    )


def _text(text: str) -> str:
    # A bare carriage return would become a line feed when the page is parsed.
    return escape(text, quote=False).replace("\r", "&#13;")


def _program(source: str, marked: str) -> str:
    lines = [number for number, line in enumerate(source.split("\n"), 1) if marked and marked in line]
    html = highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True, hl_lines=lines))
    # Pygments ends the last line with a line feed, inside the mark if there is one.
    return re.sub(r"\n(</span>)?\Z", r"\1", str(html), count=1)


def _caption(showing: Showing, anchor: str) -> str:
    snippet = showing.snippet
    name = escape(snippet.file_name)
    data = quote(snippet.source)
    # On a narrow screen a long name goes on after an underscore; search does not index the words of the buttons.
    items = [
        f'<a class="snippet-name" href="#{escape(anchor)}" title="Link to this program">'
        f"{name.replace('_', '_<wbr>')}</a>",
        f'<button class="snippet-copy" type="button" aria-label="Copy {name}" data-search-exclude>Copy</button>',
        f'<a class="snippet-download" download="{name}" href="data:text/x-python;charset=utf-8,{data}"'
        f' aria-label="Download {name}" data-search-exclude>Download</a>',
    ]
    source = source_address(snippet.slug)
    if source:
        items.append(
            f'<a class="snippet-source" href="{escape(source)}" aria-label="Source of {name}"'
            f" data-search-exclude>Source</a>"
        )
    return f'<figcaption class="snippet-bar">{" ".join(items)}</figcaption>'


def source_address(slug: str) -> str:
    """Where the snippet's file can be read in the repository; "" where no repository is known."""
    repository = os.environ.get("REPO_URL", "").rstrip("/")
    return f"{repository}/blob/main/{FOLDER}/{slug}.py" if repository else ""


def _output(result: Result, label: str) -> str:
    attributes = f'class="snippet-result" data-python="{escape(result.python)}" data-exit="{result.exit}"'
    if not result.output:
        return f"<pre {attributes} hidden><code></code></pre>"
    return (
        f'<pre {attributes} tabindex="0" role="group" aria-label="{escape(label)}">'
        f"<code>{_errors_marked(result.output)}</code></pre>"
    )


def _errors_marked(output: str) -> str:
    """The output with its error lines marked, each line by itself."""
    lines = []
    inside = warned = False
    for line in output.removesuffix("\n").split("\n"):
        starts, indented = bool(TRACEBACK.match(line)), bool(BELONGS.match(line))
        # The line of the program that a warning is about comes below it, indented.
        warned = bool(WARNING.match(line)) or (warned and indented)
        error = starts or inside or warned or bool(ERROR.match(line) or BETWEEN.match(line))
        # A traceback goes on while its lines are indented; the first line that
        # is not, is the exception itself and ends it.
        inside = starts or (inside and indented)
        lines.append(f'<span class="snippet-error">{_text(line)}</span>' if error and line else _text(line))
    return "\n".join(lines)


def _versions(minors: tuple[str, ...]) -> str:
    """Some minor versions in words: "3.11", "3.11 and 3.12", "3.11 to 3.14"."""
    numbers = [int(minor.split(".")[1]) for minor in minors]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{minors[0]} to {minors[-1]}"
    return " and ".join([", ".join(minors[:-1]), minors[-1]] if len(minors) > 1 else minors)


def _notes(showing: Showing) -> str:
    result = showing.result
    said = []
    if not result.output:
        said.append("Prints nothing.")
    shown = f"Python {escape(result.python)}"
    if result.exit:
        shown += f", {exit_in_words(result.exit)}"
    rest = tuple(minor for minor in showing.minors if not f"{result.python}.".startswith(f"{minor}."))
    if rest:
        shown += f". The same on {_versions(rest)}"
    said.append(f"{shown}.")
    if showing.lacks:
        said.append(
            f"Shown from its recording, because the Python that built this page cannot run it: it {escape(showing.lacks)}."
        )
    if showing.recorded == "never":
        said.append("Not recorded yet: <kbd>make record</kbd>.")
    elif showing.recorded == result.python:
        said.append("Not what was recorded. If it is right: <kbd>make record</kbd>.")
    elif showing.recorded:
        said.append(f"Python {escape(showing.recorded)}, which was recorded, printed something else.")
    return f'<p class="snippet-note">{" ".join(said)}</p>'


def _other(minors: tuple[str, ...], other: Result, showing: Showing) -> str:
    pythons = " ".join(showing.versions[minor] for minor in minors)
    told = f"Python {_versions(minors)}"
    ends = f", {exit_in_words(other.exit)}" if other.exit != showing.result.exit else ""
    nothing = "" if other.output else '\n<p class="snippet-note">Prints nothing.</p>'
    block = _output(other, f"Output of {showing.snippet.file_name} on {told}")
    block = block.replace(f'data-python="{escape(other.python)}"', f'data-python="{escape(pythons)}"', 1)
    return (
        f'<details class="snippet-other"><summary>{told} {"prints" if len(minors) == 1 else "print"} '
        f"something else{ends}</summary>\n{block}{nothing}</details>"
    )
