"""The same tree builds with MkDocs and with Zensical, and both show the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT
from tests.project import Project


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    project = Project(tmp_path_factory.mktemp("both builders"))
    for name in ("docs", "snippets", "taskbook", "overrides"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project.root / name)
    shutil.copy(ROOT / "mkdocs.yml", project.root)
    # Results come from the store of this project, so that only drawing differs.
    if (ROOT / ".taskbook").is_dir():
        shutil.copytree(ROOT / ".taskbook", project.root / ".taskbook")
    found = {}
    for builder, command in (("mkdocs", ("build", "--strict", "--quiet")), ("zensical", ("build", "--clean"))):
        done = project.run(builder, *command)
        assert done.returncode == 0, done.stdout + done.stderr
        checked = project.check()
        assert checked.returncode == 0, checked.stderr
        found[builder] = (project.root / "site").rename(project.root / f"site-{builder}")
    return found


def figures(site: Path) -> dict[str, list[str]]:
    """Every figure of every page, without the spaces that a builder may add around it.

    Zensical removes ``data-search-exclude`` once it has obeyed it, MkDocs leaves it.
    """
    found = {}
    for path in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(path.read_bytes().decode(), "html.parser")
        shown = [str(figure).replace(' data-search-exclude=""', "") for figure in soup.select("figure.snippet")]
        if shown:
            found[path.relative_to(site).as_posix()] = shown
    return found


def test_every_figure_on_every_page_is_the_same(sites: dict[str, Path]) -> None:
    mkdocs, zensical = figures(sites["mkdocs"]), figures(sites["zensical"])
    assert len(mkdocs) >= 4
    assert mkdocs == zensical


def test_every_page_is_there(sites: dict[str, Path]) -> None:
    pages = {
        builder: {path.relative_to(site).as_posix() for path in site.rglob("index.html")}
        for builder, site in sites.items()
    }
    assert pages["mkdocs"] == pages["zensical"]
