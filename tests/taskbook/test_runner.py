"""A run must print what a plain ``python -u FILE`` prints, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from taskbook import child, interpreter, snippet
from taskbook.interpreter import Interpreter
from taskbook.recordings import same
from taskbook.result import Result
from taskbook.runner import FORKED_CPU, Runner, RunnerError
from taskbook.snippet import Metadata, Snippet
from tests.conftest import ROOT
from tests.project import run_plainly

SLUGS = snippet.slugs(ROOT)


def program(text: str, limit: float = 20.0, name: str = "program.py") -> Snippet:
    return Snippet(f"test/{Path(name).stem}", Path(name), text.encode(), Metadata(limit=limit))


@pytest.fixture(scope="module", params=["fork", "start"])
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    if request.param == "fork" and not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    found = Runner(interpreter.own(), fork=request.param == "fork")
    yield found
    found.close()


def run(runner: Runner, text: str, limit: float = 20.0) -> Result:
    return runner.run([program(text, limit)])["test/program"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Every snippet of the site in a plain interpreter, a few at a time."""
    from concurrent.futures import ThreadPoolExecutor

    python = interpreter.own()
    folder = tmp_path_factory.mktemp("plain")
    able = [each for slug in SLUGS if not python.lacks(each := snippet.read(ROOT, slug))]
    with ThreadPoolExecutor(8) as pool:
        results = pool.map(lambda each: run_plainly(each, folder / each.slug.replace("/", "-"), python), able)
    return dict(zip([each.slug for each in able], results, strict=True))


@pytest.fixture(scope="module")
def forked() -> dict[str, Result]:
    """Every snippet of the site, by the runner."""
    python = interpreter.own()
    with closing(Runner(python)) as found:
        return found.run([each for slug in SLUGS if not python.lacks(each := snippet.read(ROOT, slug))])


@pytest.mark.parametrize("slug", SLUGS)
def test_a_fork_equals_a_plain_run(slug: str, plain: dict[str, Result], forked: dict[str, Result]) -> None:
    if slug not in plain:
        pytest.skip(interpreter.own().lacks(snippet.read(ROOT, slug)))
    assert forked[slug].output == plain[slug].output
    assert forked[slug].exit == plain[slug].exit
    assert not forked[slug].problem


ALIKE = {
    "debug mode, which names the frames that created a coroutine": """
import asyncio
async def work(): pass
async def main():
    asyncio.get_running_loop().slow_callback_duration = 60
    work()
asyncio.run(main(), debug=True)
""",
    "a deep recursion": """
def deeper(): deeper()
deeper()
""",
    "an exception while the interpreter ends": """
class Late:
    def __del__(self): raise ValueError("late")
late = Late()
""",
    "a task that fails unseen and is still referred to": """
import asyncio
keep = []
async def bug(): raise ValueError("boom")
async def main():
    keep.append(asyncio.create_task(bug()))
    await asyncio.sleep(0)
asyncio.run(main())
""",
    "a syntax error": "async def main():\n    await\nawait 1\n",
    "a syntax error in its last line": "import asyncio\nasync def main():\n",
    "a syntax error after a warning": "print('\\d')\nasync def\n",
    "an encoding that it is not in": "# coding: ascii\nprint('é')\n",
    "where a coroutine was created": "import tracemalloc\ntracemalloc.start(5)\nasync def work(): pass\nwork()\n",
    "the hook of exceptions": "import sys\nprint(sys.excepthook is sys.__excepthook__)\nsys.stderr.close()\n1 / 0\n",
    "no line feed at the end": "print('end', end='')",
    "what it is": """
import __main__, os, sys
print(sys.argv, __name__, __file__, os.getcwd(), sys.path[0])
print(__main__.__dict__ is globals(), sorted(globals()))
print(sys.orig_argv[1:], sys.stdin.fileno(), os.listdir(), os.open(os.devnull, os.O_RDONLY))
""",
    "its environment": "import os; print(sorted(os.environ.items()))",
    "a warning": "import warnings; warnings.warn('careful')",
    "a logged error": "import logging; logging.error('oh')",
    "an interrupt": "raise KeyboardInterrupt",
    "an exit with a message": "import sys; sys.exit('gone')",
    "atexit and threads": """
import atexit, threading, time
atexit.register(print, 'atexit')
threading.Thread(target=lambda: (time.sleep(.1), print('thread'))).start()
print('main')
""",
    "signals": "import signal; print([signal.getsignal(each) for each in (2, 13, 15, 17)])",
}


