"""The workflows on GitHub: pinned, with the least rights, and running what a contributor runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from taskbook.interpreter import SUPPORTED
from tests.conftest import ROOT

FOLDER = ROOT / ".github"
WORKFLOWS = sorted(FOLDER.glob("workflows/*"))
PINNED = re.compile(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def parse(path: Path) -> dict[str, Any]:
    """The file's contents, all scalars as text: YAML would read ``on`` as true and 3.10 as 3.1."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = parse(path)["jobs"]
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def commands(path: Path) -> str:
    return "\n".join(step.get("run", "") for step in steps(path))


TEST, PUBLISH = FOLDER / "workflows/test.yml", FOLDER / "workflows/publish.yml"


def test_these_are_the_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["publish.yml", "test.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
class TestEveryWorkflow:
    def test_every_action_is_pinned_by_its_commit_and_says_its_version(self, path: Path) -> None:
        lines = [line.strip().removeprefix("- ") for line in path.read_text().splitlines() if "uses:" in line]
        assert len(lines) == sum("uses" in step for step in steps(path))
        for line in lines:
            assert PINNED.fullmatch(line), line

    def test_its_rights_are_those_to_read(self, path: Path) -> None:
        assert parse(path)["permissions"] == {"contents": "read"}

    def test_it_starts_on_nothing_that_gives_rights_to_a_stranger(self, path: Path) -> None:
        started_by = set(parse(path)["on"])
        assert started_by <= {"push", "pull_request"}
        assert parse(path)["on"]["push"] == {"branches": ["main"]}

    def test_it_keeps_no_secrets(self, path: Path) -> None:
        assert "secrets" not in path.read_text().replace("there are no secrets", "")
        assert "github.token" not in path.read_text()
        for step in steps(path):
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"

    def test_no_command_contains_what_others_can_write(self, path: Path) -> None:
        assert "${{" not in commands(path), "pass it in env:, where it is a value and not part of the command"

    def test_every_job_ends(self, path: Path) -> None:
        for name, job in jobs(path).items():
            assert 1 <= int(job["timeout-minutes"]) <= 30, name

    def test_no_system_or_python_comes_as_a_surprise(self, path: Path) -> None:
        assert "-latest" not in path.read_text()
        for step in steps(path):
            if "actions/setup-python@" in step.get("uses", ""):
                assert step["with"]["allow-prereleases"] == "false"

    def test_runs_of_the_same_branch_do_not_overtake_each_other(self, path: Path) -> None:
        assert parse(path)["concurrency"]["group"]


def test_a_change_is_tested_on_every_supported_python() -> None:
    matrix = jobs(TEST)["test"]["strategy"]["matrix"]
    assert matrix["python"] == list(SUPPORTED)
    assert matrix["system"] == ["ubuntu-24.04"]
    (other,) = matrix["include"]
    assert other["system"].startswith("macos-")
    assert other["python"] == SUPPORTED[-1]
    assert "pull_request" in parse(TEST)["on"]


def test_the_workflows_run_what_a_contributor_runs() -> None:
    for verb in ("test", "build", "lint"):
        assert re.search(rf"^make {verb} PYTHON=python$", commands(TEST), re.MULTILINE), verb
    assert "make build PYTHON=python" in commands(PUBLISH)
    makefile = (ROOT / "Makefile").read_text()
    for verb in re.findall(r"\bmake (\w+)", commands(TEST) + commands(PUBLISH)):
        assert re.search(rf"^{verb}:", makefile, re.MULTILINE), f"the Makefile has no verb {verb}"


def test_the_site_is_built_by_the_newest_python() -> None:
    for path in (TEST, PUBLISH):
        versions = [step.get("with", {}).get("python-version") for step in jobs(path)["build"]["steps"]]
        assert [version for version in versions if version] == [SUPPORTED[-1]]


def test_only_the_job_that_runs_no_code_of_ours_may_publish() -> None:
    for path in WORKFLOWS:
        for name, job in jobs(path).items():
            rights = job.get("permissions", {})
            if "write" not in rights.values():
                assert set(rights) <= {"contents", "pages"}
                continue
            assert (path, name) == (PUBLISH, "deploy")
            assert rights == {"pages": "write", "id-token": "write"}
            assert job["environment"]["name"] == "github-pages"
            (step,) = job["steps"]
            assert step["uses"].startswith("actions/deploy-pages@")
            assert set(step) == {"id", "uses"}


def test_new_versions_of_actions_and_packages_are_proposed() -> None:
    updates = parse(FOLDER / "dependabot.yml")["updates"]
    known = {each["package-ecosystem"]: each["directory"] for each in updates}
    assert known.keys() >= {"github-actions", "pip"}
    for directory in known.values():
        assert (ROOT / directory.strip("/")).is_dir()


def test_a_reader_can_tell_what_is_wrong() -> None:
    for name in ("unclear", "output"):
        form = parse(FOLDER / f"ISSUE_TEMPLATE/{name}.yml")
        assert form["name"]
        assert form["description"]
        assert [field for field in form["body"] if field["type"] != "markdown"]
    assert parse(FOLDER / "ISSUE_TEMPLATE/config.yml")["blank_issues_enabled"] == "true", "pages link to a blank one"
