"""The claims of the pages in docs/errors/."""

from __future__ import annotations

import asyncio
import inspect
import os
import subprocess
import sys
import types
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from taskbook.interpreter import SUPPORTED
from taskbook.recordings import Recordings, same
from taskbook.result import Result
from tests.conftest import ROOT, Played

pytest_plugins = ["pytester"]

Load = Callable[[str], types.ModuleType]
Play = Callable[[str], Played]
Real = Callable[[str], Result]

BY_VERSION = {"3.11": "sys:1:", "3.12": "sys:1:", "3.13": "<sys>:0:", "3.14": "<sys>:0:", "3.15": "<sys>:0:"}


def outputs(slug: str) -> dict[str, str]:
    """What each supported Python was recorded to print."""
    recorded = Recordings(ROOT).all(slug)
    assert tuple(recorded) == SUPPORTED
    return {minor: result.output for minor, result in recorded.items()}


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the running Python does with these arguments; standard error comes with the output."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )


def program(slug: str) -> str:
    """The path of a program."""
    return str(ROOT / "snippets" / f"{slug}.py")


def line_of(slug: str, text: str, nth: int = 1) -> int:
    """The number of the nth line of a program that holds a text."""
    lines = (ROOT / "snippets" / f"{slug}.py").read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if text in line][nth - 1]


def last_error(output: str) -> str:
    """The line that ends the last traceback of an output."""
    return [line for line in output.splitlines() if line.startswith(("RuntimeError:", "TypeError:", "ValueError:"))][-1]


def test_all_else_is_the_same_on_every_python() -> None:
    versions_named = {
        "errors/calls_that_need_a_loop",
        "errors/run_gather",
        "errors/run_without_call",
        "errors/warning_as_error",
    }
    for path in (ROOT / "snippets" / "errors").glob("*.py"):
        slug = f"errors/{path.stem}"
        recorded = [
            Result(each.python, each.exit, each.output.replace("\nsys:1:", "\n<sys>:0:"))
            for each in Recordings(ROOT).all(slug).values()
        ]
        differ = not all(same(recorded[0], other) for other in recorded)
        assert differ == (slug in versions_named), slug


# no-running-event-loop.md


@pytest.mark.parametrize(
    ("slug", "coroutine"),
    [
        ("errors/no_running_loop", "work"),
        ("errors/no_running_loop_in_init", "Poller.poll"),
        ("errors/task_after_run", "work"),
    ],
)
def test_no_running_loop(real: Real, slug: str, coroutine: str) -> None:
    result = real(slug)
    assert result.exit == 1
    assert "\nRuntimeError: no running event loop\n" in result.output
    assert result.output.splitlines()[-1].endswith(f"RuntimeWarning: coroutine '{coroutine}' was never awaited")
    assert not [line for line in result.output.splitlines() if line.startswith(("main: never", "work: never"))]


@pytest.mark.parametrize("slug", ["errors/no_running_loop", "errors/never_awaited_at_exit"])
def test_shutdown_warning_changed_in_3_13(slug: str) -> None:
    starts = {minor: output.splitlines()[-1].partition(" ")[0] for minor, output in outputs(slug).items()}
    assert starts == BY_VERSION


def test_create_task_in_coroutine(play: Play) -> None:
    assert play("errors/create_task_in_coroutine").lines == ["work: done"]


def test_where_a_loop_runs(real: Real) -> None:
    said = dict(line.split(": ", 1) for line in real("errors/where_a_loop_runs").output.splitlines())
    assert said == {
        "coroutine": "a loop runs",
        "callback of the loop": "a loop runs",
        "done-callback": "a loop runs",
        "thread": "no running event loop",
        "after asyncio.run()": "no running event loop",
        "__del__()": "no running event loop",
        "exit handler": "no running event loop",
    }


def test_start_in_method(play: Play) -> None:
    run = play("errors/start_in_method")
    assert run.lines == ["polled"]
    assert run.seconds == 1


def test_object_made_inside_main_works_as_well(load: Load) -> None:
    poller = load("errors/no_running_loop_in_init").Poller

    async def main() -> bool:
        task: asyncio.Task[None] = poller().task
        started = not task.done()
        task.cancel()
        return started

    assert asyncio.run(main())


def test_run_comes_before_the_error(real: Real) -> None:
    assert real("errors/task_after_run").output.startswith("main: end\nTraceback ")


