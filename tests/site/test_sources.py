"""The credits: every point of the sources has its row, and every link of a row leads to it."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

from bs4 import BeautifulSoup, Tag

POINTS = {0: 13, 1: 9, 2: 18, 3: 17}
"""How many points each of the four tutorials has."""


@functools.cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes().decode(), "html.parser")


def rows(site: Path) -> list[list[Tag]]:
    """The cells of every row of every table on the page."""
    page = parsed(site / "about/sources/index.html")
    return [row.find_all("td") for row in page.select("article table tr") if row.find("td")]


def target(site: Path, link: Tag) -> Tag:
    """The element, or the page, to which a link leads."""
    address, anchor = urldefrag(str(link["href"]))
    path = (site / "about/sources" / unquote(address) / "index.html").resolve()
    assert path.is_file(), f"{link} leads to no page"
    found = parsed(path).find(id=anchor) if anchor else parsed(path).find("article")
    assert isinstance(found, Tag), f"{link} leads to no place on the page"
    return found


def test_every_point_of_the_tutorials_has_one_row(site: Path) -> None:
    numbers = [cells[0].get_text() for cells in rows(site) if re.match(r"\d", cells[0].get_text())]
    assert numbers == [f"{tutorial}-{point}" for tutorial, last in POINTS.items() for point in range(1, last + 1)]


def test_every_link_leads_somewhere(site: Path) -> None:
    links = [link for cells in rows(site) for cell in cells for link in cell.find_all("a")]
    assert len(links) > 60
    for link in links:
        target(site, link)


def test_whatever_was_put_right_is_proved_by_a_program(site: Path) -> None:
    put_right = [cells for cells in rows(site) if len(cells) == 2 and not re.match(r"\d", cells[0].get_text())]
    assert len(put_right) >= 15
    for claim, what_happens in put_right:
        assert re.search(r"\(\d(, \d)*\)$", claim.get_text()), "say which tutorials have it"
        links = what_happens.find_all("a")
        assert links, claim
        for link in links:
            assert "snippet" in target(site, link).get_attribute_list("class"), link


def test_the_sources_are_named(site: Path) -> None:
    text = parsed(site / "about/sources/index.html").get_text()
    for title in (
        "Creating Tasks with asyncio.create_task()",
        "Python asyncio.create_task() function (with examples)",
        "Python asyncio.create_task()",
        "How to create an asyncio Task",
    ):
        assert title in text
    for name in ("FastAPI", "Kotlin", "Go by Example", "pawamoy", "Textual", "Python's documentation", "source code"):
        assert name in text
