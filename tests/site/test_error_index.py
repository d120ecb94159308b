"""The index of errors: each message that it lists is printed on the page to which it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

from bs4 import BeautifulSoup, Tag

UNNAMED = {
    "There is no current event loop in thread 'MainThread'.",
    "This event loop is already running",
    "Cannot run the event loop while another loop is running",
    "Result is not set.",
    "Exception is not set.",
}
"""Messages that a program catches and prints without the name of the exception."""


def results(page: BeautifulSoup, anchor: str) -> Iterator[Tag]:
    """The results on a page, or those of the section that a heading begins."""
    for result in page.select(".snippet-result"):
        above = result.find_previous(["h1", "h2"])
        assert above
        if anchor in ("", above.get("id")):
            yield result


def test_each_message_is_printed_on_its_page(site: Path) -> None:
    index = site / "errors/index.html"
    links = BeautifulSoup(index.read_bytes().decode(), "html.parser").select("article li a:has(code)")
    assert len(links) >= 20
    for link in links:
        message = link.get_text()
        address, anchor = urldefrag(str(link["href"]))
        target = (index.parent / address / "index.html").resolve()
        soup = BeautifulSoup(target.read_bytes().decode(), "html.parser")
        heading = link.find_previous("h2")
        assert heading
        printed = "\n".join(result.get_text() for result in results(soup, anchor))
        pattern = ".*".join(map(re.escape, message.split("…")))
        if heading["id"] != "in-the-log" and message not in UNNAMED:
            pattern = f"{heading.get_text().removesuffix('¶')}: {pattern}"
        assert re.search(pattern, printed), f"{pattern!r} is not printed on {target.parent.name}, {anchor or 'page'}"


def test_every_error_page_is_listed(site: Path) -> None:
    text = (site / "errors/index.html").read_text(encoding="utf-8")
    for page in (site / "errors").glob("*/index.html"):
        assert f'href="{page.parent.name}/"' in text
