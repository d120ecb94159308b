"""What a page says of itself before its text, and that search engines show it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from taskbook.page import pages
from tests.conftest import ROOT

PAGES = pages(ROOT / "docs")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_begins_with_its_description(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    before, *rest = path.read_text(encoding="utf-8-sig").removeprefix("---\n").split("\n---\n", 1)
    assert rest, f"{name}:1: begin with a line ---, a line description: …, and a line ---"
    try:
        description = str(yaml.safe_load(before)["description"])
    except (yaml.YAMLError, KeyError, TypeError) as error:
        reason = getattr(error, "problem", None) or repr(error)
        pytest.fail(f"{name}:2: no description can be read ({reason}); a text with a colon needs quotes")
    assert 50 <= len(description) <= 160, f"{name}:2: the description has {len(description)} characters; 50 to 160 fit"
    assert "\n# " in rest[0] or rest[0].lstrip().startswith("# "), f"{name}: give it a title: # …"