def test_what_is_handed_over_runs_only_when_the_loop_goes_on(load: Load) -> None:
    work = load("errors/task_from_thread").work

    async def main() -> str:
        future = asyncio.run_coroutine_threadsafe(work(), asyncio.get_running_loop())
        assert not future.done(), "a blocking future.result() here would wait for ever"
        return await asyncio.wrap_future(future)

    assert asyncio.run(main()) == "done"


def test_threads_have_no_loop(real: Real) -> None:
    assert real("errors/no_running_loop_in_thread").output == "in the thread: no running event loop\n"


def test_task_from_thread(real: Real) -> None:
    assert real("errors/task_from_thread").output == "from the thread: done\n"


def test_calls_that_need_a_loop() -> None:
    for minor, output in outputs("errors/calls_that_need_a_loop").items():
        said = dict(line.split(": ", 1) for line in output.splitlines() if "()" in line and "print(" not in line)
        assert {said[call] for call in ("get_running_loop()", "current_task()", "all_tasks()")} == {
            "no running event loop"
        }
        others = [said[call] for call in ("get_event_loop()", "ensure_future()", "gather()")]
        if minor in ("3.14", "3.15"):
            assert set(others) == {"There is no current event loop in thread 'MainThread'."}
        else:
            assert others == ["_UnixSelectorEventLoop", "Task", "_GatheringFuture"]
        assert ("DeprecationWarning: There is no current event loop" in output) == (minor in ("3.12", "3.13"))
        in_thread = said["get_event_loop() in a thread"]
        assert in_thread == "There is no current event loop in thread 'Thread-1 (attempt)'.", "on every Python"


def test_no_current_loop_after_run_on_every_python() -> None:
    for output in outputs("ensure/ask_for_loop").values():
        assert "\nafter run(): There is no current event loop in thread 'MainThread'.\n" in output


def test_loop_is_closed(real: Real) -> None:
    result = real("errors/loop_is_closed")
    assert result.exit == 1
    assert last_error(result.output) == "RuntimeError: Event loop is closed"
    assert "work: never printed" not in result.output


def test_task_for_another_loop(real: Real) -> None:
    result = real("errors/task_for_another_loop")
    lines = result.output.splitlines()
    assert result.exit == 0
    assert lines[:3] == ["main: end", "work is done: False", "Task was destroyed but it is pending!"]
    assert lines[-1].endswith("RuntimeWarning: coroutine 'work' was never awaited")
    assert "work: never printed" not in lines


# coroutine-expected.md


def test_got_none(real: Real) -> None:
    result = real("errors/got_none")
    assert result.exit == 1
    assert result.output.startswith("save: runs before any task exists\n"), "a plain function runs when it is called"
    assert last_error(result.output) == "TypeError: a coroutine was expected, got None"


def test_make_it_async(play: Play) -> None:
    assert play("errors/make_it_async").lines == ["main: the task is created", "save: done"]


def test_task_for_blocking_function(real: Real) -> None:
    lines = real("errors/task_for_blocking_function").output.splitlines()
    assert lines == ["main: runs while save() blocks its thread", "save: done"]


def test_got_function(real: Real) -> None:
    result = real("errors/got_function")
    assert result.exit == 1
    assert last_error(result.output) == "TypeError: a coroutine was expected, got <function work at 0x…>"
    assert "work: never printed" not in result.output.splitlines()


def test_call_the_function(play: Play) -> None:
    assert play("errors/call_the_function").lines == ["work: done"]


def test_got_future(play: Play) -> None:
    run = play("errors/got_future")
    assert run.lines == ["a coroutine was expected, got <_GatheringFuture pending>", "[1, 2]"]


def test_accept_any_awaitable(play: Play) -> None:
    assert play("errors/accept_any_awaitable").lines == ["1", "2", "True"]


def test_got_other_objects(real: Real) -> None:
    lines = real("errors/got_other_objects").output.splitlines()
    starts = [
        "<Task pending ",
        "<Future pending ",
        "<bound method Client.fetch of ",
        "functools.partial(",
        "<async_generator object ",
        "[]",
    ]
    assert len(lines) == len(starts)
    for line, start in zip(lines, starts, strict=True):
        assert line.startswith(f"a coroutine was expected, got {start}")


def test_group_got_none(real: Real) -> None:
    result = real("errors/group_got_none")
    assert result.exit == 1
    assert "  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)\n" in result.output
    assert "    | TypeError: a coroutine was expected, got None\n" in result.output


