"""The site under the headers of ``docs/_headers``: everything still works, and nothing foreign runs."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import site_build
from tests.site.test_headers import headers


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in headers().items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name in the library)
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The site at the root of a host, as a host that reads the file would serve it."""
    handler = functools.partial(_Handler, directory=str(site_build.site()))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that collects what was blocked, in ``blocked``."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(
        "window.blocked = []; addEventListener('securitypolicyviolation', (event) => "
        "blocked.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"
    )
    yield context.new_page()
    context.close()


def blocked(page: Page) -> list[str]:
    page.wait_for_timeout(100)  # events come a little later
    found: list[str] = page.evaluate("blocked")
    return found


def test_nothing_is_blocked_on_any_page(page: Page, address: str) -> None:
    seen = 0
    for name in site_build.pages(site_build.site()):
        if name == "404.html":
            continue  # its script contains the path of the site; tests/site/test_headers.py looks at it
        page.goto(address + name)
        assert blocked(page) == [], name
        seen += 1
    assert seen > 10


def test_what_needs_scripts_works(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}start/first-task/")
    figure = page.locator("figure.snippet").first
    figure.locator(".snippet-copy").click()
    program = page.evaluate("navigator.clipboard.readText()")
    assert program.endswith("asyncio.run(main())\n")
    with page.expect_download() as download:
        figure.locator(".snippet-download").click()
    download.value.save_as(tmp_path / "program.py")
    assert (tmp_path / "program.py").read_text() == program
    page.keyboard.press("/")
    page.keyboard.type("create_task", delay=10)
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")
    before = page.locator("body").get_attribute("data-md-color-media")
    page.locator("label[for^=__palette]:visible").first.click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-media", str(before))
    assert blocked(page) == []


def test_a_foreign_script_does_not_run(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(
        "const script = document.createElement('script'); script.textContent = 'window.ran = true';"
        "document.body.append(script)"
    )
    assert page.evaluate("window.ran") is None
    assert len(blocked(page)) == 1
