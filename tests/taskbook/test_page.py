"""Finding the fences of a page."""

from __future__ import annotations

from taskbook.page import Fence, fences


def test_fences_and_their_lines() -> None:
    text = '# T\n\n```snippet highlight="a"\na/b\n```\n\ntext\n~~~ text\nx\n~~~\n'
    assert fences(text) == [Fence(3, 'snippet highlight="a"', "a/b"), Fence(8, "text", "x")]


def test_nested_in_other_blocks() -> None:
    text = "!!! note\n\n    ```snippet\n    a/b\n    ```\n\n> ```snippet\n> a/c\n> ```\n\n- ```snippet\n  a/d\n  ```\n"
    assert [(each.line, each.body) for each in fences(text)] == [(3, "a/b"), (7, "a/c"), (11, "a/d")]


def test_a_fence_inside_a_longer_fence_is_text() -> None:
    text = "````markdown\n```snippet\na/b\n```\n````\n"
    assert fences(text) == [Fence(1, "markdown", "```snippet\na/b\n```")]


def test_a_fence_that_is_not_closed_reaches_to_the_end() -> None:
    assert fences("```snippet\na/b\n\nmore") == [Fence(1, "snippet", "a/b\n\nmore", closed=False)]


def test_code_between_backticks_is_no_fence() -> None:
    assert fences("```code``` in a line\n`` ` `` too\n") == []


def test_a_line_separator_begins_no_line() -> None:
    assert fences("a\u2028b\n\x0c\n~~~\nc\n~~~") == [Fence(3, "", "c")]


def test_languages() -> None:
    headers = ("", "text", "{.text}", "{ .text }", ".text", 'text{hl_lines="1"}', 'text title="x"')
    assert [Fence(1, header, "").language for header in headers] == ["", *["text"] * 6]
    assert Fence(1, 'title="x"', "").language == ""


def test_names() -> None:
    assert [Fence(1, header, "").name for header in ("", "snippet", 'snippet a="b"', "{.snippet}")] == [
        "",
        "snippet",
        "snippet",
        "{.snippet}",
    ]
