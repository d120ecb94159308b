"""The rules of the house, for every snippet there is."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from taskbook import snippet
from taskbook.interpreter import SUPPORTED, Interpreter, equip, own
from taskbook.output import settle
from taskbook.recordings import Recordings, same
from taskbook.result import Result
from taskbook.runner import Runner
from tests.conftest import ROOT, play_program

SLUGS = snippet.slugs(ROOT)
SNIPPETS = {slug: snippet.read(ROOT, slug) for slug in SLUGS}
RECORDINGS = Recordings(ROOT)
COMPILING = [slug for slug in SLUGS if SNIPPETS[slug].metadata.compiles]

WIDTH = 72
MOST_LINES = 45
MEDIAN_LINES = 18

BEYOND_THE_CLOCK = re.compile(
    r"\b(threading|to_thread|run_in_executor|Executor|socket|subprocess|open_connection|start_server|httpx|urllib|"
    r"get_event_loop|process_time|time\.sleep|signal|time\.time|getcoroutinelocals|sys\.stdin|asyncio\.Runner\(loop_factory)\b"
)
"""What runs outside the event loop, where a virtual clock cannot follow."""


def lines(slug: str) -> list[str]:
    return [line for line in SNIPPETS[slug].text.splitlines() if line.strip()]


def tree(slug: str) -> ast.Module:
    return ast.parse(SNIPPETS[slug].source, f"snippets/{slug}.py")


def test_there_are_snippets() -> None:
    assert len(SLUGS) >= 10


@pytest.mark.parametrize("slug", SLUGS)
def test_width_and_length(slug: str) -> None:
    wide = [
        f"snippets/{slug}.py:{number} has {len(line)} columns; break it at {WIDTH}"
        for number, line in enumerate(SNIPPETS[slug].text.splitlines(), 1)
        if len(line) > WIDTH
    ]
    assert not wide, "\n".join(wide)
    assert len(lines(slug)) <= MOST_LINES, f"snippets/{slug}.py shows more than one idea; make it two programs"


def test_half_of_them_are_short() -> None:
    assert statistics.median(len(lines(slug)) for slug in SLUGS) <= MEDIAN_LINES


@pytest.mark.parametrize("slug", SLUGS)
def test_names_and_bytes(slug: str) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z][a-z_]*[a-z]", slug), "lower case words joined by underscores, no numbers"
    source = SNIPPETS[slug].source
    assert source.endswith(b"\n")
    assert not source.endswith(b"\n\n")
    assert b"\t" not in source
    assert "import taskbook" not in SNIPPETS[slug].text


@pytest.mark.parametrize("slug", COMPILING)
def test_docstring_is_one_sentence(slug: str) -> None:
    sentence = ast.get_docstring(tree(slug), clean=False)
    assert sentence, f"snippets/{slug}.py:1: begin with a docstring of one sentence"
    assert "\n" not in sentence
    assert len(sentence) <= WIDTH - 6
    assert re.fullmatch(r"\S.*[^.]\.", sentence), "one sentence that ends with a full stop"


def has_no_effect(node: ast.stmt) -> bool:
    """Whether a statement at the top of a module does nothing but define names."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.TypeAlias():  # type: ignore[attr-defined, unused-ignore]
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.ClassDef():
            return all(has_no_effect(each) or isinstance(each, ast.Pass) for each in node.body)
        case ast.Assign(value=value) | ast.AnnAssign(value=value):
            called = [each.func for each in ast.walk(value) if isinstance(each, ast.Call)] if value else []
            quiet = {
                "ContextVar",
                "TypeVar",
                "getLogger",
                "set",
                "dict",
                "list",
                "frozenset",
                "WeakSet",
                "WeakValueDictionary",
            }
            return all(
                (each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "")) in quiet for each in called
            )
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False


if sys.version_info < (3, 12):
    ast.TypeAlias = ast.Import  # type: ignore[attr-defined]


@pytest.mark.parametrize("slug", COMPILING)
def test_importing_has_no_effect(slug: str) -> None:
    body = tree(slug).body
    for node in body:
        assert has_no_effect(node), f"snippets/{slug}.py:{node.lineno} runs when the module is imported"
    assert isinstance(body[-1], ast.If), f"snippets/{slug}.py: end with: if __name__ == '__main__'"


@pytest.mark.parametrize("slug", COMPILING)
def test_the_program_is_main(slug: str) -> None:
    names = [getattr(node, "name", "") for node in tree(slug).body]
    fails = any(result.exit for result in RECORDINGS.all(slug).values())
    assert "main" in names or fails, "only a program that is wrong on purpose may lack main()"