@pytest.mark.parametrize("case", ALIKE)
def test_hard_cases_equal_a_plain_run(runner: Runner, case: str, tmp_path: Path) -> None:
    each = program(ALIKE[case])
    plain = run_plainly(each, tmp_path)
    result = runner.run([each])[each.slug]
    assert result.output == plain.output
    assert result.exit == plain.exit


@pytest.mark.parametrize("name", ["asyncio", "json", "types", "random", "ctypes"])
def test_a_program_named_like_a_module_shadows_it(runner: Runner, name: str, tmp_path: Path) -> None:
    each = program("import asyncio\nimport json\nimport random\nprint(asyncio, json, random)\n", name=f"{name}.py")
    plain = run_plainly(each, tmp_path)
    result = runner.run([each])[each.slug]
    assert (result.output, result.exit) == (plain.output, plain.exit)


@pytest.mark.parametrize("fork", [True, False])
def test_what_the_builder_inherited_does_not_matter(fork: bool) -> None:
    text = (
        "import os, signal; print(signal.getsignal(2), signal.getsignal(1), oct(os.umask(0))); os.kill(os.getpid(), 2)"
    )
    before, mask = [(each, signal.getsignal(each)) for each in (signal.SIGINT, signal.SIGHUP)], os.umask(0o077)
    found = Runner(interpreter.own(), fork=fork)
    try:
        for each, _ in before:
            signal.signal(each, signal.SIG_IGN)
        result = run(found, text)
    finally:
        for each, handler in before:
            signal.signal(each, handler)
        os.umask(mask)
        found.close()
    assert result.exit == -signal.SIGINT
    assert result.output.startswith("<built-in function default_int_handler> 0 0o22\n")


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("mkdir ../result.json", ""),
        ("rm ../result.json && mkdir ../result.json", "changed the folder in which its run was written down"),
        ("rm ../result.json && ln -s work/elsewhere ../result.json", "changed the folder in which its run"),
        ("echo '{}' > ../result.json", ""),
        ('rm -rf "$(dirname "$PWD")"', "changed the folder in which its run was written down"),
    ],
)
def test_a_program_that_spoils_the_folder_of_its_run_harms_no_other(command: str, problem: str) -> None:
    text = f"import subprocess; subprocess.run({command!r}, shell=True)"
    with closing(Runner(interpreter.own())) as found:
        results = found.run([program(text), program("print(1)", name="other.py")])
    assert results["test/program"].problem.startswith(problem)
    assert results["test/other"].output == "1\n"


def test_a_folder_that_cannot_be_removed_harms_no_later_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Runner(interpreter.own())) as found:
        with monkeypatch.context() as patch:
            patch.setattr("taskbook.runner.shutil.rmtree", lambda *_, **__: None)
            run(found, "print(1)")
        assert run(found, "print(2)").output == "2\n"


def test_a_program_cannot_be_told_from_an_import_of_its_neighbour(runner: Runner, tmp_path: Path) -> None:
    result = run(runner, "import create_one_task")
    assert "ModuleNotFoundError" in result.output


def test_time_limit(runner: Runner) -> None:
    before = time.monotonic()
    result = run(runner, "import time\nprint('begun')\ntime.sleep(3600)", limit=0.5)
    assert result.problem == "had not ended after 0.5 seconds"
    assert result.output == "begun\n"
    assert time.monotonic() - before < 10


def test_a_program_that_ignores_signals_is_ended(runner: Runner) -> None:
    text = "import signal\nfor each in range(1, 32):\n    try: signal.signal(each, signal.SIG_IGN)\n    except OSError: pass\nwhile 1: pass"
    assert run(runner, text, limit=0.5).problem == "had not ended after 0.5 seconds"


