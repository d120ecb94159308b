"""How the results are made: the page names the versions that were recorded."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from taskbook.interpreter import SUPPORTED
from taskbook.recordings import Recordings
from tests.conftest import ROOT


def test_the_exact_versions_are_named(site: Path) -> None:
    text = BeautifulSoup((site / "about/results/index.html").read_bytes().decode(), "html.parser").get_text()
    for minor in SUPPORTED:
        versions = {each[minor].version for each in Recordings(ROOT).entries.values() if minor in each}
        assert versions
        for version in versions:
            assert version in text.partition("The exact versions that were recorded are")[2]
