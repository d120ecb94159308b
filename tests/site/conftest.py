"""What tests of the built site use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import site_build


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    return site_build.site()