def test_output_limit(runner: Runner) -> None:
    result = run(runner, "while True: print('x' * 1000)")
    assert result.problem == "printed more than 100,000 bytes"
    assert len(result.output) == 100_000


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the kernel tells no limits here")
def test_memory_limit() -> None:
    with closing(Runner(interpreter.own())) as found:
        result = run(found, "held = []\nwhile True: held.append(bytearray(1 << 24))")
    assert result.exit == 1
    assert "MemoryError" in result.output


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a subreaper")
def test_no_process_outlives_its_program() -> None:
    """Not even one in a session of its own that holds the pipe."""
    mark = f"taskbook-orphan-{os.getpid()}"
    text = f"""
import subprocess, sys
code = "import time; time.sleep(600)"
for session in (False, True):
    subprocess.Popen([sys.executable, "-c", code, "{mark}"], start_new_session=session)
subprocess.run([sys.executable, "-c",
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', " + repr(code) + ", '{mark}'], start_new_session=True)"])
print("parent ends")
"""
    with closing(Runner(interpreter.own())) as found:
        before = time.monotonic()
        result = run(found, text)
        assert result.output == "parent ends\n"
        assert time.monotonic() - before < 10
        assert not _processes(mark)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_nothing_is_left_when_the_runner_closes_in_the_middle() -> None:
    mark = f"taskbook-middle-{os.getpid()}"
    found = Runner(interpreter.own())
    text = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(600)', '{mark}'], start_new_session=True)"
    failure = []

    def in_thread() -> None:
        try:
            run(found, text)
        except Exception as error:
            failure.append(str(error))

    thread = threading.Thread(target=in_thread)
    thread.start()
    deadline = time.monotonic() + 10
    while not _processes(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found._server
    folder = found._server.folder
    found._server.end()
    thread.join(10)
    assert failure, "a run that was cut off must not look like a result"
    assert not _processes(mark)
    assert not folder.exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("signal_name", ["KILL", "STOP"])
def test_a_program_that_ends_its_watcher_costs_no_other_result(signal_name: str) -> None:
    text = f"import subprocess; subprocess.run(['sh', '-c', 'kill -{signal_name} $(cut -d\" \" -f4 /proc/$PPID/stat)'])"
    with closing(Runner(interpreter.own())) as found:
        results = found.run([program(text, limit=0.5), program("print(1)", name="other.py")])
    assert results["test/program"].problem == "killed or stopped the process that watched it"
    assert results["test/other"].output == "1\n"


def test_a_server_that_was_killed_is_replaced() -> None:
    with closing(Runner(interpreter.own())) as found:
        run(found, "print(1)")
        assert found._server
        first = found._server
        first._process.kill()
        first._process.wait()
        assert run(found, "print(2)").output == "2\n"
        assert not first.folder.exists()


def test_a_server_that_is_killed_while_it_runs_is_an_error_and_the_next_run_is_whole() -> None:
    with closing(Runner(interpreter.own())) as found:
        run(found, "print(1)")
        assert found._server
        first = found._server
        threading.Timer(0.5, first._process.kill).start()
        with pytest.raises(RunnerError, match="it ended without a word"):
            run(found, "import time; time.sleep(60)")
        assert not first.folder.exists()
        assert run(found, "print(2)").output == "2\n"


def _processes(mark: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes().split(b"\0"):
                found.append(path.parent.name)
        except OSError:
            pass
    return found


REFUSED = {
    "writes to a file elsewhere": ("open('{there}/new', 'w')", "tried to write to {there}/new"),
    "appends by descriptor": ("import os; os.open('{there}/new', os.O_WRONLY | os.O_CREAT)", "tried to write to"),
    "removes a file elsewhere": ("import os; os.remove('{there}/kept')", "tried to change {there}/kept"),
    "renames a file elsewhere": ("import os; os.rename('{there}/kept', 'here')", "tried to change"),
    "makes a folder elsewhere": ("import os; os.mkdir('{there}/new')", "tried to change"),
    "removes a tree elsewhere": ("import shutil; shutil.rmtree('{there}')", "tried to change"),
    "writes through a link": ("import os; os.symlink('{there}/kept', 'link'); open('link', 'w')", "tried to write to"),
    "goes up": ("open('../../../new', 'w')", "tried to write to"),
    "changes its own program": ("open(__file__, 'a').write('print(1)')", "tried to write to"),
    "swallows the refusal": ("try: open('{there}/new', 'w')\nexcept OSError: print('fine')", "tried to write to"),
    "connects elsewhere": ("import socket; socket.create_connection(('192.0.2.1', 80), 1)", "192.0.2.1"),
    "looks a name up": ("import socket; socket.getaddrinfo('example.org', 80)", "tried to look up example.org"),
    "sends a datagram": (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
        "tried to send to 192.0.2.1",
    ),
    "listens on every address": ("import socket; socket.socket().bind(('', 0))", "tried to bind to every address"),
    "listens on 0.0.0.0": ("import socket; socket.socket().bind(('0.0.0.0', 0))", "tried to bind to 0.0.0.0"),
    "signals its parent": ("import os, signal; os.kill(os.getppid(), signal.SIGKILL)", "tried to signal process"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_program_must_not_do(runner: Runner, case: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "kept").write_text("as it was")
    text, expected = (each.format(there=there) for each in REFUSED[case])
    result = run(runner, text)
    assert expected in result.problem
    assert [path.name for path in there.iterdir()] == ["kept"]
    assert (there / "kept").read_text() == "as it was"


ALLOWED = {
    "files in its folder": "open('new', 'w').write('x')\nimport os; os.rename('new', 'old'); os.remove('old'); print(os.listdir())",
    "temporary files": "import tempfile\nwith tempfile.TemporaryDirectory() as f, tempfile.TemporaryFile() as g: g.write(b'x'); print('written')",
    "the null device": "print('x', file=open('/dev/null', 'w')) or print('written')",
    "loopback": (
        "import asyncio\n"
        "async def main():\n"
        "    server = await asyncio.start_server(lambda r, w: w.close(), 'localhost', 0)\n"
        "    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])\n"
        "    print(await reader.read()); writer.close(); server.close()\n"
        "asyncio.run(main())"
    ),
    "a socket with a name in its folder": "import socket; socket.socket(socket.AF_UNIX).bind('here'); print('bound')",
    "its own children": "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE, start_new_session=True); p.kill(); print(p.wait())",
    "itself": "import os, signal; signal.signal(signal.SIGUSR1, lambda *a: print('got it')); os.kill(os.getpid(), signal.SIGUSR1)",
    "processes of a pool": (
        "import concurrent.futures, multiprocessing\n"
        "if __name__ == '__main__':\n"
        "    context = multiprocessing.get_context('fork')\n"
        "    with concurrent.futures.ProcessPoolExecutor(2, context) as pool: print(list(pool.map(abs, [-1, 2])))"
    ),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_what_a_program_may_do(runner: Runner, case: str, tmp_path: Path) -> None:
    each = program(ALLOWED[case])
    result = runner.run([each])[each.slug]
    assert not result.problem
    assert result.exit == 0
    assert same(result, run_plainly(each, tmp_path))


OUTSIDE = "import subprocess; print(subprocess.run(['python3', '-c', \"import socket; socket.create_connection(('192.0.2.1', 80), 3)\"], capture_output=True).stderr.decode())"
"""A program whose child, which no audit hook watches, opens a connection to another machine."""


def test_what_a_program_starts_cannot_write_elsewhere_either(tmp_path: Path) -> None:
    """Where the system has namespaces, the guard does not depend on Python."""
    with closing(Runner(interpreter.own())) as found:
        run(found, "import os; os.system('mount')")
        result = run(found, f"import os; print(os.system('touch {tmp_path}/new'))")
        if (tmp_path / "new").exists():
            pytest.skip("this system allows no namespaces")
        assert result.output.splitlines()[-1] != "0"
        assert "Network is unreachable" in run(found, OUTSIDE).output


def test_two_programs_can_listen_on_one_port() -> None:
    """Where the system has namespaces, each program has a loopback of its own."""
    listen = "import socket, time; print(socket.create_server(('127.0.0.1', 8888)).getsockname()); time.sleep(1)"
    with closing(Runner(interpreter.own())) as found:
        found.apart = 0.0
        if "Network is unreachable" not in run(found, OUTSIDE).output:
            pytest.skip("this system allows no namespaces")
        results = found.run([program(listen, name=f"p{number}.py") for number in range(8)])
    assert {result.output for result in results.values()} == {"('127.0.0.1', 8888)\n"}


def test_what_a_program_starts_cannot_reach_its_neighbours() -> None:
    """Where the system has namespaces, a program shares neither a folder to write to nor memory with another."""
    folders = (
        "{each for each in os.listdir('../..') if each.isdigit()} - {os.path.basename(os.path.dirname(os.getcwd()))}"
    )
    hostile = (
        "import os, subprocess, time\ntime.sleep(0.5)\n"
        f"for each in {folders}: subprocess.run(['rm', '-rf', '../../' + each])\n"
        "print(os.listdir('/dev/shm'))"
    )
    peaceful = (
        "import os, subprocess, time\nopen('kept', 'w').close()\nsubprocess.run(['touch', '/dev/shm/kept'])\n"
        "time.sleep(1.5)\nprint(os.listdir(), os.listdir('/dev/shm'))"
    )
    with closing(Runner(interpreter.own())) as found:
        if "Network is unreachable" not in run(found, OUTSIDE).output:
            pytest.skip("this system allows no namespaces")
        results = found.run([program(peaceful, name="peaceful.py"), program(hostile, name="hostile.py")])
    assert results["test/peaceful"].output == "['kept'] ['kept']\n"
    assert "Read-only file system" in results["test/hostile"].output
    assert results["test/hostile"].output.endswith("[]\n")


def test_results_do_not_depend_on_neighbours(runner: Runner) -> None:
    """A variable, a file or a module that one program leaves is not there for the next."""
    leave = "import builtins, os, sys; builtins.left = 1; os.environ['LEFT'] = '1'; open('left', 'w'); sys.modules['left'] = sys; print('left')"
    find = "import builtins, os, sys; print(hasattr(builtins, 'left'), 'LEFT' in os.environ, os.listdir(), 'left' in sys.modules)"
    programs = [program(leave, name="leave.py"), program(find, name="find.py")]
    for _ in range(2):
        results = runner.run(programs)
        assert results["test/find"].output == "False False [] False\n"


def test_exit_status_is_kept(runner: Runner) -> None:
    endings = {
        "import os; os._exit(7)": 7,
        "import sys; sys.exit(3)": 3,
        "import os; os.kill(os.getpid(), 9)": -9,
        "pass": 0,
    }
    for text, status in endings.items():
        assert run(runner, text).exit == status


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "import sys; sys.stdout.buffer.write(b'one\\n\\xff\\n')",
            r"printed bytes that are not UTF-8 (b'\xff' in line 2)",
        ),
        ("print('a\\x1b[1m')", "printed the control character U+001B in line 1, which no page can show"),
        ("print('\\n\\0')", "printed the control character U+0000 in line 2, which no page can show"),
    ],
)
def test_output_that_no_page_can_show(runner: Runner, text: str, problem: str) -> None:
    assert run(runner, text).problem == problem


def test_progress_counts_up(runner: Runner) -> None:
    seen: list[tuple[int, int]] = []
    runner.run([program("pass", name=f"p{number}.py") for number in range(5)], lambda *each: seen.append(each))
    assert seen == [(number, 5) for number in range(1, 6)]


def test_at_most_so_many_run_at_once() -> None:
    text = "import time; print(time.time()); time.sleep(.3); print(time.time())"
    with closing(Runner(interpreter.own(), at_once=2)) as found:
        results = found.run([program(text, name=f"p{number}.py") for number in range(6)])
    spans = [tuple(map(float, result.output.split())) for result in results.values()]
    most = max(sum(start <= moment < end for start, end in spans) for moment, _ in spans)
    assert most == 2


@pytest.mark.parametrize("fork", [True, False])
def test_starts_are_spread_so_that_no_program_waits_for_a_core_when_it_wakes(fork: bool) -> None:
    with closing(Runner(interpreter.own(), fork=fork)) as found:
        found.apart = 0.2
        start = time.monotonic()
        found.run([program("pass", name=f"p{number}.py") for number in range(5)])
        assert time.monotonic() - start >= 4 * 0.2


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="a process cannot be kept to some cores here")
def test_starts_are_spread_over_the_cores_that_may_be_used() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert Runner(interpreter.own(), fork=True).apart == FORKED_CPU
    finally:
        os.sched_setaffinity(0, before)


def test_a_kernel_that_tells_no_end_is_asked_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = Path(child.__file__).read_text(encoding="utf-8")
    told = "return os.pidfd_open(pid)"
    assert told in text
    untold = tmp_path / "child.py"
    untold.write_text(text.replace(told, "raise OSError(38, 'Function not implemented')"), encoding="utf-8")
    monkeypatch.setattr("taskbook.runner.CHILD", str(untold))
    with closing(Runner(interpreter.own())) as found:
        assert run(found, "import time; time.sleep(0.2); print('end')").output == "end\n"
        assert run(found, "while True: pass", limit=0.5).problem == "had not ended after 0.5 seconds"


def test_every_python_equals_its_plain_run(pythons: dict[str, Interpreter], tmp_path: Path) -> None:
    for python in pythons.values():
        programs = [program(text, name=f"p{number}.py") for number, text in enumerate(ALIKE.values())]
        with closing(Runner(python)) as found:
            results = found.run(programs)
        for each in programs:
            plain = run_plainly(each, tmp_path, python)
            assert (results[each.slug].output, results[each.slug].exit) == (plain.output, plain.exit), python.version


def test_the_line_ends_of_windows_are_not_shown(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taskbook.runner.LINE_END", b"\r\n")
    text = "import sys\nsys.stdout.reconfigure(newline='\\r\\n')\nprint('one')\nprint('two\\r\\n')\n"
    assert run(runner, text).output == "one\ntwo\r\n\n"
