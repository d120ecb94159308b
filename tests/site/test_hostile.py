"""Hostile snippets and fences, built into a site.

Each either fails the build, with a sentence that names page, snippet and what
it did, or stands on its page exactly as a plain run prints it. Either way
nothing else on the site, no file outside and no later build is touched.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.project import GOOD, ONLY_THIS_PYTHON, Project, plainly

LIMITED = "# /// script\n# [tool.taskbook]\n# limit = 1\n# ///\n"
SECRET = "a-secret-of-the-builder"
MARK = f"hostile-orphan-{os.getpid()}"

SHOWN = {
    "exit_half_way": "import sys\nprint('before')\nsys.exit(0)\nprint('after')",
    "carriage_return": "print('50 %\\r100 %\\rdone')",
    "tabs_and_blank_lines": "print('\\n\\ta\\n\\n\\n  b  \\n')",
    "prints_nothing": "pass",
    "no_final_line_feed": "print('end', end='')",
    "html": "print('</code></pre></figure><script>alert(1)</script>&amp;<b>')",
    "markdown": "print('# Heading\\n```\\n**bold** [[link]] {{ macro }} --8<-- \\n```')",
    "its_environment": "import os\nprint(sorted(os.environ.items()))",
    "files": "import os\nopen('new', 'w').write('x')\nprint(os.listdir())\nos.remove('new')\nprint(os.listdir())",
    "removes_its_folder": "import os, shutil\nshutil.rmtree(os.getcwd())\nprint(os.path.exists('.'))",
    "daemon_thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\nprint('end')",
    "thread": "import threading, time\nthreading.Thread(target=lambda: (time.sleep(.3), print('late'))).start()\nprint('end')",
    "orphan": f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)', '{MARK}'], start_new_session=True)\nprint('end')",
    "task_names": "import asyncio\nasync def main(): print(asyncio.current_task().get_name())\nasyncio.run(main())",
    "long_line": "print('x' * 50_000)",
    "unicode": "print('…', '‮', '👩‍👩‍👧', 'e\\u0301', '\\u2028', '\\ufeff')",
    "changes_builtins": "import builtins\nbuiltins.print = lambda *each: None\nprint('unseen')",
}
ENDED = {
    "exit_3": ("import sys\nprint('before')\nsys.exit(3)", 3),
    "os_exit_7": ("import os\nprint('before')\nos._exit(7)", 7),
    "reads_stdin": ("input()", 1),
    "closes_stdout": ("import sys\nsys.stdout.close()\nprint('lost')", 1),
    "closes_descriptors": ("import os\nprint('before')\nos.closerange(0, 256)\nprint('after')", 1),
    "kills_itself": ("import os, signal\nprint('before')\nos.kill(os.getpid(), signal.SIGKILL)", -9),
    "cancelled": ("import asyncio\nasync def main(): raise asyncio.CancelledError\nasyncio.run(main())", 1),
    "interrupted": ("raise KeyboardInterrupt", -2),
    "does_not_compile": ("def f(:", 1),
    "aborts": ("import os\nos.abort()", -6),
    "recursion": ("def f(): f()\nf()", 1),
}
FAILING = {
    "infinite_loop": (
        LIMITED + "print('begun')\nwhile True: pass",
        "had not ended after 1 seconds; if only the machine was busy, make clean has it run again",
    ),
    "sleeps_for_hours": (LIMITED + "import time\ntime.sleep(9999)", "had not ended after 1 seconds"),
    "ignores_signals": (
        LIMITED + "import signal\nfor each in (1, 2, 15): signal.signal(each, signal.SIG_IGN)\nwhile True: pass",
        "had not ended after 1 seconds",
    ),
    "gigabyte": ("for _ in range(1000): print('x' * 1_000_000)", "printed more than 100,000 bytes"),
    "not_utf8": ("import sys\nsys.stdout.buffer.write(b'caf\\xe9')", "printed bytes that are not UTF-8"),
    "control_characters": ("print('\\x1b[31mred\\x1b[0m')", "printed the control character U+001B"),
    "writes_outside": ("open('{outside}/new', 'w')", "tried to write to"),
    "deletes_outside": ("import os\nos.remove('{outside}/kept')", "tried to change"),
    "writes_the_site": ("open('{root}/site/index.html', 'w')", "tried to write to"),
    "writes_a_neighbour": ("open('{root}/snippets/good/program.py', 'w')", "tried to write to"),
    "connects_outside": ("import socket\nsocket.create_connection(('192.0.2.1', 80))", "tried to connect to 192.0.2.1"),
    "looks_up_a_name": ("import socket\nsocket.gethostbyname('example.org')", "tried to look up example.org"),
    "allocates": ("held = []\nwhile True: held.append(bytearray(1 << 24))", "ended with exit status 1"),
    "kills_its_watcher": ("import os\nos.kill(os.getppid(), 9)", "tried to signal process"),
    "grandchild_loops": (
        LIMITED + "import os\nif os.fork():\n    os.wait()\nelse:\n    while True: pass",
        "had not ended after 1 seconds",
    ),
}
RANDOM = "import random\nprint(random.SystemRandom().random())"
FENCES = {
    "misspelt": ("```snipet\ngood/program\n```", "the fence is called 'snipet'; did you mean snippet?"),
    "braces": ("```{.snippet}\ngood/program\n```", "the fence is called '{.snippet}'; write snippet without braces"),
    "braces_and_option": (
        '```{.snippet returncode="0"}\ngood/program\n```',
        "the fence is called '{.snippet'; write snippet without braces",
    ),
    "capital": ("```Snippet\ngood/program\n```", "the fence is called 'Snippet'; did you mean snippet?"),
    "no_name": ("```\ngood/program\n```", "the fence is called ''; did you mean snippet?"),
    "python_name": ("```python\ngood/program\n```", "the fence is called 'python'; did you mean snippet?"),
    "no_quotes": ("```snippet returncode=1\ngood/program\n```", "the options 'returncode=1' cannot be read"),
    "half_quotes": ('```snippet highlight="print\ngood/program\n```', "cannot be read"),
    "unknown_option": (
        '```snippet returncde="1"\ngood/program\n```',
        "unknown option 'returncde'; did you mean returncode?",
    ),
    "markdown_exec_option": ('```snippet exec="on"\ngood/program\n```', "unknown option 'exec'; a snippet fence takes"),
    "no_number": ('```snippet returncode="one"\ngood/program\n```', 'returncode="one" is not a number'),
    "wrong_code": (
        '```snippet returncode="1"\ngood/program\n```',
        "ended with exit status 0; the fence says that it fails",
    ),
    "no_such_text": ("```snippet highlight=\"prnt('all is well')\"\ngood/program\n```", "did you mean"),
    "no_such_name": (
        '```snippet highlight="asyncoi"\ngood/program\n```',
        "contains 'asyncoi', which highlight asks for; did you mean 'asyncio'?",
    ),
    "empty_highlight": ("```snippet highlight\ngood/program\n```", "highlight needs the text"),
    "missing": (
        "```snippet\ngood/programm\n```",
        "there is no file snippets/good/programm.py; did you mean good/program?",
    ),
    "dots": ("```snippet\n../good/program\n```", "'../good/program' is not a slug"),
    "deep_dots": ("```snippet\ngood/../../outside/kept\n```", "is not a slug"),
    "absolute": ("```snippet\n/etc/passwd\n```", "is not a slug"),
    "with_ending": ("```snippet\ngood/program.py\n```", "did you mean good/program?"),
    "with_folder": ("```snippet\nsnippets/good/program\n```", "did you mean good/program?"),
    "empty": ("```snippet\n```", "the fence is empty"),
    "two": ("```snippet\ngood/program\ngood/program\n```", "the fence holds 2 lines; write one slug in each fence"),
    "link": ("```snippet\ngood/link\n```", "is a link that leaves snippets/"),
    "not_closed": ("```snippet\ngood/program", "this fence is not closed"),
    "reaches_the_next": (
        "```snippet\ngood/program\n\nText.\n\n```snippet\ngood/program\n```",
        "the fence holds 6 lines; write one slug in each fence, and close it on the next line",
    ),
    "typed_output": ("```text\nall is well\n```", "could hold an output typed by hand"),
    "typed_program": ("```python\nprint(1)\n```", "a program that nothing runs"),
    "typed_log": ("```log\nall is well\n```", "could hold an output typed by hand"),
    "typed_session": ("```shell-session\n$ python x.py\nall is well\n```", "could hold an output typed by hand"),
    "typed_title": ('```title="Output"\nall is well\n```', "could hold an output typed by hand"),
    "typed_lines": ('```text{hl_lines="1"}\nall is well\n```', "could hold an output typed by hand"),
    "typed_py3": ("```py3\nprint(1)\n```", "a program that nothing runs"),
    "not_run": ('```python exec="off"\nprint(1)\n```', "a program that nothing runs"),
    "spaced_braces": ("``` { .snippet }\ngood/program\n```", "the fence is called '{'; write snippet without braces"),
    "indented": ("Text\n\n    ```snippet\n    good/program\n    ```", "became"),
}


@dataclass(frozen=True)
class Built:
    """A site with all of these on it, and what its build and check said."""

    project: Project
    outside: Path
    build: subprocess.CompletedProcess[str]
    check: subprocess.CompletedProcess[str]
    left: list[bytes]

    def problems(self, page: str) -> list[str]:
        """The check's problems that name a page."""
        return [each for each in self.check.stderr.split("\nproblem: ") if f"docs/{page}.md" in each]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    base = tmp_path_factory.mktemp("hostile")
    outside = base / "outside"
    outside.mkdir()
    (outside / "kept").write_text("as it was")
    (outside / "kept.py").write_text("print('kept')")
    project = Project.make(base / "a book")
    for name, text in SHOWN.items():
        project.snippet(f"shown/{name}", text)
        project.page(f"shown_{name}.md", f"# Page\n\n```snippet\nshown/{name}\n```\n")
    for name, (text, status) in ENDED.items():
        project.snippet(f"ended/{name}", text)
        project.page(f"ended_{name}.md", f"# Page\n\n```snippet\nended/{name}\n```\n")
        project.page(f"said_{name}.md", f'# Page\n\n```snippet returncode="{status}"\nended/{name}\n```\n')
    assert project.record().returncode == 0
    for name, (text, _) in FAILING.items():
        project.snippet(f"failing/{name}", text.replace("{outside}", str(outside)).replace("{root}", str(project.root)))
        project.page(f"failing_{name}.md", f"# Page\n\nText.\n\n```snippet\nfailing/{name}\n```\n")
    project.snippet("failing/chance", RANDOM)
    project.page("failing_chance.md", "# Page\n\n```snippet\nfailing/chance\n```\n")
    (project.root / "snippets/good/link.py").symlink_to(outside / "kept.py")
    for name, (text, _) in FENCES.items():
        project.page(f"fence_{name}.md", f"# Page\n\nText.\n\n{text}\n")
    build = project.build(SECRET=SECRET, PYTHONASYNCIODEBUG="1", PYTHONWARNINGS="error::ResourceWarning")
    left = [line for line in _command_lines() if MARK.encode() in line]
    return Built(project, outside, build, project.check(), left)


