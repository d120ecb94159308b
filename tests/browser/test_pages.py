"""Every page in a real browser: accessibility, width, requests, without JavaScript; the buttons and the boxes."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests import site_build

Open = Callable[..., Page]

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}

AXE = {
    "resultTypes": ["violations"],  # the time goes into telling all that is right
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}

OPEN_DETAILS = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"

ERRORS = "errors/no-running-event-loop/"


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    return site_build.site()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with site_build.serve(site) as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page of the site, by its address below the site's, in a browser that knows nothing yet.

    No page may ask another host for anything: that is checked whenever a test ends.
    """
    strangers: list[str] = []
    contexts = []

    def start(page: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        opened = context.new_page()
        opened.on("request", lambda asked: strangers.append(asked.url) if is_strange(asked.url) else None)
        opened.goto(address + page)
        return opened

    def is_strange(url: str) -> bool:
        return not url.startswith((address, "data:", "blob:"))

    yield start
    for context in contexts:
        context.close()
    assert strangers == []


def violations(page: Page) -> list[str]:
    """What axe objects to, one line for each element."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def settle(page: Page) -> None:
    """Wait until no transition runs any more: colours on their way fail contrast rules."""
    page.wait_for_function("document.getAnimations().every((each) => each.playState !== 'running')")


def test_every_page_is_accessible(open_page: Open, site: Path) -> None:
    found = {}
    page = open_page("", viewport=DESKTOP, reduced_motion="reduce")
    start = page.url
    for name in site_build.pages(site):
        page.goto(start + name)
        page.evaluate(OPEN_DETAILS)
        for scheme, theme in (("light", "default"), ("dark", "slate")):
            for size in (PHONE, DESKTOP):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.set_viewport_size(size)  # type: ignore[arg-type]
                expect(page.locator("body")).to_have_attribute("data-md-color-scheme", theme)
                settle(page)
                wrong = violations(page)
                if wrong:
                    found[f"{name} {scheme} {size['width']}"] = wrong
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_search_is_accessible(open_page: Open, scheme: str, size: dict[str, int]) -> None:
    page = open_page("", viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.keyboard.press("/")
    page.keyboard.type("create_task")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    settle(page)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_menu_is_accessible_and_opens_with_the_keyboard(open_page: Open, scheme: str) -> None:
    page = open_page(ERRORS, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    link = page.locator(".md-nav--primary a", has_text="Your first task")
    expect(link).not_to_be_visible()
    page.locator("label.md-header__button[for=__drawer]").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_in_viewport()
    settle(page)
    assert violations(page) == []
    link.click()
    expect(page).to_have_url(page.url.rsplit("/", 3)[0] + "/start/first-task/")


def test_no_page_scrolls_sideways(open_page: Open, site: Path) -> None:
    wide = []
    page = open_page("", viewport={"width": 320, "height": 640})
    start = page.url
    for name in site_build.pages(site):
        page.goto(start + name)
        page.evaluate(OPEN_DETAILS)
        # The theme cuts off what is too wide; so look where each element ends, unless a box scrolls it.
        wide += page.evaluate(
            """(name) => [...document.querySelectorAll(".md-content *")]
              .filter((each) => !each.parentElement.closest("pre, .md-typeset__scrollwrap, .unseen")
                && each.getBoundingClientRect().right > innerWidth)
              .map((each) => `${name}: ${each.outerHTML.slice(0, 120)}`)""",
            name,
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    assert wide == []


def test_a_first_visit_is_light(open_page: Open, site: Path) -> None:
    page = open_page("", viewport=PHONE)
    start = page.url
    loaded: set[str] = set()
    page.context.on("request", lambda asked: loaded.add(asked.url))
    heavy = {}
    for name in site_build.pages(site):
        loaded.clear()
        page.goto(start + name, wait_until="networkidle")
        paths = [site / url.removeprefix(start).partition("?")[0] for url in loaded if url.startswith(start)]
        assert len(paths) > 5, name
        files = [path / "index.html" if path.is_dir() else path for path in paths]
        kib = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1024
        if kib > 80:
            heavy[name] = round(kib, 1)
    assert heavy == {}


def test_search_is_fetched_when_a_reader_searches(open_page: Open) -> None:
    page = open_page("", viewport=DESKTOP)
    fetched: list[str] = []
    page.context.on("request", lambda asked: fetched.append(asked.url.partition("?")[0]))
    page.reload(wait_until="networkidle")
    assert any("/bundle." in url for url in fetched)
    assert [url for url in fetched if "/workers/" in url or "search_index" in url] == []
    page.keyboard.press("/")
    page.keyboard.type("never awaited")
    page.locator(".md-search-result__item a[href*=never-awaited]").first.click()
    expect(page.locator(".md-content mark").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("was never awaited")
    expect(page.locator(".md-search-result__item a").first).to_have_attribute("href", re.compile("never-awaited"))


def test_search_finds_the_page_of_each_message(open_page: Open) -> None:
    page = open_page("errors/", viewport=DESKTOP)
    links: list[tuple[str, str]] = page.evaluate(
        "[...document.querySelectorAll('.md-content li > a')].map((each) => [each.textContent, each.pathname])"
    )
    assert len(links) > 20
    page.keyboard.press("/")
    words = page.locator(".md-search__input")
    for message, path in links:
        words.fill(message.replace("…", ""))
        words.press("End")
        first = page.locator(f".md-search-result__item:nth-child(-n+3) > a[href*='{path}']")
        expect(first.first, message).to_be_visible()
    words.fill("word that no page has, and task")
    words.press("End")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_search_tries_again_after_a_failure(open_page: Open) -> None:
    page = open_page("", viewport=DESKTOP)
    page.context.route("**/search_index.json", lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("create_tas")
    page.wait_for_timeout(300)
    page.context.unroute("**/search_index.json")
    page.keyboard.type("k")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_text_of_double_size_keeps_its_words_on_a_phone(open_page: Open) -> None:
    page = open_page(ERRORS, viewport=PHONE)
    page.add_style_tag(content="html { font-size: 250% }")
    for name in (".snippet-copy", ".snippet-download", ".snippet-source"):
        box = page.locator(name).first.bounding_box()
        assert box
        assert box["height"] < 70, name
    name_box = page.locator(".snippet-name").first.bounding_box()
    assert name_box
    assert name_box["height"] < 150
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_error_lines_are_told_apart_in_the_colours_of_the_reader(open_page: Open) -> None:
    page = open_page(ERRORS, viewport=DESKTOP, forced_colors="active")
    mark = "getComputedStyle(document.querySelector('.snippet-error'), '::before')"
    assert page.evaluate(f"parseFloat({mark}.borderLeftWidth)") >= 4
    assert page.evaluate(f"{mark}.borderLeftColor") != page.evaluate(
        "getComputedStyle(document.querySelector('.snippet-result')).backgroundColor"
    )


def test_readable_without_javascript(open_page: Open) -> None:
    page = open_page(ERRORS, viewport=PHONE, java_script_enabled=False)
    figure = page.locator("figure.snippet").first
    expect(figure.locator(".snippet-program")).to_be_visible()
    expect(figure.locator(".snippet-result").first).to_contain_text("RuntimeError: no running event loop")
    expect(figure.locator(".snippet-copy")).not_to_be_visible()
    expect(figure.locator(".snippet-download")).to_be_visible()


def test_without_javascript_nothing_offers_to_search(open_page: Open) -> None:
    page = open_page("404.html", viewport=PHONE, java_script_enabled=False)
    expect(page.get_by_label("Search for a word")).not_to_be_visible()
    expect(page.get_by_role("link", name="Look up an error", exact=True).first).to_be_visible()


def test_the_keyboard_does_not_stop_in_the_closed_search(open_page: Open) -> None:
    page = open_page(ERRORS, viewport=PHONE, reduced_motion="reduce")
    page.locator("label.md-header__button[for=__search]").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.md-search')") is None


@pytest.mark.parametrize("permitted", [True, False], ids=["clipboard", "fallback"])
def test_copy_copies_the_program(open_page: Open, permitted: bool) -> None:
    page = open_page("", viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    if not permitted:
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not permitted')); }")
    button = page.locator(".snippet-copy").first
    button.click()
    expect(button).to_have_text("Copied")
    expect(page.get_by_role("status")).to_have_text("Copied")
    program = (site_build.ROOT / "snippets" / "start" / "concurrent_calls.py").read_text(encoding="utf-8")
    assert page.evaluate("navigator.clipboard.readText()") == program
    expect(button).to_have_text("Copy")


def test_download_is_the_program(open_page: Open) -> None:
    page = open_page("", viewport=DESKTOP)
    with page.expect_download() as started:
        page.locator(".snippet-download").first.click()
    assert started.value.suggested_filename == "concurrent_calls.py"
    program = (site_build.ROOT / "snippets" / "start" / "concurrent_calls.py").read_bytes()
    assert Path(started.value.path()).read_bytes() == program


def test_the_keyboard_stops_at_boxes_that_scroll(open_page: Open) -> None:
    boxes = """() => [...document.querySelectorAll(".snippet pre:not([hidden])")]
      .filter((each) => each.checkVisibility())
      .map((each) => [each.scrollWidth > each.clientWidth, each.tabIndex >= 0])"""
    page = open_page(ERRORS, viewport=PHONE)
    stops = []
    for size in (PHONE, DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.wait_for_function(f"({boxes})().every(([scrolls, stops]) => scrolls === stops)")
        stops.append(sum(stop for _, stop in page.evaluate(boxes)))
    assert stops[0] > stops[1]
    assert stops[2] == stops[0]


def test_error_lines_and_marked_lines_are_told_by_more_than_colour(open_page: Open) -> None:
    page = open_page(ERRORS, viewport=DESKTOP)
    mark: dict[str, Any] = page.evaluate(
        """() => {
          const { width, height } = getComputedStyle(document.querySelector(".snippet-error"), "::before");
          return { width: parseFloat(width), height: parseFloat(height) };
        }"""
    )
    assert mark["width"] >= 4
    assert mark["height"] >= 20
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.hll')).borderLeftWidth)") >= 3


def test_the_page_that_is_not_there_searches(open_page: Open) -> None:
    page = open_page("404.html", viewport=DESKTOP)
    page.get_by_label("Search for a word").fill("event loop")
    page.keyboard.press("Enter")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_a_reader_can_choose_dark(open_page: Open) -> None:
    page = open_page("", viewport=DESKTOP, color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator("label[title='Switch to light mode']").click()
    page.locator("label[title='Switch to dark mode']").click()
    page.wait_for_function(f"{background} !== '{light}'")
    page.reload()
    assert page.evaluate(background) != light


def test_dark_from_the_start_also_without_javascript(open_page: Open) -> None:
    page = open_page("", viewport=DESKTOP, color_scheme="dark", java_script_enabled=False)
    dark = page.screenshot()
    page.emulate_media(color_scheme="light")
    assert page.screenshot() != dark
