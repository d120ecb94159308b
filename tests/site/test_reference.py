"""The reference: every name has its heading, signature, description and links, in both builders."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from taskbook import reference
from tests.conftest import ROOT
from tests.project import Project

METHODS = {
    "TaskGroup": "create_task cancel",
    "Task": "done result exception cancelled cancel cancelling uncancel get_name set_name add_done_callback "
    "remove_done_callback get_coro get_loop get_stack print_stack get_context",
    "Future": "set_result set_exception done result exception cancel cancelled add_done_callback "
    "remove_done_callback get_loop",
}
ANCHORS = ["asyncio.create_task"]
for each, methods in METHODS.items():
    ANCHORS += [f"asyncio.{each}", *(f"asyncio.{each}.{method}" for method in methods.split())]
"""Addresses that are a promise, in the order of the page."""

UNDESCRIBED = {f"asyncio.Task.{name}" for name in ("get_name", "set_name", "get_coro", "get_context")}
"""CPython describes these nowhere in its source; our own sentence has to do."""

API_LINK = re.compile(r"\]\[(asyncio\.[\w.]+)\]")
LINKED = sorted({name for path in ROOT.glob("docs/**/*.md") for name in API_LINK.findall(path.read_text("utf-8"))})


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reference, and a page of every API link that a page has, from both builders."""
    project = Project(tmp_path_factory.mktemp("reference"))
    for name in ("snippets", "taskbook", "overrides", ".taskbook"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project.root / name)
    shutil.copy(ROOT / "mkdocs.yml", project.root)
    project.page("reference.md", (ROOT / "docs/reference.md").read_text("utf-8"))
    project.page("index.md", "# Links\n\n" + "\n".join(f"- [`{name}`][{name}]" for name in LINKED))
    found = {}
    for builder, command in (("mkdocs", ("build", "--quiet")), ("zensical", ("build", "--clean"))):
        done = project.run(builder, *command)
        assert done.returncode == 0, done.stdout + done.stderr
        found[builder] = (project.root / "site").rename(project.root / f"site-{builder}")
    return found


@pytest.fixture(params=["mkdocs", "zensical"])
def site(request: pytest.FixtureRequest, sites: dict[str, Path]) -> Path:
    return sites[request.param]


def html(site: Path, page: str) -> BeautifulSoup:
    return BeautifulSoup((site / page / "index.html").read_bytes().decode(), "html.parser")


@pytest.fixture
def page(site: Path) -> BeautifulSoup:
    return html(site, "reference")


def entry(page: BeautifulSoup, anchor: str) -> Iterator[Tag]:
    """What stands between a heading and the next."""
    heading = page.find(id=anchor)
    assert heading, f"no heading {anchor}"
    assert heading.name in {"h2", "h3"}
    for each in heading.find_next_siblings():
        if each.name in {"h2", "h3"}:
            return
        yield each


def in_python(anchor: str) -> object:
    """The object, as written in Python."""
    path = anchor.split(".")[1:]
    found: object = asyncio
    for name in path:
        twin = {"Task": asyncio.tasks, "Future": asyncio.futures}.get(name)
        found = getattr(twin, f"_Py{name}") if twin else getattr(found, name, None)
    return found


def parameters_of(signature: str) -> list[str]:
    """The names of the parameters in a signature, in order."""
    (function,) = ast.parse(f"def {signature.strip()}: pass").body
    assert isinstance(function, ast.FunctionDef)
    found = function.args
    last = [each for each in (found.vararg, found.kwarg) if each]
    return [each.arg for each in (*found.posonlyargs, *found.args, *found.kwonlyargs, *last)]


def words(text: str) -> list[str]:
    """Letters only: Markdown takes away marks, and sets others."""
    return re.findall(r"[A-Za-z]+", text)


