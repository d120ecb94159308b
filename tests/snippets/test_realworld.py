"""The claims of docs/create/http-calls.md."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import pytest

from taskbook.result import Result
from tests.conftest import ROOT

Real = Callable[[str], Result]
Load = Callable[[str], ModuleType]


def lines(result: Result) -> list[str]:
    """What a program printed, which must have ended well."""
    assert result.exit == 0
    assert not result.problem
    return result.output.splitlines()


def test_fetch_two_titles(real: Real) -> None:
    assert lines(real("realworld/fetch_two_titles")) == ["The page /news", "The page /prices", "1 second"]


def test_fetch_one_by_one(real: Real) -> None:
    assert lines(real("realworld/fetch_one_by_one")) == ["The page /news", "The page /prices", "2 seconds"]


def test_title_of_any_page(load: Load) -> None:
    pytest.importorskip("httpx")
    module = load("realworld/fetch_two_titles")

    class Response:
        text = "<!doctype html><html><head><title>Tasks</title></head></html>"

    class Client:
        async def get(self, path: str) -> Response:
            return Response()

    assert asyncio.run(module.fetch_title(Client(), "/")) == "Tasks"


def test_catch_per_request(real: Real) -> None:
    assert lines(real("realworld/catch_per_request")) == [
        "/missing: status 404",
        "/slow: ReadTimeout",
        "/news: nothing new",
    ]


def test_share_one_client(real: Real) -> None:
    assert lines(real("realworld/share_one_client")) == ["a client each: 6 connections", "one client: 2 connections"]


def test_httpx_defaults() -> None:
    httpx = pytest.importorskip("httpx")
    assert httpx.AsyncClient().timeout == httpx.Timeout(5)
    assert httpx._config.DEFAULT_LIMITS.max_connections == 100
    assert httpx._config.DEFAULT_LIMITS.keepalive_expiry == 5
    assert not httpx.AsyncClient().follow_redirects
    assert not issubclass(httpx.TimeoutException, TimeoutError)


def test_the_page_names_the_version_that_is_locked() -> None:
    page = (ROOT / "docs" / "create" / "http-calls.md").read_text(encoding="utf-8")
    lock = (ROOT / "requirements-snippets.txt").read_text(encoding="utf-8")
    version = re.search(r"^httpx==(\S+)", lock, re.MULTILINE)
    assert version
    assert f"with httpx {version[1]}." in page


def test_httpx_errors() -> None:
    httpx = pytest.importorskip("httpx")
    for error in (httpx.TimeoutException, httpx.HTTPStatusError, httpx.ConnectError, httpx.PoolTimeout):
        assert issubclass(error, httpx.HTTPError)
    moved = httpx.Response(301, request=httpx.Request("GET", "http://127.0.0.1"))
    with pytest.raises(httpx.HTTPStatusError):
        moved.raise_for_status()


def test_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    for processors, threads in ((2, 6), (1000, 32)):
        monkeypatch.setattr("os.cpu_count", lambda count=processors: count)
        monkeypatch.setattr("os.process_cpu_count", lambda count=processors: count, raising=False)
        assert ThreadPoolExecutor()._max_workers == threads


def test_fetch_with_urllib(real: Real) -> None:
    assert lines(real("realworld/fetch_with_urllib")) == ["The page /news", "The page /prices", "1 second"]


def test_cancel_leaves_thread(real: Real) -> None:
    assert lines(real("realworld/cancel_leaves_thread")) == ["task: cancelled", "thread: end", "after asyncio.run()"]