def _command_lines() -> Iterator[bytes]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield path.read_bytes()


def test_the_build_finishes_and_the_gate_fails(built: Built) -> None:
    assert built.build.returncode == 0, built.build.stderr
    assert built.check.returncode == 1


def test_the_good_page_is_not_touched(built: Built, tmp_path: Path) -> None:
    figure = built.project.figure("index.md", "good/program")
    result = figure.select_one(".snippet-result")
    assert result
    assert result.get_text() == "all is well"
    assert not built.problems("index")
    assert (built.project.root / "snippets/good/program.py").read_text() == GOOD


@pytest.mark.parametrize("name", [*SHOWN, *ENDED])
def test_shown_exactly_as_a_plain_run_prints_it(built: Built, name: str, tmp_path: Path) -> None:
    kind, page = ("shown", f"shown_{name}.md") if name in SHOWN else ("ended", f"said_{name}.md")
    plain = plainly(built.project, f"{kind}/{name}", tmp_path)
    figure = built.project.figure(page, f"{kind}/{name}")
    result, program = figure.select_one(".snippet-result"), figure.select_one(".snippet-program")
    assert result
    assert program
    assert result.get_text() == plain.output.removesuffix("\n")
    assert figure["data-exit"] == str(plain.exit)
    assert program.get_text() == built.project.root.joinpath(f"snippets/{kind}/{name}.py").read_text()
    assert not built.problems(page.removesuffix(".md"))
    assert not figure.find("script")


