"""The built pages: links, titles, addresses, and what the HTML checker says."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from tests import site_build
from tests.site_build import ROOT, SITE_URL

Pages = dict[str, BeautifulSoup]


@functools.cache
def parse(path: Path) -> BeautifulSoup:
    """Read a page; each one once."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def pages(site: Path) -> Pages:
    """Every page by its address below the site's."""
    found = site_build.pages(site)
    assert "" in found
    assert "404.html" in found
    return {
        page: parse(site / page / "index.html" if page in {"", "."} or page.endswith("/") else site / page)
        for page in found
    }


def value(tag: Tag | None, name: str) -> str:
    """An attribute that must be there."""
    assert tag
    return str(tag[name])


def file_of(site: Path, address: str) -> Path:
    """The file that a server would send for an address of the site."""
    path = site / unquote(address.removeprefix(SITE_URL))
    return path / "index.html" if path.is_dir() else path


def test_internal_links_lead_somewhere(site: Path, pages: Pages) -> None:
    broken = []
    for page, soup in pages.items():
        for link in soup.find_all(href=True):
            address, anchor = urldefrag(urljoin(SITE_URL + page, str(link["href"])))
            if not address.startswith(SITE_URL):
                if link.name == "a" and urlsplit(address).netloc == urlsplit(SITE_URL).netloc:
                    broken.append(f"{page}: {link['href']} leaves the site")
                continue
            target = file_of(site, address)
            if not target.is_file():
                broken.append(f"{page}: {link['href']}")
            elif anchor and not parse(target).find(id=unquote(anchor)):
                broken.append(f"{page}: {link['href']} has no such anchor")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: Pages) -> None:
    for page, soup in pages.items():
        resources = [str(tag["src"]) for tag in soup.find_all(src=True)]
        resources += [str(tag["href"]) for tag in soup.find_all("link", rel=["stylesheet", "icon", "preload"])]
        assert resources
        for resource in resources:
            address = urljoin(SITE_URL + page, resource)
            assert address.startswith((SITE_URL, "data:")), f"{page}: {resource}"
            assert file_of(site, address).is_file() or address.startswith("data:"), f"{page}: {resource}"
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(http" not in text.replace('"', "").replace("'", ""), style


def test_titles_and_descriptions_are_unique(pages: Pages) -> None:
    titles = Counter(soup.title.get_text() for soup in pages.values() if soup.title)
    descriptions = Counter(
        value(soup.find("meta", attrs={"name": "description"}), "content") for soup in pages.values()
    )
    assert [title for title, times in titles.items() if times > 1] == []
    assert [text for text, times in descriptions.items() if times > 1] == []
    assert sum(titles.values()) == len(pages)
    for text in descriptions:
        assert 50 <= len(text) <= 160, text


def test_each_page_has_one_main_heading(pages: Pages) -> None:
    for page, soup in pages.items():
        assert len(soup.find_all("h1")) == 1, page


def test_ids_are_unique(pages: Pages) -> None:
    for page, soup in pages.items():
        ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
        assert [name for name, times in ids.items() if times > 1] == [], page


def test_canonical_addresses(pages: Pages) -> None:
    for page, soup in pages.items():
        if page != "404.html":
            assert value(soup.find("link", rel="canonical"), "href") == SITE_URL + page


def test_sitemap_has_every_page(site: Path, pages: Pages) -> None:
    listed = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(SITE_URL + page for page in pages if page != "404.html")


def test_a_page_can_be_reported_and_edited(pages: Pages) -> None:
    for page, soup in pages.items():
        if page == "404.html":
            continue
        links = [str(link["href"]) for link in soup.select(".page-links a")]
        assert links[0].startswith(f"{site_build.REPO_URL}/issues/new?title=Unclear%3A%20")
        assert SITE_URL + page in unquote(links[0])
        source = (page.removesuffix("/") or "index") + ".md"
        candidates = {f"{site_build.REPO_URL}/edit/main/docs/{name}" for name in (source, f"{page}index.md")}
        assert links[1] in candidates


def test_the_pages_of_the_search_index_exist(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert index["docs"]
    for entry in index["docs"]:
        assert file_of(site, SITE_URL + urldefrag(entry["location"])[0]).is_file()
        assert "Copy" not in entry["text"].split()


def vnu() -> Path | None:
    """The Nu HTML checker, installed by ``npm ci`` in tests/browser."""
    path = ROOT / "tests" / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return path if path.is_file() else None


def test_nu_html_checker_finds_no_error(site: Path) -> None:
    java, checker = shutil.which("java"), vnu()
    if not java or not checker:
        pytest.skip(site_build.demanded("needs java, and vnu-jar: npm ci --prefix tests/browser"))
    command = [java, "-jar", str(checker), "--skip-non-html", "--errors-only", "--format", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    found = json.loads(done.stderr or done.stdout)["messages"]
    assert [f"{each['url']}:{each['lastLine']}: {each['message']}" for each in found] == []
