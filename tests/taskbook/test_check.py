"""The gate: what it finds beside what is wrong in a fence (see tests/site/test_hostile.py)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from taskbook.check import Findings, _page, check
from taskbook.interpreter import SUPPORTED, own
from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.project import Project


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.make(tmp_path_factory.mktemp("checked"))
    assert project.record().returncode == 0
    project.page("nested.md", NESTED)
    assert project.build().returncode == 0
    return project


NESTED = """\
# Nested

!!! note

    ```snippet
    good/program
    ```

=== "Tab"

    ~~~snippet highlight="print"
    good/program
    ~~~

- item

    ````snippet
    good/program
    ````
"""


@pytest.fixture
def project(template: Project, tmp_path: Path) -> Project:
    import shutil

    shutil.copytree(template.root, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


def found(project: Project) -> list[str]:
    return check(project.root, project.root / "site").problems


def test_a_good_site_passes(project: Project) -> None:
    findings = check(project.root, project.root / "site")
    assert findings.problems == []
    assert (findings.pages, findings.figures) == (2, 4)
    others = [minor for minor in SUPPORTED if minor != own().minor]
    assert findings.warnings == [f"snippets/good/program.py: not recorded on Python {', '.join(others)}"]


def test_nested_fences_become_figures_with_ids_of_their_own(project: Project) -> None:
    ids = [figure["id"] for figure in project.html("nested.md").select("figure.snippet")]
    assert ids == ["program", "program-2", "program-3"]


def edit_html(project: Project, change: Callable[[str], str]) -> None:
    path = project.root / "site/index.html"
    text = path.read_text()
    assert change(text) != text
    path.write_text(change(text))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "all is well</code>",
            "all is fine</code>",
            "docs/index.md:3: good/program: Python {v} printed something else",
        ),
        ("</span></code>", "</span> </code>", "docs/index.md:3: good/program: the program shown is not snippets/good"),
        ('data-exit="0"', 'data-exit="1"', "docs/index.md:3: good/program: the figure and its result do not agree"),
        ('data-exit="0" tab', 'data-exit="1" tab', "docs/index.md:3: good/program: Python {v} printed something else"),
        (
            "snippet-result",
            "snippet-outcome",
            "docs/index.md:3: good/program: the figure lacks its program or its result",
        ),
        ('class="snippet" id', 'class="other" id', "docs/index.md: 1 snippet fences (lines 3) became 0 figures"),
        ('data-snippet="good/program"', 'data-snippet="good/other"', "docs/index.md: the figures are not those of its"),
        ("<article", '<p id="program"></p><article', "docs/index.md: two elements have the id 'program'"),
        (
            "</article>",
            "<pre><code>good/program</code></pre></article>",
            "the slug good/program stands in a code block",
        ),
        ("</article>", "<p>```snippet good/program```</p></article>", "docs/index.md: a fence was left as text"),
        ("</article>", '<a href="gone/">x</a></article>', "docs/index.md: the link to gone/ leads to no page"),
        (
            "</article>",
            '<a href="nested/#gone">x</a></article>',
            "the link to nested/#gone leads to no heading or snippet",
        ),
        ("</article>", '<a href="#gone">x</a></article>', "the link to #gone leads to no heading or snippet"),
        ("</article>", '<img src="x.png" alt="x"></article>', "docs/index.md: the picture x.png leads to no file"),
        ("</article>", "<p>{root}</p></article>", "docs/index.md: the page contains {root}, a folder of this machine"),
    ],
)
def test_a_page_that_was_changed_fails(project: Project, before: str, after: str, expected: str) -> None:
    after, expected = (
        each.replace("{root}", str(project.root)).replace("{v}", own().version) for each in (after, expected)
    )
    edit_html(project, lambda text: text.replace(before, after, 1))
    assert any(expected in problem for problem in found(project)), found(project)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("´´´snippet\ngood/program\n´´´\n", "docs/odd.md: the slug good/program was left as text"),
        ('Use exec="on" here.\n\n    all is fine\n', "docs/odd.md: 1 blocks of code, but 0 fences for them"),
        ('<img src="gone.png">\n', "docs/odd.md:3: the picture gone.png leads to no file"),
        ("text ```snippet good/program```\n", "docs/odd.md: the fence of good/program was read as code in a line"),
        ("It prints\n\n    all is fine\n", "docs/odd.md: 1 blocks of code, but 0 fences for them"),
        ("<pre>all is fine</pre>\n", "docs/odd.md: 1 blocks of code, but 0 fences for them"),
        (
            '<figure class="snippet" data-snippet="good/program"></figure>\n',
            "docs/odd.md:3: the figure of a snippet, typed by hand",
        ),
        ("all is fine\n{: .snippet-result }\n", "docs/odd.md:4: the figure of a snippet, typed by hand"),
    ],
)
def test_output_typed_by_hand(project: Project, text: str, expected: str) -> None:
    project.page("odd.md", f"# Odd\n\n{text}")
    assert project.build().returncode == 0
    assert any(problem.startswith(expected) for problem in found(project)), found(project)


@pytest.mark.parametrize("suffix", ["markdown", "mdown", "mkdn", "mkd"])
def test_no_kind_of_page_escapes(project: Project, suffix: str) -> None:
    project.page(f"odd.{suffix}", "# Odd\n\n```snippet\nno/such\n```\n")
    project.build()
    assert any("there is no file snippets/no/such.py" in problem for problem in found(project)), found(project)


def test_a_page_of_the_site_that_is_none_of_docs(project: Project) -> None:
    (project.root / "site/gone").mkdir()
    (project.root / "site/gone/index.html").write_bytes((project.root / "site/index.html").read_bytes())
    assert found(project) == [
        "gone/index.html: this page of the site shows snippets, but no page below docs/ became it"
    ]


def test_a_fence_on_the_first_line_after_a_byte_order_mark(project: Project) -> None:
    project.page("odd.md", "\ufeff```snippet\ngood/program\n```\n")
    project.build()
    assert found(project) == []


@pytest.mark.parametrize("text", ["https://docs.python.org/3/", "https://example.org/docs/", "…/docs", "/docs-old"])
def test_a_short_path_of_the_project_is_not_found_in_an_address(tmp_path: Path, text: str) -> None:
    built = tmp_path / "index.html"
    built.write_text(f"<article><p>{text}</p></article>", encoding="utf-8")
    findings = Findings()
    _page("docs/index.md", built, [], Path("/docs"), Recordings(tmp_path), [], findings)
    assert findings.problems == []
    built.write_text("<article><p>in /docs/snippets</p></article>")
    _page("docs/index.md", built, [], Path("/docs"), Recordings(tmp_path), [], findings)
    assert findings.problems == ["docs/index.md: the page contains /docs, a folder of this machine"]


def test_a_comment_is_not_read(project: Project) -> None:
    edit_html(project, lambda text: text.replace("</article>", "<!--\n```\ngood/program\n--></article>"))
    assert found(project) == []


def test_a_snippet_that_no_page_shows(project: Project) -> None:
    project.snippet("good/unseen", "print(1)\n")
    assert found(project) == [
        "snippets/good/unseen.py: no page shows it; add a fence for good/unseen, or remove the file"
    ]


@pytest.mark.parametrize("slug", ["top", "Good/program", "good/Two-Tasks", "good/.#program"])
def test_a_snippet_that_no_fence_can_name(project: Project, slug: str) -> None:
    project.snippet(slug, "print(1)\n")
    (problem,) = found(project)
    assert problem.startswith(f"snippets/{slug}.py: no fence can name it; put it in a folder")


def test_a_snippet_that_is_wrong_is_not_also_called_unseen(project: Project) -> None:
    project.snippet("good/wrong", "print(1)\r\n")
    project.page("wrong.md", "# Wrong\n\n```snippet\ngood/wrong\n```\n")
    project.build()
    (problem,) = found(project)
    assert problem.startswith("docs/wrong.md:3: snippets/good/wrong.py has carriage returns")


def test_a_page_that_cannot_be_read(project: Project) -> None:
    project.write("docs/old.md", "# \xe9".encode("latin-1"))
    (project.root / "docs/folder.md").mkdir()
    assert found(project) == ["docs/old.md: this page is not UTF-8 (byte 2); save it as UTF-8"]


def test_a_snippet_whose_fence_is_wrong_is_not_called_unseen(project: Project) -> None:
    project.snippet("good/program", "raise SystemExit(3)\n")
    project.build()
    assert len(found(project)) == 4
    assert all("ended with exit status 3" in problem for problem in found(project))


def test_a_fence_that_is_not_closed(project: Project) -> None:
    project.page("odd.md", "# Odd\n\n```snippet\ngood/program\n")
    project.build()
    assert found(project)[0].startswith("docs/odd.md:3: this fence is not closed; end it with a line like the one")


def test_what_a_link_or_a_picture_lacks_is_told_with_its_line(project: Project) -> None:
    project.write("docs/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    project.page("odd.md", "# Odd\n\n[x](nested.md#gone)\n\n![](dot.svg)\n\n![A dot](dot.svg)\n\n![x](no.svg)\n")
    project.build()
    assert found(project) == [
        "docs/odd.md:3: the link to ../nested/#gone leads to no heading or snippet of that page",
        "docs/odd.md:5: the picture ../dot.svg lacks a text that says what it shows: ![text](…)",
        "docs/odd.md:9: the picture no.svg leads to no file",
    ]


def test_a_page_that_was_not_built(project: Project) -> None:
    project.page("new.md", "# New\n")
    assert found(project) == ["docs/new.md: the site has no page for it; is it excluded in mkdocs.yml?"]


def test_a_recording_that_nothing_needs(project: Project) -> None:
    project.write("snippets/good/gone.txt", "x")
    assert found(project) == ["snippets/good/gone.txt: no snippet needs this recording; run make record"]


def test_an_index_entry_without_snippet(project: Project) -> None:
    recordings = Recordings(project.root)
    recordings.put("good/gone", {"3.15": Result("3.15.2", 0, "x")})
    recordings.save(["good/gone", "good/program"])
    assert found(project) == [
        "snippets/good/gone.txt: no snippet needs this recording; run make record",
        "snippets/recorded.toml: good/gone is no snippet; run make record",
    ]


def test_another_patch_of_the_same_minor_is_a_warning_that_names_both(project: Project) -> None:
    recordings = Recordings(project.root)
    other = f"{own().minor}.99"
    recordings.put("good/program", {own().minor: Result(other, 0, "something else\n")})
    recordings.save(["good/program"])
    findings = check(project.root, project.root / "site")
    assert findings.problems == []
    expected = (
        f"docs/index.md:3: good/program: Python {own().version} prints something else than {other}, which was recorded"
    )
    (told,) = [warning for warning in findings.warnings if warning.startswith(expected)]
    assert "-something else" in told
    assert "+all is well" in told
    assert project.build().returncode == 0
    figure = project.figure("index.md", "good/program")
    assert "all is well" in figure.get_text(), "the build shows its own run"
    assert f"Python {other}, which was recorded, printed something else." in figure.get_text()


def test_a_snippet_without_recording(project: Project) -> None:
    (project.root / "snippets/recorded.toml").unlink()
    (project.root / "snippets/good/program.txt").unlink()
    problems = found(project)
    assert len(problems) == 4
    assert all(problem.endswith("holds what it shows; run make record") for problem in problems)


def test_what_this_python_cannot_run_is_shown_from_its_recording(project: Project) -> None:
    header = '# /// script\n# requires-python = ">=3.99"\n# ///\n'
    project.snippet("good/future", header + "print('from the future')\n")
    project.page("future.md", "# A page\n\n```snippet\ngood/future\n```\n")
    project.build()
    (problem, *_) = found(project)
    assert "snippets/good/future.py needs Python >=3.99" in problem
    assert "it was never recorded" in problem
    project.snippet("good/future", header.replace("99", "15") + "print('from the future')\n")
    recordings = Recordings(project.root)
    recordings.put("good/future", {"3.15": Result("3.15.9", 0, "from the future\n")})
    recordings.save(["good/program", "good/future"])
    if own().minor == "3.15":
        pytest.skip("this Python is not older")
    project.build()
    assert not found(project)
    figure = project.figure("future.md", "good/future")
    assert figure["data-python"] == "3.15.9"
    assert (
        "Shown from its recording, because the Python that built this page cannot run it: it needs Python >=3.15."
        in figure.get_text()
    )


def test_no_site(project: Project) -> None:
    done = project.run("taskbook", "check", "nowhere")
    assert done.returncode == 2
    assert done.stderr == "taskbook: there is no folder nowhere; build the site first\n"