def test_every_entry_has_its_signature_and_description(page: BeautifulSoup) -> None:
    for anchor in ANCHORS:
        parts = list(entry(page, anchor))
        (drawn,) = [part for part in parts if "doc-object" in part.get_attribute_list("class")]
        shown = drawn.select_one(".doc-signature")
        assert shown, anchor
        signature = shown.get_text()
        assert signature.startswith(anchor.rpartition(".")[2] + "("), anchor
        known = in_python(anchor)
        quoted = drawn.find("blockquote")
        if known is None:
            assert quoted is None
            assert "which lacks it" in drawn.get_text(), anchor
            continue
        assert callable(known)
        parameters = [name for name in inspect.signature(known).parameters if name != "self"]
        assert parameters_of(signature) == parameters, anchor
        if anchor in UNDESCRIBED:
            assert known.__doc__ is None, "CPython describes it now: take it off the list"
            assert quoted is None
        else:
            assert quoted, anchor
            assert words(quoted.get_text()) == words(inspect.getdoc(known) or ""), anchor


def test_every_entry_says_when_to_use_it_and_links_to_the_documentation(page: BeautifulSoup) -> None:
    for anchor in ANCHORS:
        parts = list(entry(page, anchor))
        assert parts[0].name == "p", anchor
        assert parts[0].get_text().startswith("Use "), anchor
        above = parts[: next(at for at, part in enumerate(parts) if "doc-object" in part.get_attribute_list("class"))]
        links = [str(link["href"]) for part in above for link in part.find_all("a", href=True)]
        # Tasks inherit get_loop(), and Python documents it for futures only.
        documented = anchor.replace("Task.get_loop", "Future.get_loop")
        library = "asyncio-future" if documented.startswith("asyncio.Future") else "asyncio-task"
        assert f"https://docs.python.org/3/library/{library}.html#{documented}" in links, anchor
        program = any(part.name == "figure" for part in above)
        to_a_page = any(not link.startswith("https:") for link in links)
        assert program or to_a_page, f"{anchor}: no program, and no link to the page that shows it"


def test_all_entries_are_in_the_table_of_contents_and_in_the_list_at_the_top(page: BeautifulSoup) -> None:
    contents = page.select_one("nav.md-nav--secondary")
    article = page.find("article")
    assert contents
    assert article
    at_the_top = article.find("ul")
    assert at_the_top
    for place in (contents, at_the_top):
        links = [str(link["href"]).partition("#")[2] for link in place.find_all("a", href=True)]
        assert [link for link in links if link.startswith("asyncio.")] == ANCHORS


def test_nothing_of_the_machine_and_no_source_code_is_shown(site: Path, page: BeautifulSoup) -> None:
    text = (site / "reference/index.html").read_text("utf-8")
    for folder in (str(ROOT), str(site.parent), sys.prefix, sys.base_prefix, str(Path(asyncio.__file__).parent)):
        assert folder not in text
    assert not page.select("details, .mkdocstrings-source, .linenos")
    assert "][asyncio." not in page.get_text()


def test_every_api_link_of_every_page_leads_to_an_entry(site: Path) -> None:
    assert len(LINKED) >= 10
    headings = {str(each["id"]) for each in html(site, "reference").find_all(["h2", "h3"], id=True)}
    links = {link.get_text(): str(link["href"]) for link in html(site, "").select("article a.autorefs")}
    for name in LINKED:
        assert name in headings, f"{name} has no entry in docs/reference.md"
        assert links.get(name, "").endswith(f"reference/#{name}"), name


def test_what_newer_pythons_have_is_known() -> None:
    """A method that the running Python lacks is listed with its version, and no other is."""
    classes = {"asyncio.tasks.Task": asyncio.Task, "asyncio.taskgroups.TaskGroup": asyncio.TaskGroup}
    for path, methods in reference.SINCE.items():
        for name, version in methods.items():
            assert hasattr(classes[path], name) == (sys.version_info >= tuple(map(int, version.split("."))))
