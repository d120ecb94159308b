"""``docs/_headers``, for hosts that read it: it allows every script of the pages, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT
from tests.project import Project
from tests.site_build import SITE_URL

PAGES = ("index.md", "one/page.md", "page.md")
"""Pages of every depth: the first script of a page depends on it."""


def headers() -> dict[str, str]:
    """What the file says for all addresses."""
    lines = [line for line in (ROOT / "docs/_headers").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines[0] == "/*"
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}


def policy() -> dict[str, list[str]]:
    """The Content-Security-Policy, by directive."""
    parts = [part.split() for part in headers()["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("headers"))
    shutil.copy(ROOT / "mkdocs.yml", project.root)
    for name in ("overrides", "docs/assets", "taskbook"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project.root / name)
    shutil.copy(ROOT / "docs/_headers", project.root / "docs")
    (project.root / "snippets").mkdir()
    for page in PAGES:
        project.page(page, "# Page\n\n    code\n")
    done = project.run(request.param, "build", SITE_URL="https://taskbook.example/")
    assert done.returncode == 0, done.stdout + done.stderr
    return project.root / "site"


def scripts(folder: Path) -> dict[str, str]:
    """Every script that stands in a page, by its hash."""
    found = {}
    for path in folder.rglob("*.html"):
        soup = BeautifulSoup(path.read_bytes().decode(), "html.parser")
        assert not soup.select("[style], style, [onclick], [onload], base"), path
        for script in soup.find_all("script", src=False):
            if script.get("type") == "application/json":
                continue  # data: no browser runs it
            # The script of the page for missing addresses contains the path of the site.
            text = script.get_text().replace(f'new URL("/{SITE_URL.split("/", 3)[3]}"', 'new URL("/"')
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            found[f"'sha256-{digest}'"] = text
    return found


def test_the_file_reaches_the_root_of_the_site(built: Path) -> None:
    assert (built / "_headers").read_bytes() == (ROOT / "docs/_headers").read_bytes()


def test_every_script_of_a_page_is_allowed(built: Path) -> None:
    needed = scripts(built)
    assert len(needed) == 6, "the first of four kinds of pages, and two that are the same everywhere"
    missing = {digest: text[:60] for digest, text in needed.items() if digest not in policy()["script-src"]}
    assert not missing, "the theme has changed; replace the old hashes in docs/_headers by these"


def test_the_real_site_has_no_other_scripts(site: Path) -> None:
    assert set(scripts(site)) <= set(policy()["script-src"])


def test_nothing_else_is_allowed() -> None:
    allowed = policy()
    assert allowed.pop("default-src") == ["'none'"]
    known = {"'self'", "'none'", "data:"}
    for name, values in allowed.items():
        for value in values:
            hashed = name == "script-src" and re.fullmatch(r"'sha256-[\w+/]{43}='", value)
            assert value in known or hashed, f"{name} {value}"
    assert "data:" not in allowed["script-src"]
    assert headers()["X-Content-Type-Options"] == "nosniff"
