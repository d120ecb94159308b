"""The answers of docs/quiz.md."""

from __future__ import annotations

import re
from collections.abc import Callable

from taskbook.result import Result
from tests.conftest import ROOT, Played

Play = Callable[[str], Played]
Real = Callable[[str], Result]


def test_each_question_has_one_answer_among_its_choices() -> None:
    text = (ROOT / "docs" / "quiz.md").read_text(encoding="utf-8")
    questions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert len(questions) == 10
    for number, question in enumerate(questions, 1):
        assert question.startswith(f"{number}. ")
        choices = re.findall(r"^- \*\*([A-D])\*\*: ", question, re.MULTILINE)
        answers = re.findall(r"^    \*\*([A-D])\.\*\* ", question, re.MULTILINE)
        assert choices == list("ABCD")[: len(choices)]
        assert len(answers) == 1
        assert answers[0] in choices
        assert question.count(f'??? question "Show the answer to question {number}"') == 1
        assert question.count("```snippet") == 1
        before, _, after = question.partition("??? question")
        assert "```" not in before, "the program would show the answer"
        assert "```snippet" in after


def test_await_and_create_task(play: Play) -> None:
    lines = play("quiz/await_and_create_task").lines
    assert lines.index("awaited: end") < lines.index("main: after await"), "await runs it to its end"
    assert lines.index("main: after create_task()") < lines.index("task: start"), "create_task() only schedules it"


def test_await_without_waiting(play: Play) -> None:
    assert play("quiz/await_without_waiting").lines == ["double", "main 42", "work"]


def test_end_in_another_order(play: Play) -> None:
    run = play("quiz/end_in_another_order")
    assert run.lines == ["fetch: b", "fetch: c", "fetch: a", "main: a b c"]
    assert run.seconds == 0.6


def test_tasks_in_a_comprehension(play: Play) -> None:
    run = play("quiz/tasks_in_a_comprehension")
    assert run.seconds == 3
    assert run.lines == ["[1, 2, 3]", "3 seconds"]


def test_create_task_at_the_end(play: Play) -> None:
    run = play("quiz/create_task_at_the_end")
    assert run.lines == ["main: end, done: False", "work: start"]
    assert run.seconds == 0, "nobody waits for the rest"


def test_cancel_before_start(play: Play) -> None:
    assert play("quiz/cancel_before_start").lines == ["main: cancelled"]


def test_set_context_in_task(play: Play) -> None:
    assert play("quiz/set_context_in_task").lines == ["after the task: nobody", "after the coroutine: bob"]


def test_await_twice(play: Play) -> None:
    assert play("quiz/await_twice").lines == [
        "work: runs",
        "42 42",
        "work: runs",
        "42",
        "RuntimeError: cannot reuse already awaited coroutine",
    ]


def test_ask_a_failed_task(play: Play) -> None:
    assert play("quiz/ask_a_failed_task").lines == [
        "done: True",
        "cancelled: False",
        "exception: ValueError('no such page')",
    ]


def test_default_name(real: Real) -> None:
    assert real("quiz/default_name").output == "Task-2\n"
