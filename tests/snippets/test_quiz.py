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


def right_choice(number: int) -> str:
    """The text of the choice that the answer to a question names."""
    text = (ROOT / "docs" / "quiz.md").read_text(encoding="utf-8")
    question = re.split(r"^## ", text, flags=re.MULTILINE)[number]
    answer = re.search(r"^    \*\*([A-D])\.\*\* ", question, re.MULTILINE)
    assert answer
    choice = re.search(rf"^- \*\*{answer[1]}\*\*: (.+)$", question, re.MULTILINE)
    assert choice
    return choice[1]


def quoted(lines: list[str]) -> str:
    return ", ".join(f"`{line}`" for line in lines) or "nothing"


def test_await_and_create_task(play: Play) -> None:
    lines = play("quiz/await_and_create_task").lines
    assert lines.index("awaited: end") < lines.index("main: after await"), "await runs it to its end"
    assert lines.index("main: after create_task()") < lines.index("task: start"), "create_task() only schedules it"
    assert right_choice(1).startswith("`await` runs `work()` to its end before the next line. `create_task()` only")


def test_await_without_waiting(play: Play) -> None:
    lines = play("quiz/await_without_waiting").lines
    assert lines == ["double", "main 42", "work"]
    assert right_choice(2) == quoted(lines)


def test_end_in_another_order(play: Play) -> None:
    run = play("quiz/end_in_another_order")
    assert run.lines == ["fetch: b", "fetch: c", "fetch: a", "main: a b c"]
    assert run.seconds == 0.6
    assert right_choice(3) == quoted(run.lines)


def test_tasks_in_a_comprehension(play: Play) -> None:
    run = play("quiz/tasks_in_a_comprehension")
    assert run.seconds == 3
    assert run.lines == ["[1, 2, 3]", right_choice(4)]


def test_create_task_at_the_end(play: Play) -> None:
    run = play("quiz/create_task_at_the_end")
    assert run.lines == ["main: end, done: False", "work: start"]
    assert run.seconds == 0, "nobody waits for the rest"
    assert right_choice(5) == quoted(run.lines[1:])


def test_cancel_before_start(play: Play) -> None:
    lines = play("quiz/cancel_before_start").lines
    assert lines == ["main: cancelled"]
    assert right_choice(6) == quoted(lines[:-1])


def test_set_context_in_task(play: Play) -> None:
    lines = play("quiz/set_context_in_task").lines
    assert lines == ["after the task: nobody", "after the coroutine: bob"]
    assert right_choice(7) == ", then ".join(f"`{line.partition(': ')[2]}`" for line in lines)


def test_await_twice(play: Play) -> None:
    assert play("quiz/await_twice").lines == [
        "work: runs",
        "42 42",
        "work: runs",
        "42",
        "RuntimeError: cannot reuse already awaited coroutine",
    ]
    assert right_choice(8).startswith("a task")


def test_ask_a_failed_task(play: Play) -> None:
    assert play("quiz/ask_a_failed_task").lines == [
        "done: True",
        "cancelled: False",
        "exception: ValueError('no such page')",
    ]
    assert right_choice(9) == "`True`"


def test_default_name(real: Real) -> None:
    assert real("quiz/default_name").output == "Task-2\n"
    assert right_choice(10) == "`Task-2`"
