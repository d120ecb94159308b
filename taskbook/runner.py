"""Run many programs at once, each in a process of its own.

The programs are not run by this process, which may have threads and holds a
whole site in memory, but by a server of the interpreter under test, started
once and kept for as long as the builder lives: see :mod:`taskbook.child`.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import IO

from taskbook import child, output
from taskbook.interpreter import Interpreter
from taskbook.result import Result
from taskbook.snippet import Snippet

AT_ONCE = 60
"""Programs that run at the same time. On two cores, with starts spread by
:data:`FORKED_CPU`, no duration that a program printed to a tenth of a second
changed; with 64 of them started in a burst, one in seven did."""

FORKED_CPU = 0.025
"""Seconds of one core to fork, begin and end a program. Programs are started no
faster than the cores can do that, so that none waits for a core when it wakes."""

STARTED_CPU = 0.1
"""The same, where a new interpreter is started for each program."""

OUTPUT_LIMIT = 100_000
"""Bytes that a program may print."""

MEMORY_LIMIT = 1 << 30
"""Bytes of memory that a program may hold."""

ENVIRONMENT = {
    "HOME": ".",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "PATH": os.defpath,
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TMPDIR": ".",
    "TZ": "UTC",
}
"""All that a program finds in its environment, on every machine."""

if sys.platform == "win32":
    # Without it, Windows cannot load the socket library.
    ENVIRONMENT["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")

LINE_END = os.linesep.encode()
"""What a program's text streams write for a line feed; on Windows two bytes."""

Progress = Callable[[int, int], None]
"""Called with how many programs have ended, and how many there are."""

CHILD = str(Path(child.__file__).resolve())


