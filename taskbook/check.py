"""The gate after the build: is every fence of every page a good figure in the HTML?

It stands outside the builder because builders hide what goes wrong in a fence:
a misspelt one becomes an ordinary code block, a failing one shows its body, and
not even their strict modes notice.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from bs4 import BeautifulSoup, Comment, Tag
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from taskbook import fence, page, snippet
from taskbook.interpreter import SUPPORTED
from taskbook.recordings import Recordings, difference, same
from taskbook.result import Result

# What superfences reads as the options of a fence; anything else makes it no fence at all.
OPTION = r'[a-zA-Z][a-zA-Z0-9_]*(?:=(?:"[^"]*"|\'[^\']*\'))?'
HEADER = re.compile(rf"^{fence.NAME}(?:[ \t]+{OPTION})*$")

UNREAD = re.compile(rf"^\{{?[ \t]*\.?{fence.NAME}\b.*?\s(?P<slug>{snippet.SLUG.pattern})\s*$", re.DOTALL)
"""The text of a fence that Markdown took for code in a line."""

TYPED = re.compile(r"<figure\b[^>]*\bsnippet\b|\bsnippet-(?:program|result)\b")
"""What only the machinery writes: the parts of a figure."""

GENERATED = re.compile(r"^\s*::: ", re.MULTILINE)
"""A page with blocks that mkdocstrings wrote."""

EXECUTED = re.compile(r"\bexec=([\"'])(?!(?:no|off|false|0)?\1)", re.IGNORECASE)
"""The header of a fence that markdown-exec runs."""

PROSE = re.compile(r"console|output|session|text only|traceback", re.IGNORECASE)
"""Names of languages, in words, whose blocks could hold an output typed by hand."""


@dataclass
class Findings:
    """What the check found: problems fail the build, warnings do not."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    pages: int = 0
    figures: int = 0


def check(root: Path, site: Path) -> Findings:
    """Read the Markdown below ``root/docs`` and the HTML built from it in ``site``.

    Args:
        root: the project's folder.
        site: the built site.

    Raises:
        RecordingError: the recordings cannot be read.
    """
    found = Findings()
    recordings = Recordings(root)
    known = snippet.slugs(root)
    shown: set[str] = set()
    seen: set[Path] = set()
    docs = root / "docs"
    for path in page.pages(docs):
        name = path.relative_to(root).as_posix()
        found.pages += 1
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            found.problems.append(f"{name}: this page is not UTF-8 (byte {error.start}); save it as UTF-8")
            continue
        expected = list(_markdown(name, text, known, found))
        shown |= {slug for _, slug in expected}  # what is wrong with a fence is said where it stands
        built = _built(site, path.relative_to(docs))
        if built is None:
            found.problems.append(f"{name}: the site has no page for it; is it excluded in mkdocs.yml?")
            continue
        _page(name, built, expected, root, recordings, known, found)
        fences = page.fences(text)
        if not GENERATED.search(text) and not any(EXECUTED.search(each.header) for each in fences):
            _blocks(name, built, len(fences) - len(expected), found)
        seen.add(built)
    for path in sorted(set(site.rglob("*.html")) - seen):
        if _parse(path).select("figure.snippet, .snippet-problem"):
            name = path.relative_to(site).as_posix()
            found.problems.append(f"{name}: this page of the site shows snippets, but no page below docs/ became it")
    _links(docs, site, found)
    for slug in known:
        if not snippet.SLUG.fullmatch(slug):
            found.problems.append(
                f"snippets/{slug}.py: no fence can name it; put it in a folder of snippets/, in lower case, "
                "with letters, digits and underscores"
            )
        elif slug not in shown:
            found.problems.append(f"snippets/{slug}.py: no page shows it; add a fence for {slug}, or remove the file")
        if slug in recordings.entries:
            missing = [minor for minor in SUPPORTED if minor not in recordings.entries[slug]]
            missing = [minor for minor in missing if _can_run(root, slug, minor)]
            if missing:
                found.warnings.append(f"snippets/{slug}.py: not recorded on Python {', '.join(missing)}")
    for path in recordings.strays(known):
        found.problems.append(f"{path.relative_to(root).as_posix()}: no snippet needs this recording; run make record")
    for slug in sorted(set(recordings.entries) - set(known)):
        found.problems.append(f"snippets/recorded.toml: {slug} is no snippet; run make record")
    return found


def _can_run(root: Path, slug: str, minor: str) -> bool:
    try:
        return snippet.read(root, slug).metadata.requires.contains(f"{minor}.0", prereleases=True)
    except snippet.SnippetError:
        return False


