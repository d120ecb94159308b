"""The index of errors: each message that it lists is printed on the page to which it leads."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urldefrag

from bs4 import BeautifulSoup


def test_each_message_is_printed_on_its_page(site: Path) -> None:
    index = site / "errors/index.html"
    links = BeautifulSoup(index.read_bytes().decode(), "html.parser").select("article li a:has(code)")
    assert len(links) >= 15
    for link in links:
        message = link.get_text()
        target = (index.parent / urldefrag(str(link["href"]))[0] / "index.html").resolve()
        soup = BeautifulSoup(target.read_bytes().decode(), "html.parser")
        printed = "\n".join(result.get_text() for result in soup.select(".snippet-result"))
        pattern = ".*".join(map(re.escape, message.split("…")))
        assert re.search(pattern, printed), f"{message!r} is not printed on {target.parent.name}"


def test_every_error_page_is_listed(site: Path) -> None:
    text = (site / "errors/index.html").read_text(encoding="utf-8")
    for page in (site / "errors").glob("*/index.html"):
        assert f'href="{page.parent.name}/"' in text