@pytest.mark.parametrize("name", ENDED)
def test_an_unexpected_end_fails_the_build(built: Built, name: str) -> None:
    status = ENDED[name][1]
    how = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
    (problem,) = built.problems(f"ended_{name}")
    assert problem.startswith(f"docs/ended_{name}.md:3: snippets/ended/{name}.py ended with {how}; ")
    assert f'write returncode="{status}"' in problem


@pytest.mark.parametrize("name", FAILING)
def test_what_it_did_fails_the_build(built: Built, name: str) -> None:
    problems = [each for each in built.problems(f"failing_{name}") if ".md:" in each]
    assert len(problems) == 1
    assert problems[0].startswith(f"docs/failing_{name}.md:5: snippets/failing/{name}.py {FAILING[name][1]}")


def test_random_output_cannot_be_recorded(built: Built) -> None:
    (problem,) = built.problems("failing_chance")
    assert "no recording" in problem
    done = built.project.run("taskbook", "record", "failing/chance", **ONLY_THIS_PYTHON)
    assert done.returncode == 1
    assert "failing/chance.py on Python" in done.stderr
    assert "does not print the same twice" in done.stderr


@pytest.mark.parametrize("name", FENCES)
def test_a_bad_fence_fails_the_build(built: Built, name: str) -> None:
    if name == "not_closed":
        # superfences leaves it as text, CommonMark would close it at the end: the gate must see it.
        assert built.problems("fence_not_closed")
        return
    expected = FENCES[name][1]
    problems = [each for each in built.problems(f"fence_{name}") if expected in each]
    assert problems, built.problems(f"fence_{name}")
    line = 7 if name == "indented" else 5
    assert any(
        re.match(rf"(problem: )?docs/fence_{name}\.md:{line}: |docs/fence_indented\.md: ", each) for each in problems
    )