def cores() -> int:
    """The cores that this process may use, which can be fewer than the machine has."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class RunnerError(Exception):
    """The server ended or could not be started; no program is to blame."""


class Runner:
    """Runs programs on one interpreter. Use it from any thread; close it at the end.

    Args:
        interpreter: what to run them on.
        fork: fork a warm interpreter for each; else start a new one each.
        at_once: the most programs to run at the same time.
    """

    def __init__(self, interpreter: Interpreter, *, fork: bool = hasattr(os, "fork"), at_once: int = AT_ONCE) -> None:
        self.interpreter = interpreter
        self.fork = fork
        self.at_once = at_once
        self.apart = (FORKED_CPU if fork else STARTED_CPU) / cores()
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._server: _Server | None = None

    def run(self, snippets: Sequence[Snippet], progress: Progress = lambda done, total: None) -> dict[str, Result]:
        """Run each snippet once.

        Args:
            snippets: in the order in which to start them; put slow ones first.
            progress: told whenever one has ended.

        Returns:
            Slug to result.

        Raises:
            RunnerError: the server ended unexpectedly.
        """
        with self._lock:
            if self.fork:
                return self._run_forked(snippets, progress)
            return self._run_started(snippets, progress)

    def close(self) -> None:
        """End the server and whatever it runs."""
        with self._lock:
            if self._server:
                self._server.end()
                self._server = None

    def _run_forked(self, snippets: Sequence[Snippet], progress: Progress) -> dict[str, Result]:
        if self._server and self._server.has_ended():
            self._server.end()
            self._server = None
        if self._server is None:
            self._server = _Server(self.interpreter, self.at_once, self.apart)
        server = self._server
        # A new name each: a program may have made its folder such that it cannot be removed.
        places = {str(next(server.numbers)): snippet for snippet in snippets}
        results: dict[str, Result] = {}
        try:
            for name, snippet in places.items():
                _lay_out(server.folder / name, snippet)
                server.submit(name, snippet)
            for _ in places:
                name = server.next_ended()
                place = server.folder / name
                results[places[name].slug] = self._collect(place)
                shutil.rmtree(place, ignore_errors=True)
                progress(len(results), len(places))
        except (OSError, ValueError, RunnerError) as error:
            server.end()
            self._server = None
            raise RunnerError(
                f"{self.interpreter.executable}: the process that runs snippets failed: {error}"
            ) from error
        return results

    def _collect(self, place: Path) -> Result:
        """The result that a supervisor left."""
        try:
            text = (place / "result.json").read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return Result(self.interpreter.version, -1, "", 0.0, "changed the folder in which its run was written down")
        if not text:
            return Result(self.interpreter.version, -1, "", 0.0, "killed or stopped the process that watched it")
        ended = json.loads(text)
        data = ended["output"].encode("latin-1")
        return self._result(place, ended["exit"], data, ended["seconds"], ended["problem"])

    def _run_started(self, snippets: Sequence[Snippet], progress: Progress) -> dict[str, Result]:
        results: dict[str, Result] = {}
        with tempfile.TemporaryDirectory(prefix="taskbook-") as folder, ThreadPoolExecutor(self.at_once) as pool:
            base = Path(folder).resolve()
            futures = {
                pool.submit(self._start_one, base / str(number), snippet): snippet
                for number, snippet in enumerate(snippets)
            }
            for future in as_completed(futures):
                results[futures[future].slug] = future.result()
                progress(len(results), len(futures))
        return results

    def _start_one(self, place: Path, snippet: Snippet) -> Result:
        program = _lay_out(place, snippet)
        problem = ""
        reading, writing = os.pipe()
        with self._starting:
            time.sleep(self.apart)
        process = subprocess.Popen(
            [self.interpreter.executable, "-u", CHILD, "run", str(program), str(place / "work")],
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.STDOUT,
            env=ENVIRONMENT,
            start_new_session=True,
        )
        os.close(writing)
        kept = bytearray()

        def read() -> None:
            nonlocal problem
            while data := os.read(reading, 65536):
                kept.extend(data)
                if len(kept) > OUTPUT_LIMIT:
                    problem = f"printed more than {OUTPUT_LIMIT:,} bytes"
                    del kept[OUTPUT_LIMIT:]
                    process.kill()
            os.close(reading)

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        limit = snippet.metadata.limit
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            problem = f"had not ended after {limit:g} seconds"
            process.kill()
            process.wait()
        reader.join(1)
        report = (place / "report").read_text(encoding="utf-8", errors="replace").partition("\n")[0]
        return self._result(place, process.returncode, bytes(kept), 0.0, report or problem)

    def _result(self, place: Path, status: int, data: bytes, seconds: float, problem: str) -> Result:
        text, unfit = output.decode(data.replace(LINE_END, b"\n"))
        folders = shown_as(self.interpreter, place)
        text = output.settle(text, folders, CHILD)
        problem = output.settle(problem, folders, CHILD)
        return Result(self.interpreter.version, status, text, seconds, problem or unfit)


def _lay_out(place: Path, snippet: Snippet) -> Path:
    """Put a copy of the program where it cannot reach the project, beside an empty folder."""
    (place / "work").mkdir(parents=True)
    program = place / "program" / snippet.file_name
    program.parent.mkdir()
    program.write_bytes(snippet.source)
    return program


def shown_as(interpreter: Interpreter, place: Path) -> dict[str, str]:
    """The folders that an output may name, and what a page shows instead."""
    return {
        f"{interpreter.stdlib}{os.sep}": "Lib/",
        f"{interpreter.packages}{os.sep}": "site-packages/",
        f"{place / 'program'}{os.sep}": "",
        str(place / "program"): "…",
        str(place / "work"): "…/work",
    }


class _Server:
    """The process of :func:`taskbook.child.serve`, and the two pipes to it."""

    def __init__(self, interpreter: Interpreter, at_once: int, apart: float) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="taskbook-")).resolve()
        self.numbers = itertools.count()
        jobs_read, jobs_write = os.pipe()
        self._jobs = os.fdopen(jobs_write, "wb")
        try:
            self._process = subprocess.Popen(
                [
                    *(interpreter.executable, "-u", CHILD, "serve"),
                    *(str(jobs_read), str(self.folder), str(at_once), str(apart)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=ENVIRONMENT,
                pass_fds=[jobs_read],
                start_new_session=True,
            )
        except OSError as error:
            raise RunnerError(str(error)) from error
        finally:
            os.close(jobs_read)
        # When the builder ends, in whatever way, the kernel closes the pipe and
        # the server ends; the finalizer only spares it a wait at a normal end.
        self._finalizer = weakref.finalize(self, _end, self._jobs, self._process, self.folder)

    def has_ended(self) -> bool:
        """Whether something ended it, such as a system that was short of memory."""
        return self._process.poll() is not None

    def submit(self, name: str, snippet: Snippet) -> None:
        """Ask for a run."""
        job = {
            "name": name,
            "program": snippet.file_name,
            "limit": snippet.metadata.limit,
            "output": OUTPUT_LIMIT,
            "memory": MEMORY_LIMIT,
        }
        self._jobs.write(json.dumps(job).encode() + b"\n")
        self._jobs.flush()

    def next_ended(self) -> str:
        """Wait for a run to end; return its name.

        Raises:
            RunnerError: the server said something else, or nothing more.
        """
        assert self._process.stdout
        line = self._process.stdout.readline().decode("utf-8", "replace")
        try:
            name = json.loads(line)
        except ValueError:
            name = None
        if not isinstance(name, str):
            self._jobs.close()
            rest = self._process.stdout.read().decode("utf-8", "replace")
            raise RunnerError((line + rest).strip() or "it ended without a word")
        return name

    def end(self) -> None:
        """Close the pipe and wait for the server to end what it runs."""
        self._finalizer()


def _end(jobs: IO[bytes], process: subprocess.Popen[bytes], folder: Path) -> None:
    with contextlib.suppress(OSError):  # what it was not sent before it ended
        jobs.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
    shutil.rmtree(folder, ignore_errors=True)