def _markdown(name: str, text: str, known: list[str], found: Findings) -> Iterator[tuple[int, str]]:
    """Judge the fences of a page; yield line and slug of those that must become figures."""
    fences = page.fences(text)
    fenced = {line.strip() for each in fences for line in each.body.splitlines()}
    for number, line in enumerate(text.split("\n"), 1):
        if TYPED.search(line) and line.strip() not in fenced:
            found.problems.append(f"{name}:{number}: the figure of a snippet, typed by hand; show it with a fence")
    for each in fences:
        where = f"{name}:{each.line}"
        if not each.closed:
            found.problems.append(f"{where}: this fence is not closed; end it with a line like the one that opens it")
        language = _language(each.language)
        if each.language == fence.NAME:
            if each.name != fence.NAME:
                found.problems.append(f"{where}: the fence is called {each.name!r}; write {fence.NAME} without braces")
            elif not HEADER.match(each.header):
                wrong = each.header.removeprefix(each.name).strip()
                found.problems.append(
                    f'{where}: the options {wrong!r} cannot be read; write name="value", such as returncode="1"'
                )
            yield each.line, each.body
        elif each.body in known or difflib.get_close_matches(each.name.strip("{.}").lower(), [fence.NAME], cutoff=0.75):
            found.problems.append(f"{where}: the fence is called {each.name!r}; did you mean {fence.NAME}?")
        elif PROSE.search(language):
            found.problems.append(
                f"{where}: a block like this could hold an output typed by hand; show a snippet, or name its language"
            )
        elif language.startswith("Python") and not EXECUTED.search(each.header):
            found.problems.append(f"{where}: a program that nothing runs; put it in snippets/ and show it with a fence")


def _language(named: str) -> str:
    """A language in words, such as "Python console session"; one that nobody knows is shown as text."""
    try:
        return find_lexer_class_by_name(named).name
    except ClassNotFound:
        return "Text only"


def _parse(path: Path) -> BeautifulSoup:
    """A built page; parsed once as long as the file stays the same."""
    return _parse_version(path, path.stat().st_mtime_ns)


@cache
def _parse_version(path: Path, version: int) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes().decode("utf-8"), "html.parser")


def _built(site: Path, path: Path) -> Path | None:
    """The HTML of a page, for both kinds of addresses."""
    if path.stem in ("index", "README"):
        places = [site / path.parent / "index.html"]
    else:
        places = [site / path.with_suffix("") / "index.html", site / path.with_suffix(".html")]
    return next((place for place in places if place.is_file()), None)


def _page(
    name: str,
    built: Path,
    expected: list[tuple[int, str]],
    root: Path,
    recordings: Recordings,
    known: list[str],
    found: Findings,
) -> None:
    """Judge the HTML of a page."""
    soup = _parse(built)
    figures = soup.select("figure.snippet")
    found.figures += len(figures)
    for problem in soup.select(".snippet-problem"):
        found.problems.append(problem.get_text())
    broken = [figure for figure in figures if figure.select(".snippet-problem")]
    if len(figures) != len(expected):
        told = ", ".join(str(line) for line, _ in expected) or "none"
        found.problems.append(
            f"{name}: {len(expected)} snippet fences (lines {told}) became {len(figures)} figures; "
            "a fence that is not read as one is often indented wrongly or not closed"
        )
    elif not broken and [each["data-snippet"] for each in figures] != [slug for _, slug in expected]:
        found.problems.append(
            f"{name}: the figures are not those of its fences; remove the site folder and build again"
        )
    lines = [f":{line}" for line, _ in expected] if len(figures) == len(expected) else [""] * len(figures)
    for figure, line in zip(figures, lines, strict=True):
        if figure.select(".snippet-problem"):
            continue
        slug = str(figure.get("data-snippet", ""))
        _figure(f"{name}{line}: {slug}", figure, slug, root, recordings, found)
    for block in soup.select("pre code"):
        text = block.get_text().strip()
        if text in known and block.find_parent("figure", class_="snippet") is None:
            found.problems.append(f"{name}: the slug {text} stands in a code block; its fence was not read")
    for code in soup.find_all("code"):
        unread = UNREAD.match(code.get_text()) if code.find_parent("pre") is None else None
        if unread:
            found.problems.append(
                f"{name}: the fence of {unread['slug']} was read as code in a line; it has to begin a line of its own"
            )
    for left in soup.find_all(string=True):
        if isinstance(left, Comment) or left.find_parent(["pre", "code", "script", "style"]):
            continue
        if "```" in left:
            found.problems.append(f"{name}: a fence was left as text; it is misspelt, not closed or indented wrongly")
        for slug in {line.strip() for line in left.split("\n")} & set(known):
            found.problems.append(f"{name}: the slug {slug} was left as text; write its fence with three backticks")
    # By itself, not as a part of another path or address: a container's /docs is in https://docs.python.org.
    if re.search(rf"(?<![\w./…-]){re.escape(str(root))}(?![\w.-])", built.read_text(encoding="utf-8")) and not broken:
        found.problems.append(f"{name}: the page contains {root}, a folder of this machine")
    ids = Counter(str(each["id"]) for each in soup.find_all(id=True))
    for twice in sorted(each for each, count in ids.items() if count > 1):
        found.problems.append(f"{name}: two elements have the id {twice!r}; rename the heading or the snippet")