@pytest.mark.parametrize("slug", COMPILING)
def test_imports_only_what_everybody_has_or_what_it_declares(slug: str) -> None:
    declared = {each.name for each in SNIPPETS[slug].metadata.dependencies}
    assert not declared or slug.startswith("realworld/"), "the standard library only, except in snippets/realworld/"
    for node in ast.walk(tree(slug)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else [str(node.module)]
        assert isinstance(node, ast.Import) or not node.level
        for name in names:
            known = name.partition(".")[0] in sys.stdlib_module_names | declared
            assert known, f"snippets/{slug}.py:{node.lineno}: {name} is not in the standard library, nor declared"


def test_exactly_those_wrongly_typed_on_purpose_are_left_out_by_the_type_checker() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    left_out = {path for path in configuration["tool"]["mypy"]["exclude"] if path.startswith("snippets/")}
    on_purpose = {
        f"snippets/{slug}.py"
        for slug, each in SNIPPETS.items()
        if not each.metadata.typed or not each.metadata.compiles
    }
    assert {path.replace("\\.", ".").rstrip("$") for path in left_out} == on_purpose


@pytest.mark.parametrize("slug", SLUGS)
def test_every_supported_python_is_recorded(slug: str) -> None:
    able = [minor for minor in SUPPORTED if SNIPPETS[slug].metadata.requires.contains(f"{minor}.99", prereleases=True)]
    missing = [minor for minor in able if minor not in RECORDINGS.all(slug)]
    assert not missing, f"snippets/{slug}.py: make record, on a machine that has Python {', '.join(missing)}"
    assert sorted(RECORDINGS.all(slug)) == able, f"snippets/{slug}.py: make record"


def test_all_were_recorded_on_the_same_pythons() -> None:
    for minor in SUPPORTED:
        versions = {entries[minor].version for entries in RECORDINGS.entries.values() if minor in entries}
        assert len(versions) <= 1, f"{sorted(versions)}: record all of them again, with the newest: make record"


@cache
def named_in_tests() -> frozenset[str]:
    """What the tests of pages name: every text in them."""
    modules = [path for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__)]
    nodes = [node for path in modules for node in ast.walk(ast.parse(path.read_bytes()))]
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("slug", SLUGS)
def test_what_its_page_claims_is_tested(slug: str) -> None:
    module = f"tests/snippets/test_{slug.partition('/')[0]}.py"
    assert slug in named_in_tests(), f"snippets/{slug}.py: say in {module} what its page claims"


def test_no_recording_is_left_over() -> None:
    assert RECORDINGS.strays(SLUGS) == []
    assert sorted(RECORDINGS.entries) == SLUGS


def with_packages(python: Interpreter) -> Interpreter:
    try:
        return equip(python, ROOT)
    except subprocess.SubprocessError:
        return python  # no network: what needs packages is not run on this Python


@pytest.fixture(scope="module")
def runs(pythons: dict[str, Interpreter]) -> dict[str, dict[str, Result]]:
    """A real run of every snippet on every Python of this machine; what differs, once more, alone."""
    found: dict[str, dict[str, Result]] = {}
    for minor, bare in pythons.items():
        python = with_packages(bare)
        runner = Runner(python)
        able = [each for each in SNIPPETS.values() if not python.lacks(each)]
        results = runner.run(able)
        for each in able:
            recorded = RECORDINGS.get(each.slug, minor)
            if recorded and not same(recorded, results[each.slug]):
                results |= runner.run([each])
        runner.close()
        found[minor] = results
    return found


@pytest.mark.parametrize("minor", SUPPORTED)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_real_run_equals_the_recording(slug: str, minor: str, runs: dict[str, dict[str, Result]]) -> None:
    result = runs.get(minor, {}).get(slug)
    recorded = RECORDINGS.get(slug, minor)
    if result is None or recorded is None:
        pytest.skip(f"Python {minor} is not on this machine, or cannot run it")
    if result.python != recorded.python and not same(result, recorded):
        pytest.skip(f"Python {result.python} prints something else than {recorded.python}, which was recorded")
    assert not result.problem
    assert result.exit == recorded.exit
    assert same(result, recorded), f"{result.output}\n--- recorded:\n{recorded.output}"


@pytest.mark.parametrize("slug", COMPILING)
def test_the_virtual_clock_prints_the_same(slug: str) -> None:
    each = SNIPPETS[slug]
    recorded = RECORDINGS.get(slug, own().minor)
    if own().lacks(each) or recorded is None:
        pytest.skip("not for this Python")
    if recorded.exit or BEYOND_THE_CLOCK.search(each.text):
        pytest.skip("it fails on purpose, or uses what a virtual clock cannot drive")
    played = play_program(each.path)
    if played.errors:
        pytest.skip("it writes to standard error")
    printed = settle(played.output, {f"{own().stdlib}/": "Lib/"}, "")
    if printed != recorded.output and own().version != recorded.python:
        pytest.skip(f"Python {own().version} prints something else than {recorded.python}, which was recorded")
    assert printed == recorded.output