def test_messages_of_create_task_are_the_same_on_all() -> None:
    for slug in (
        "errors/got_none",
        "errors/got_function",
        "errors/got_future",
        "errors/got_other_objects",
        "errors/group_got_none",
    ):
        first, *others = (output.split("a coroutine was expected")[1:] for output in outputs(slug).values())
        assert first
        assert all(other == first for other in others)


def test_run_without_call_changed_in_3_14() -> None:
    old = "ValueError: a coroutine was expected, got <function main at 0x…>"
    new = "TypeError: An asyncio.Future, a coroutine or an awaitable is required"
    said = {minor: last_error(output) for minor, output in outputs("errors/run_without_call").items()}
    assert said == {"3.11": old, "3.12": old, "3.13": old, "3.14": new, "3.15": new}


def test_run_gather_changed_in_3_14() -> None:
    old = "ValueError: a coroutine was expected, got <_GatheringFuture pending>"
    new = "RuntimeError: There is no current event loop in thread 'MainThread'."
    recorded = outputs("errors/run_gather")
    said = {minor: last_error(output) for minor, output in recorded.items()}
    assert said == {"3.11": old, "3.12": old, "3.13": old, "3.14": new, "3.15": new}
    assert ", in gather\n" not in recorded["3.13"], "asyncio.run() refuses"
    assert ", in gather\n" in recorded["3.14"], "gather() raises"


def test_gather_in_main(play: Play) -> None:
    assert play("errors/gather_in_main").lines == ["[1, 2]"]


# never-awaited.md


def test_never_awaited(real: Real) -> None:
    result = real("errors/never_awaited")
    here = line_of("errors/never_awaited", "    save()")
    assert result.exit == 0, "it is a warning"
    assert result.output.startswith(f"never_awaited.py:{here}: RuntimeWarning: coroutine 'save' was never awaited\n")
    assert result.output.endswith("\nmain: end\n"), "the program goes on"


def test_await_or_create_task(play: Play) -> None:
    assert play("errors/await_or_create_task").lines == ["save a", "save b"]


def test_main_at_the_end_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text('async def main():\n    print("main")\nmain()\n', encoding="utf-8")
    lost = started(str(file))
    assert lost.returncode == 0
    assert "program.py:3: RuntimeWarning: coroutine 'main' was never awaited\n" in lost.stdout
    assert "\nmain\n" not in lost.stdout


def test_use_coroutine_as_result(real: Real) -> None:
    result = real("errors/use_coroutine_as_result")
    assert result.exit == 1
    assert "RuntimeWarning: coroutine 'fetch' was never awaited\n" in result.output
    assert last_error(result.output) == "TypeError: 'coroutine' object is not iterable"
    assert "never printed" not in result.output


def test_other_errors_of_the_same_cause(load: Load) -> None:
    coroutine = load("errors/use_coroutine_as_result").fetch()
    with pytest.raises(TypeError, match=r"^'coroutine' object is not subscriptable$"):
        coroutine[0]
    with pytest.raises(AttributeError, match=r"^'coroutine' object has no attribute 'append'"):
        coroutine.append("c")
    coroutine.close()


def test_never_awaited_names_the_line_of_the_caller(real: Real) -> None:
    lines = real("errors/never_awaited_at_return").output.splitlines()
    caller = line_of("errors/never_awaited_at_return", "await work()")
    assert lines[:3] == [
        "work: end coroutine",
        f"never_awaited_at_return.py:{caller}: RuntimeWarning: coroutine 'save' was never awaited",
        "  await work()",
    ]


def test_never_awaited_at_exit_names_no_line(real: Real) -> None:
    lines = real("errors/never_awaited_at_exit").output.splitlines()
    assert lines[0] == "main: end"
    assert len(lines) == 2
    assert "never_awaited_at_exit.py" not in lines[1]


@pytest.mark.parametrize("options", [("-X", "dev"), ("-X", "tracemalloc"), ("-X", "dev", "-X", "tracemalloc")])
def test_at_exit_neither_debug_mode_nor_tracemalloc_helps(options: tuple[str, ...]) -> None:
    output = started(*options, program("errors/never_awaited_at_exit")).stdout
    lines = [line for line in output.splitlines() if not line.startswith("Executing <")]  # slow, on a busy machine
    assert lines[0] == "main: end"
    assert len(lines) == 2
    assert lines[1].endswith(": RuntimeWarning: coroutine 'save' was never awaited")