def test_no_variable_of_the_builder_reaches_a_page(built: Built) -> None:
    for path in (built.project.root / "site").rglob("*.html"):
        assert SECRET not in path.read_text(), path
    environment = built.project.figure("shown_its_environment.md", "shown/its_environment").get_text()
    assert "ASYNCIODEBUG" not in environment


def test_no_file_outside_is_touched(built: Built) -> None:
    assert sorted(path.name for path in built.outside.iterdir()) == ["kept", "kept.py"]
    assert (built.outside / "kept").read_text() == "as it was"


def test_no_process_is_left(built: Built) -> None:
    assert not built.left


def test_a_second_build_gives_the_same_pages_and_runs_nothing(built: Built) -> None:
    site = built.project.root / "site"
    before = {path: path.read_bytes() for path in site.rglob("*.html")}
    start = time.monotonic()
    again = built.project.build()
    assert "ran" not in again.stderr, "failures are kept as well: a program that hangs costs its limit once"
    assert time.monotonic() - start < 30
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == before


def test_a_mended_snippet_mends_its_page(built: Built, tmp_path: Path) -> None:
    project = Project.make(tmp_path / "mended")
    project.snippet("good/program", GOOD.replace("asyncio.run(main())", "main("))
    project.build()
    assert project.figure("index.md", "good/program").select_one(".snippet-problem")
    project.snippet("good/program", GOOD)
    project.build()
    assert project.record().returncode == 0
    project.build()
    done = project.check()
    assert done.returncode == 0, done.stderr
    assert done.stdout == "checked 1 pages with 1 snippets: no problem\n"
