"""The claims of the pages in docs/create/ on create_task(), names, many tasks, results and context."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import re
import runpy
import sys
from collections.abc import Callable, Coroutine
from types import ModuleType
from typing import Any

import pytest

from taskbook.interpreter import SUPPORTED
from taskbook.recordings import Recordings
from taskbook.result import Result
from tests.conftest import ROOT, Played
from tests.virtual_clock import VirtualClock, VirtualClockLoop

Play = Callable[[str], Played]
Real = Callable[[str], Result]
Load = Callable[[str], ModuleType]


def recorded(slug: str) -> dict[str, list[str]]:
    """What each Python printed, by minor version."""
    return {minor: result.output.splitlines() for minor, result in Recordings(ROOT).all(slug).items()}


def same_everywhere(slug: str) -> None:
    """Fail unless all supported Pythons printed the same."""
    outputs = recorded(slug)
    assert list(outputs) == list(SUPPORTED)
    assert len({tuple(lines) for lines in outputs.values()}) == 1


# ---------------------------------------------------------- create-task.md


def test_create_and_await(play: Play) -> None:
    run = play("create/create_and_await")
    assert run.lines == ["main: the task is created", "measure north: start", "main: got 21"]
    assert run.at("main: the task is created") == 0
    assert run.at("main: got 21") == 0.5


def test_signature_by_version() -> None:
    old = "create_task(coro, *, name=None, context=None)"
    first = {minor: lines[0] for minor, lines in recorded("create/print_signatures").items()}
    assert first == {
        "3.11": old,
        "3.12": old,
        "3.13": old,
        "3.14": "create_task(coro, **kwargs)",
        "3.15": "create_task(coro, **kwargs)",
    }
    tasks = {minor: lines[1] for minor, lines in recorded("create/print_signatures").items()}
    assert all(each in tasks["3.14"] for each in ("loop=None", "name=None", "context=None")), (
        "where the keywords end up"
    )
    assert [minor for minor, task in tasks.items() if "eager_start=False" in task] == ["3.12", "3.13", "3.14", "3.15"]


def test_keywords_only() -> None:
    async def main() -> None:
        coroutine = asyncio.sleep(0)
        with pytest.raises(TypeError, match="takes 1 positional argument"):
            asyncio.create_task(coroutine, "name")  # type: ignore[call-arg]
        coroutine.close()

    asyncio.run(main())


def test_use_returned_task(play: Play) -> None:
    run = play("create/use_returned_task")
    assert run.lines == ["Task nap", "done: False", "done: True cancelled: True"]
    assert run.seconds == 0, "the nap of five seconds is cancelled"


def test_create_in_callback(play: Play, load: Load) -> None:
    run = play("create/create_in_callback")
    assert run.at("on_timer: called by the loop") == run.at("refresh: start") == 0.5
    assert run.at("refresh: end") == 0.8
    assert run.lines[-1] == "main: done: True"
    assert not inspect.iscoroutinefunction(load("create/create_in_callback").on_timer)


def test_lose_task(real: Real) -> None:
    lines = real("create/lose_task").output.splitlines()
    assert lines[0] == "Task was destroyed but it is pending!"
    assert "coro=<listen() " in lines[1]
    assert lines[2:] == ["nap: end", "main: end"], "the listener never gets its call, the sleeper survives"


def test_lost_on_every_python() -> None:
    same_everywhere("create/lose_task")


def test_keep_task(play: Play) -> None:
    run = play("create/keep_task")
    assert run.lines == ["main: tasks in the set: 1", "listen: called", "main: tasks in the set: 0"]


def test_a_group_keeps_its_tasks(load: Load) -> None:
    module = load("create/lose_task")

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(module.listen())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            gc.collect()
            assert len(module.subscribers) == 1
            for event in module.subscribers:
                event.set()

    asyncio.run(main())


def test_start_eagerly() -> None:
    outputs = recorded("create/start_eagerly")
    assert list(outputs) == ["3.14", "3.15"]
    for lines in outputs.values():
        assert lines == [
            "look_up rates: start",
            "main: rates done: True",
            "main: got 7",
            "look_up news: start",
            "main: news done: False",
            "main: got 9",
        ]


# ---------------------------------------------------------------- names.md


def test_name_tasks(play: Play) -> None:
    assert play("create/name_tasks").lines == [
        "fetch rome done: False",
        "fetch oslo done: True",
        "fetch lima done: False",
    ]


def test_default_names(play: Play) -> None:
    assert play("create/default_names").lines == [
        "Task-2 is read('a')",
        "Task-3 is read('b')",
        "Task-4 is write()",
        "Task-8 is read('a')",
        "Task-9 is read('b')",
        "Task-10 is write()",
    ]
    same_everywhere("create/default_names")


def test_missing_numbers_are_main_and_the_clean_up() -> None:
    """Tasks 1 and 7 of default_names are main(), 5 and 6 the end of the first asyncio.run()."""
    seen: list[str] = []

    def factory(loop: asyncio.AbstractEventLoop, coro: Coroutine[Any, Any, Any], **kwargs: Any) -> asyncio.Task[Any]:
        seen.append(getattr(coro, "__qualname__", "").rpartition(".")[2])
        return asyncio.Task(coro, loop=loop, **kwargs)

    def new_loop() -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        loop.set_task_factory(factory)
        return loop

    namespace = runpy.run_path(str(ROOT / "snippets/create/default_names.py"))
    for _ in range(2):
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(namespace["main"]())
    half = ["main", "read", "read", "write", "shutdown_asyncgens", "shutdown_default_executor"]
    assert seen == half + half


def test_number_after_name() -> None:
    last = {minor: lines[-1] for minor, lines in recorded("create/number_after_name").items()}
    assert last == {"3.11": "Task-4", "3.12": "Task-4", "3.13": "Task-3", "3.14": "Task-3", "3.15": "Task-3"}


def test_rename_task(play: Play) -> None:
    before, after = play("create/rename_task").lines
    assert before.startswith("<Task pending name='copy' ")
    assert after.startswith("<Task finished name='copy of last night' ")
    assert after.endswith(" result=12>")


def test_set_names(play: Play) -> None:
    assert play("create/set_names").lines == ["'42'", "\"('job', 42)\""]
    same_everywhere("create/set_names")


def test_no_name_is_the_default_name() -> None:
    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(0), name=None)
        assert re.fullmatch(r"Task-\d+", task.get_name())
        await task
        task.set_name("late")
        assert task.get_name() == "late", "at any time"

    asyncio.run(main())


def test_tell_own_name(play: Play, load: Load) -> None:
    assert play("create/tell_own_name").lines == ["rome fetches", "oslo fetches", "Task-1 fetches"]
    own_name = load("create/tell_own_name").own_name
    told: list[str] = []

    async def main() -> None:
        asyncio.get_running_loop().call_soon(lambda: told.append(own_name()))
        await asyncio.sleep(0)

    asyncio.run(main())
    assert told == ["no task"], "in a callback of the loop"


def test_log_records_know_the_task_from_3_12() -> None:
    assert hasattr(logging.makeLogRecord({}), "taskName") == (sys.version_info >= (3, 12))


def test_log_task_names() -> None:
    outputs = recorded("create/log_task_names")
    assert list(outputs) == ["3.12", "3.13", "3.14", "3.15"]
    for lines in outputs.values():
        assert lines == [
            "[rome] start",
            "[oslo] start",
            "[oslo] end",
            "[rome] end",
            "[None] outside of the loop",
        ]


def test_find_by_key(play: Play) -> None:
    assert play("create/find_by_key").lines == ["['fetch', 'fetch', 'fetch']", "the weather of oslo"]


# ----------------------------------------------------------- many-tasks.md


def test_create_many(play: Play) -> None:
    run = play("create/create_many")
    assert run.seconds == 1, "the longest wait, not the sum of twenty"
    assert run.lines == [
        " ".join(map(str, range(20))) + " ",
        "main: got [0, 1, 4, 9, 16] and 15 more",
        "main: 1 second",
    ]


def test_a_coarse_clock_changes_the_order(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    class CoarseLoop(VirtualClockLoop):
        def time(self) -> float:
            return super().time() // (1 / 64) / 64

    with asyncio.Runner(loop_factory=lambda: CoarseLoop(VirtualClock())) as runner:
        runner.run(load("create/create_many").main())
    order = [int(number) for number in capsys.readouterr().out.splitlines()[0].split()]
    assert sorted(order) == list(range(20))
    assert order != sorted(order)


def test_unequal_delays(play: Play) -> None:
    run = play("create/unequal_delays")
    assert run.lines[:3] == ["job 0: start", "job 1: start", "job 2: start"]
    ends = [line for line in run.lines if "end" in line]
    assert [line.split(":")[0] for line in ends] == ["job 1", "job 2", "job 0"], "in order of the delays"
    assert run.lines[-3:] == ["main: got result 0", "main: got result 1", "main: got result 2"]
    assert run.seconds == 0.9
    assert run.at("main: got result 1") == 0.9, "asked for after result 0"


def test_create_in_group(play: Play) -> None:
    run = play("create/create_in_group")
    assert run.lines == ["main: got [0, 1, 4, 9, 16] and 15 more"]
    assert run.seconds == 0.5, "the block ends when its tasks are done"


def test_fail_one_of_many(play: Play) -> None:
    run = play("create/fail_one_of_many")
    runs_on = ["  job 1: end", "  main: caught ValueError", "  job 3: end"]
    group = ["  job 1: end", "  job 3: cancelled", "  main: caught ExceptionGroup"]
    assert run.lines == ["in_list:", *runs_on, "in_gather:", *runs_on, "in_group:", *group]
    assert run.at("  main: caught ValueError") == 0.6
    assert run.at("  job 3: end") == 0.9, "the list lets it run on"
    assert run.at("  main: caught ExceptionGroup") == run.at("in_group:") + 0.6, "the group does not wait for job 3"
    same_everywhere("create/fail_one_of_many")


def test_only_except_star_looks_into_a_group(load: Load) -> None:
    module = load("create/fail_one_of_many")
    caught: list[tuple[BaseException, ...]] = []

    async def main() -> None:
        try:
            try:
                await module.in_group()
            except ValueError:
                pytest.fail("a plain except does not look into the group")
        except* ValueError as group:
            caught.append(group.exceptions)

    with asyncio.Runner(loop_factory=lambda: VirtualClockLoop(VirtualClock())) as runner:
        runner.run(main())
    assert repr(caught) == "[(ValueError('job 2 failed'),)]"


def test_read_late(play: Play) -> None:
    lines = play("create/read_late").lines
    assert lines[::2] == ["hello eva"] * 3, "the variable is read when the task runs"
    assert lines[1::2] == ["hello ana", "hello ben", "hello eva"], "the argument is given at creation"


def test_limit_tasks(play: Play) -> None:
    run = play("create/limit_tasks")
    assert run.lines == ["seconds before the work began: 0 0 0 0 1 1 1 1 2 2 2 2", "main: 3 seconds"]


# -------------------------------------------------------------- results.md


def test_get_result(play: Play) -> None:
    run = play("create/get_result")
    assert run.lines == ["done: False", "measure: end", "await: 21", "done: True", "await: 21", "result(): 21"]
    assert run.at("result(): 21") == run.at("measure: end") == 0.5


def test_result_too_early(play: Play) -> None:
    run = play("create/result_too_early")
    assert run.lines == [
        "result(): Result is not set.",
        "exception(): Exception is not set.",
        "result(): rested",
        "exception(): None",
    ]
    assert run.at("exception(): Exception is not set.") == 0, "neither waits"
    same_everywhere("create/result_too_early")


def test_get_failure(play: Play) -> None:
    run = play("create/get_failure")
    error = "ValueError('no sensor')"
    assert run.lines == [
        "main: goes on, done: True",
        f"await 1: {error}",
        f"await 2: {error}",
        f"result(): {error}",
        f"exception(): {error}",
    ]
    assert run.at("main: goes on, done: True") == 0.6, "not interrupted when the task failed at 0.3"


def test_get_cancelled(play: Play) -> None:
    assert play("create/get_cancelled").lines == [
        "done: True cancelled: True",
        "result(): CancelledError",
        "exception(): CancelledError",
    ]


def test_never_retrieved(real: Real) -> None:
    result = real("create/never_retrieved")
    assert result.exit == 0
    lines = result.output.splitlines()
    assert lines[0] == "Task exception was never retrieved"
    assert lines[1].startswith("future: <Task finished name='north' ")
    assert lines[-2:] == ["ValueError: no sensor", "main: goes on"], "told when the task is freed, while main() runs"
    same_everywhere("create/never_retrieved")


def test_kept_failure() -> None:
    for minor, lines in recorded("create/kept_failure").items():
        assert lines[0] == "the program goes on as if nothing had happened"
        if minor != "3.13":
            assert lines[1] == "Task exception was never retrieved"
            assert lines[-1] == "ValueError: no sensor"


def test_kept_failure_is_lost_on_3_13_0() -> None:
    result = Recordings(ROOT).get("create/kept_failure", "3.13")
    assert result
    if result.python != "3.13.0":
        pytest.skip("another 3.13 was recorded")
    assert "never retrieved" not in result.output
    assert "no sensor" not in result.output
    assert "Logging error" in result.output


def test_report_failure(play: Play) -> None:
    run = play("create/report_failure")
    assert run.lines == [
        "south was cancelled",
        "north failed: ValueError('north: no sensor')",
        "main: end",
    ]
    assert run.at("south was cancelled") == 0
    assert run.at("north failed: ValueError('north: no sensor')") == 0.3


# -------------------------------------------------------------- context.md


def test_context_per_task(play: Play) -> None:
    assert play("create/context_per_task").lines == [
        "[first] start",
        "[second] start",
        "[second] end",
        "[first] end",
    ]


def test_a_global_variable_is_the_same_for_both_tasks(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    class Global:
        def set(self, value: str) -> None:
            self.value = value

        def get(self) -> str:
            return self.value

    module = load("create/context_per_task")
    module.__dict__["request"] = Global()
    with asyncio.Runner(loop_factory=lambda: VirtualClockLoop(VirtualClock())) as runner:
        runner.run(module.main())
    assert capsys.readouterr().out.splitlines()[2:] == ["[second] end"] * 2


def test_context_is_copied(play: Play) -> None:
    assert play("create/context_is_copied").lines == [
        "work: starts with ana",
        "work: goes on with eva",
        "main: still has ben",
    ]


def test_set_in_coroutine(play: Play) -> None:
    assert play("create/set_in_coroutine").lines == [
        "task returned: ana",
        "main sees: nobody",
        "coroutine returned: ana",
        "main sees: ana",
    ]


def test_wait_for_makes_a_task_on_3_11_only() -> None:
    outputs = recorded("create/set_in_helpers")
    assert {lines[0] for lines in outputs.values()} == {"after gather(): nobody"}
    after = {minor: lines[1].rpartition(" ")[2] for minor, lines in outputs.items()}
    assert after == {"3.11": "nobody", "3.12": "ana", "3.13": "ana", "3.14": "ana", "3.15": "ana"}


def test_copy_is_shallow(play: Play) -> None:
    assert play("create/copy_is_shallow").lines == ["['first', 'second']"]


def test_share_context(play: Play) -> None:
    assert play("create/share_context").lines == [
        "show: ana",
        "main: nobody",
        "main, from the shared context: ana",
    ]


def test_group_takes_a_context(load: Load) -> None:
    module = load("create/share_context")

    async def main() -> None:
        shared = module.copy_context()
        async with asyncio.TaskGroup() as group:
            group.create_task(module.log_in(), context=shared)
        assert shared[module.user] == "ana"

    asyncio.run(main())


def test_reset_elsewhere(real: Real) -> None:
    result = real("create/reset_elsewhere")
    assert result.exit == 1
    last = result.output.splitlines()[-1]
    assert re.fullmatch(r"ValueError: <Token var=<ContextVar name='user' .*> was created in a different Context", last)


def test_reset_in_same_task(play: Play) -> None:
    assert play("create/reset_in_same_task").lines == ["inside: ana", "after reset: nobody"]


def test_reset_after_block() -> None:
    outputs = recorded("create/reset_after_block")
    assert list(outputs) == ["3.14", "3.15"]
    assert {tuple(lines) for lines in outputs.values()} == {("inside: ana", "after reset: nobody")}