def test_coroutine_as_callback(real: Real) -> None:
    lines = real("errors/coroutine_as_callback").output.splitlines()
    assert lines[0] == "work: done"
    assert lines[1] == "Lib/asyncio/events.py:…: RuntimeWarning: coroutine 'report' was never awaited"
    assert "report: never printed" not in lines


def test_debug_mode_names_the_line_that_created_it(real: Real) -> None:
    lines = real("errors/created_where").output.splitlines()
    creator = line_of("errors/created_where", "saved = save()")
    assert lines[:2] == [
        "main: end coroutine",
        "Lib/asyncio/events.py:…: RuntimeWarning: coroutine 'save' was never awaited",
    ], "asyncio calls main()"
    frames = [line for line in lines if line.startswith("  File ")]
    assert frames[-1] == f'  File "created_where.py", line {creator}, in main', "the last one is the line to mend"


@pytest.mark.parametrize(("options", "environment"), [((), {"PYTHONASYNCIODEBUG": "1"}), (("-X", "dev"), {})])
def test_debug_mode_without_touching_the_program(options: tuple[str, ...], environment: dict[str, str]) -> None:
    slug = "errors/never_awaited_at_return"
    output = started(*options, program(slug), **environment).stdout
    frames = [line for line in output.splitlines() if line.startswith("  File ")]
    assert frames[-1].endswith(f'never_awaited_at_return.py", line {line_of(slug, "saved = save()")}, in work')


def test_tracemalloc_without_touching_the_program() -> None:
    slug = "errors/never_awaited_at_return"
    lines = started("-X", "tracemalloc", program(slug)).stdout.splitlines()
    start = lines.index("Object allocated at (most recent call last):")
    assert lines[start + 1].endswith(f'never_awaited_at_return.py", lineno {line_of(slug, "saved = save()")}')
    assert lines[start + 2 :] == ["    saved = save()", "main: end"]


def test_tracemalloc_names_that_line_alone(real: Real) -> None:
    lines = real("errors/allocated_where").output.splitlines()
    creator = line_of("errors/allocated_where", "saved = save()")
    start = lines.index("Object allocated at (most recent call last):")
    assert lines[start + 1 :] == [
        f'  File "allocated_where.py", lineno {creator}',
        "    saved = save()",
        "main: end",
    ]


def test_list_never_started(real: Real) -> None:
    lines = real("errors/list_never_started").output.splitlines()
    assert lines[0] == f"save: plan(), line {line_of('errors/list_never_started', 'later.append')}"
    assert len(lines) == 2
    assert lines[1].startswith(("sys:1: ", "<sys>:0: ")), "the warning itself stays short"


def test_tasks_before_their_first_turn_are_listed_too(
    load: Load, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = load("errors/list_never_started")

    async def main() -> None:
        task = asyncio.create_task(module.save())
        module.list_never_started()
        await task
        module.list_never_started()

    before = sys.get_coroutine_origin_tracking_depth()
    sys.set_coroutine_origin_tracking_depth(1)
    try:
        asyncio.run(main())
    finally:
        sys.set_coroutine_origin_tracking_depth(before)
    listed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("save: main(), ")]
    assert len(listed) == 1, "before its first turn, and not afterwards"


def test_warned_once_for_each_coroutine_function() -> None:
    lost = started(
        "-c",
        "async def save(): ...\nasync def load(): ...\nfor each in (save, load, save, load):\n    each()\n",
    ).stdout
    assert [lost.count(f"coroutine '{name}' was never awaited") for name in ("save", "load")] == [1, 1]


def test_warned_once(real: Real) -> None:
    assert real("errors/warned_once").output.count("RuntimeWarning: coroutine 'save' was never awaited") == 1


def test_warning_as_error_stops_nothing(real: Real) -> None:
    result = real("errors/warning_as_error")
    assert result.exit == 0
    assert result.output.startswith("Exception ignored ")
    assert result.output.endswith("RuntimeWarning: coroutine 'save' was never awaited\nmain: end\n")


def test_warning_as_error_by_an_option() -> None:
    run = started("-W", "error", program("errors/never_awaited"))
    assert run.returncode == 0
    assert run.stdout.startswith("Exception ignored ")
    assert run.stdout.endswith("RuntimeWarning: coroutine 'save' was never awaited\nmain: end\n")


def test_mypy_reports_calls_whose_result_is_not_used(tmp_path: Path) -> None:
    run = started("-m", "mypy", "--config-file=", f"--cache-dir={tmp_path}", program("errors/never_awaited"))
    assert f"never_awaited.py:{line_of('errors/never_awaited', '    save()')}: error: " in run.stdout
    assert run.stdout.count("[unused-coroutine]") == 1


