"""The pictures in docs/assets/pictures/ show the moments of the runs that they stand for."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from tests.conftest import ROOT, Played

Play = Callable[[str], Played]
Bars = dict[str, list[tuple[float, float]]]

PICTURES = sorted(path.stem for path in (ROOT / "docs/assets/pictures").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
SMALLEST_TEXT = 11
"""Pixels, on a screen of 320."""
SMALLEST_SCREEN = 320 - 2 * 16


def waits(run: Played, *lines: str) -> list[tuple[float, float]]:
    """The waits between the start of the run and some of its lines."""
    return list(pairwise([0.0, *(run.at(line) for line in lines)]))


def fetches(run: Played) -> Bars:
    """Where both ends are printed."""
    return {
        f"fetch {name}": [(run.at(f"fetch {name}: start"), run.at(f"fetch {name}: end"))] for name in ("prices", "news")
    }


def sequential(play: Play) -> tuple[Played, Bars]:
    run = play("start/sequential_calls")
    return run, {"main": waits(run, "main: got prices", "main: got news"), **fetches(run)}


def concurrent(play: Play) -> tuple[Played, Bars]:
    run = play("start/concurrent_calls")
    assert run.at("main: got news") == run.at("main: got prices"), "main waits once"
    return run, {"main": waits(run, "main: got prices"), **fetches(run)}


def progress(play: Play) -> tuple[Played, Bars]:
    run = play("start/progress_while_waiting")
    reports = [round(at, 2) for line, at in zip(run.lines, run.moments, strict=True) if line == "still waiting"]
    return run, {
        "main": waits(run, "main: got prices"),
        "fetch prices": waits(run, "fetch prices: end"),
        "fetch news": waits(run, "fetch news: end"),
        "report": list(pairwise([0.0, *reports, run.seconds])),
    }


RUNS = {"sequential": sequential, "concurrent": concurrent, "progress": progress}


def drawing(name: str) -> ET.Element:
    return ET.parse(ROOT / f"docs/assets/pictures/{name}.svg").getroot()


def marks(root: ET.Element, kind: str) -> Iterator[ET.Element]:
    return (each for each in root.iter(f"{SVG}rect") if each.get("class") == kind and "data-task" in each.attrib)


def number(element: ET.Element, attribute: str) -> float:
    return float(element.attrib[attribute])


@pytest.mark.parametrize("name", RUNS)
def test_bars_are_the_waits_of_the_run(play: Play, name: str) -> None:
    run, expected = RUNS[name](play)
    root = drawing(name)
    drawn: Bars = {}
    for bar in marks(root, "wait"):
        drawn.setdefault(bar.attrib["data-task"], []).append((number(bar, "data-from"), number(bar, "data-to")))
    assert drawn == expected
    instants: dict[str, list[float]] = {}
    for tick in marks(root, "run"):
        instants.setdefault(tick.attrib["data-task"], []).append(number(tick, "data-at"))
    ends = {task: sorted({moment for bar in bars for moment in bar}) for task, bars in expected.items()}
    assert instants == ends, "a task runs where a wait begins or ends"
    assert f"{run.seconds:g} seconds" in root.findtext(f"{SVG}title", "")


@pytest.mark.parametrize("name", RUNS)
def test_bars_are_drawn_to_scale(name: str) -> None:
    root = drawing(name)
    zero, scale = number(root, "data-zero"), number(root, "data-scale")
    for bar in marks(root, "wait"):
        start, end = number(bar, "data-from"), number(bar, "data-to")
        assert number(bar, "x") == pytest.approx(zero + scale * start)
        assert number(bar, "width") == pytest.approx(scale * (end - start))
    for tick in marks(root, "run"):
        assert number(tick, "x") + number(tick, "width") / 2 == pytest.approx(zero + scale * number(tick, "data-at"))
    seconds = [line for line in root.iter(f"{SVG}line") if line.get("class") == "second"]
    assert [number(line, "x1") for line in seconds] == [zero + scale * second for second in range(len(seconds))]
    labels = [text for text in root.iter(f"{SVG}text") if re.fullmatch(r"\d+( s)?", text.text or "")]
    assert [(number(text, "x"), int((text.text or "").split()[0])) for text in labels] == [
        (number(line, "x1"), second) for second, line in enumerate(seconds)
    ]


@pytest.mark.parametrize("name", RUNS)
def test_each_lane_is_named_beside_its_marks(name: str) -> None:
    root = drawing(name)
    names = {text.text: number(text, "y") for text in root.iter(f"{SVG}text")}
    for mark in (*marks(root, "wait"), *marks(root, "run")):
        middle = number(mark, "y") + number(mark, "height") / 2
        assert abs(names[mark.attrib["data-task"]] - middle) < 8


@pytest.mark.parametrize(("name", "lanes"), [("sequential", [3]), ("concurrent", [1, 1, 1]), ("progress", [1] * 4)])
def test_a_band_holds_the_lanes_of_one_task(name: str, lanes: list[int]) -> None:
    root = drawing(name)
    tops = {mark.attrib["data-task"]: number(mark, "y") for mark in marks(root, "wait")}
    *bands, _legend = (each for each in root.iter(f"{SVG}rect") if each.get("class") == "task")
    held = [sum(0 < top - number(band, "y") < number(band, "height") for top in tops.values()) for band in bands]
    assert held == lanes


@pytest.mark.parametrize("name", PICTURES)
def test_picture_can_be_read(name: str) -> None:
    assert name in RUNS, "no run is compared with this picture"
    root = drawing(name)
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert all(child.text for child in root[:2])
    style = root.findtext(f"{SVG}style", "")
    assert "prefers-color-scheme: dark" in style
    size = re.search(r"font: (\d+)px", style)
    assert size
    width = float(root.attrib["viewBox"].split()[2])
    assert int(size[1]) * SMALLEST_SCREEN / width >= SMALLEST_TEXT
    uses = [
        use
        for page in (ROOT / "docs").rglob("*.md")
        for use in re.findall(rf"!\[([^\]]*)\]\([./]*/assets/pictures/{name}\.svg\)", page.read_text(encoding="utf-8"))
    ]
    assert uses
    assert all(len(use) > 60 for use in uses), "whoever cannot see the picture reads what it shows"
    moments = {number(bar, end) for bar in marks(root, "wait") for end in ("data-from", "data-to")}
    moments.add(sum(line.get("class") == "second" for line in root.iter(f"{SVG}line")) - 1)
    for text in (*uses, root.findtext(f"{SVG}desc", "")):
        assert {float(moment) for moment in re.findall(r"\d+(?:\.\d+)?", text)} == moments
