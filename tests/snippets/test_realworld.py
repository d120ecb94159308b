"""The claims of docs/create/http-calls.md."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import ModuleType

import pytest

from taskbook.result import Result

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


def test_fetch_with_urllib(real: Real) -> None:
    assert lines(real("realworld/fetch_with_urllib")) == ["The page /news", "The page /prices", "1 second"]


def test_cancel_leaves_thread(real: Real) -> None:
    assert lines(real("realworld/cancel_leaves_thread")) == ["task: cancelled", "thread: end", "after asyncio.run()"]