def test_pytest_reports_it_and_fails_if_told_to(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import asyncio\nasync def save(): ...\nasync def main(): save()\ndef test(): asyncio.run(main())"
    )
    told = pytester.runpytest_subprocess()
    told.assert_outcomes(passed=1, warnings=1)
    told.stdout.fnmatch_lines(["*RuntimeWarning: coroutine 'save' was never awaited"])
    pytester.runpytest_subprocess("-W", "error").assert_outcomes(failed=1)


def test_no_warning_for_a_task(real: Real) -> None:
    assert "Warning" not in real("start/ended_by_run").output


def test_no_warning_for_a_task_cancelled_before_its_first_turn(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(
        "import asyncio\nasync def save(): print('save')\n"
        "async def main(): asyncio.create_task(save()).cancel()\nasyncio.run(main())\n",
        encoding="utf-8",
    )
    assert started(str(file)).stdout == ""


def test_gather_never_awaited(real: Real) -> None:
    result = real("errors/gather_never_awaited")
    assert result.exit == 0
    assert result.output.splitlines()[:4] == [
        "save a",
        "save b",
        "main: end False",
        "_GatheringFuture exception was never retrieved",
    ]
    assert result.output.endswith("asyncio.exceptions.CancelledError\n")
    assert "never awaited" not in result.output


# run-from-running-loop.md


def test_run_in_coroutine(real: Real) -> None:
    result = real("errors/run_in_coroutine")
    assert result.exit == 1
    assert last_error(result.output) == "RuntimeError: asyncio.run() cannot be called from a running event loop"
    assert result.output.splitlines()[-1].endswith("RuntimeWarning: coroutine 'fetch' was never awaited")


def test_await_instead_of_run(play: Play) -> None:
    assert play("errors/await_instead_of_run").lines == ["main: got the page"]


def test_run_below_a_loop(play: Play) -> None:
    assert play("errors/run_below_a_loop").lines == [
        "This event loop is already running",
        "Cannot run the event loop while another loop is running",
        "Runner.run() cannot be called from a running event loop",
        "asyncio.run() cannot be called from a running event loop",
    ]


def test_run_in_thread_leaves_the_loop_free(real: Real) -> None:
    lines = real("errors/run_in_thread").output.splitlines()
    assert lines == ["no loop runs: got the page", "tick", "tick", "main: got the page"]


def test_thread_that_blocks_stops_the_loop(real: Real) -> None:
    lines = real("errors/thread_that_blocks").output.splitlines()
    assert lines == ["no loop runs: got the page", "tick", "main: got the page"]


def test_functions_that_run_a_loop_are_plain(load: Load) -> None:
    for slug in ("errors/run_in_thread", "errors/thread_that_blocks"):
        assert not inspect.iscoroutinefunction(load(slug).load)


def test_queue_of_another_loop(real: Real) -> None:
    result = real("errors/queue_of_another_loop")
    assert result.exit == 1
    assert result.output.startswith("look: the queue is empty\n"), "the first loop may use it"
    assert last_error(result.output).endswith("> is bound to a different event loop")


def test_queue_is_bound_when_something_has_to_wait(load: Load) -> None:
    look = load("errors/queue_of_another_loop").look
    queue: asyncio.Queue[int] = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    asyncio.run(look(queue))
    asyncio.run(look(queue))
    assert queue.empty(), "neither had to wait, so the queue was bound to no loop"


def wait_in_two_loops(wait: Callable[[], Coroutine[object, object, object]]) -> None:
    """Wait for what does not come, in a first loop and then in a second."""

    async def main() -> None:
        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        if task.done():
            task.result()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(main())
    with pytest.raises(RuntimeError, match=r" is bound to a different event loop$"):
        asyncio.run(main())


def test_queue_lock_and_event_belong_to_a_loop() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    wait_in_two_loops(queue.get)
    wait_in_two_loops(asyncio.Event().wait)
    lock = asyncio.Lock()
    asyncio.run(lock.acquire())
    wait_in_two_loops(lock.acquire)


def test_queue_of_another_loop_fails_only_when_something_has_to_wait() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    wait_in_two_loops(queue.get)
    queue.put_nowait(7)
    assert asyncio.run(queue.get()) == 7


def test_one_loop_for_both(play: Play) -> None:
    run = play("errors/one_loop_for_both")
    assert run.lines == ["look: the queue is empty"] * 2
    assert run.seconds == 0.4
