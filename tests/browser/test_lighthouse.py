"""Lighthouse, on demand, because it is slow: ``TASKBOOK_LIGHTHOUSE=1 python -m pytest tests/browser/test_lighthouse.py -s``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import site_build
from tests.browser.conftest import ARGUMENTS

LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"

LEAST = 95
"""The score that each category must reach, of 100."""

pytestmark = pytest.mark.skipif(
    not os.environ.get("TASKBOOK_LIGHTHOUSE"), reason="slow; set TASKBOOK_LIGHTHOUSE=1 to run it"
)


@pytest.mark.parametrize("page", ["", "start/sequential-or-concurrent/", "errors/no-running-event-loop/"])
def test_lighthouse(page: str, tmp_path: Path) -> None:
    node, chrome = shutil.which("node"), shutil.which("chromium")
    if not node or not chrome or not LIGHTHOUSE.is_file():
        pytest.skip(site_build.demanded("needs Chromium, node, and lighthouse: npm ci --prefix tests/browser"))
    report = tmp_path / "report.json"
    with site_build.serve(site_build.site()) as address:
        command = [node, str(LIGHTHOUSE), address + page, "--quiet", "--output=json", f"--output-path={report}"]
        command.append(f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}")
        subprocess.run(command, env=os.environ | {"CHROME_PATH": chrome}, check=True, timeout=300)
    told = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round(100 * each["score"]) for name, each in told["categories"].items()}
    weight = round(told["audits"]["total-byte-weight"]["numericValue"] / 1024)
    print(f"\n{page or 'home'}: {scores}, {weight} KiB")
    wanting = [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}"
        for audit in told["audits"].values()
        if audit.get("score") is not None and audit["score"] < 0.9
    ]
    assert min(scores.values()) >= LEAST, wanting