def _blocks(name: str, built: Path, fences: int, found: Findings) -> None:
    """Find what shows as a block of code without a fence: that could hold an output typed by hand."""
    blocks = [
        block for block in _parse(built).select("article pre") if not block.find_parent("figure", class_="snippet")
    ]
    if len(blocks) > fences:
        found.problems.append(
            f"{name}: {len(blocks)} blocks of code, but {fences} fences for them; an indented block or <pre> could "
            "hold an output typed by hand: show a snippet, or use a fence that names its language"
        )


def _links(docs: Path, site: Path, found: Findings) -> None:
    """Follow every relative link in the text of the pages, to the element it leads to; pictures, too."""

    @cache
    def ids(path: Path) -> set[str]:
        return {str(each["id"]) for each in _parse(path).find_all(id=True)}

    for path in page.pages(docs):
        built = _built(site, path.relative_to(docs))
        if built is None:
            continue
        name = path.relative_to(docs.parent).as_posix()
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for link in _parse(built).select("article a[href], article img[src]"):
            kind, address = ("link to", str(link["href"])) if link.name == "a" else ("picture", str(link["src"]))
            where = f"{name}{_line(text, address)}"
            if link.name == "img" and not str(link.get("alt", "")).strip():
                found.problems.append(
                    f"{where}: the picture {address} lacks a text that says what it shows: ![text](…)"
                )
            place, anchor = urldefrag(address)
            if urlsplit(place).scheme or place.startswith("/"):
                continue
            target = built if not place else (built.parent / unquote(place)).resolve()
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                found.problems.append(
                    f"{where}: the {kind} {address} leads to no {'page' if link.name == 'a' else 'file'}"
                )
            elif anchor and target.suffix == ".html" and unquote(anchor) not in ids(target):
                found.problems.append(f"{where}: the {kind} {address} leads to no heading or snippet of that page")


def _line(text: str, address: str) -> str:
    """Where an address stands in the Markdown, as ``:12``; "" if it was not written as it was built."""
    place, anchor = urldefrag(address)
    last = place.rstrip("/").rpartition("/")[2]
    end = f"#{re.escape(anchor)}" if anchor else rf"[(/\"' ]{re.escape(last)}"
    found = re.search(rf"{end}(?![\w-])", text) if anchor or last else None
    return f":{text.count(chr(10), 0, found.start()) + 1}" if found else ""


def _figure(where: str, figure: Tag, slug: str, root: Path, recordings: Recordings, found: Findings) -> None:
    """Judge one figure: it shows its snippet, and what each Python printed."""
    program = figure.select_one(".snippet-program")
    results = figure.select(".snippet-result")
    if program is None or not results:
        found.problems.append(f"{where}: the figure lacks its program or its result")
        return
    try:
        source = snippet.read(root, slug).text
    except snippet.SnippetError as error:
        found.problems.append(f"{where}: {error}")
        return
    if program.get_text() != source.removesuffix("\n"):
        found.problems.append(f"{where}: the program shown is not snippets/{slug}.py; build again")
    if any(figure.get(name) != results[0].get(name) for name in ("data-python", "data-exit")):
        found.problems.append(f"{where}: the figure and its result do not agree on Python and exit status; build again")
    for result in results:
        text = result.get_text()
        for version in str(result["data-python"]).split():
            _result(where, slug, Result(version, int(str(result["data-exit"])), text), recordings, found)


def _result(where: str, slug: str, shown: Result, recordings: Recordings, found: Findings) -> None:
    minor = ".".join(shown.python.split(".")[:2])
    recorded = recordings.get(slug, minor)
    if recorded is None:
        found.problems.append(f"{where}: no recording of Python {minor} holds what it shows; run make record")
        return
    recorded = Result(recorded.python, recorded.exit, recorded.output.removesuffix("\n"))
    if same(recorded, shown):
        return
    told = difference(recorded, shown, "recorded", "shown")
    if recorded.python == shown.python:
        found.problems.append(
            f"{where}: Python {shown.python} printed something else than its recording; "
            f"mend the snippet, or run make record if it is right\n{told}"
        )
    else:
        found.warnings.append(
            f"{where}: Python {shown.python} prints something else than {recorded.python}, which was recorded\n{told}"
        )
