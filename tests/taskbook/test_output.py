"""What is made of an output before it is kept, and what counts as the same."""

from __future__ import annotations

import pytest

from taskbook.output import comparable, decode, settle

FOLDERS = {
    "/usr/lib/python3.13/": "Lib/",
    "/usr/lib/python3.13/site-packages/": "site-packages/",
    "/tmp/x/7/program/": "",
}


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("<object at 0x7f1433e47090>", "<object at 0x…>"),
        ("0xff and 0x12", "0xff and 0x12"),
        ('  File "/tmp/x/7/program/a.py", line 3', '  File "a.py", line 3'),
        ('  File "/usr/lib/python3.13/asyncio/runners.py", line 3', '  File "Lib/asyncio/runners.py", line 3'),
        ("/usr/lib/python3.13/site-packages/httpx/a.py", "site-packages/httpx/a.py"),
        ("cb() at /usr/lib/python3.13/asyncio/base_events.py:184]", "cb() at Lib/asyncio/base_events.py:…]"),
        ("/usr/lib/python3.13/unittest/case.py:579: RuntimeWarning", "Lib/unittest/case.py:…: RuntimeWarning"),
        ("work() at /tmp/x/7/program/a.py:6", "work() at a.py:6"),
        ("Executing <Task finished> took 0.216 seconds", "Executing <Task finished> took … seconds"),
        ("It took 3.0 seconds", "It took 3.0 seconds"),
        ("Executing it took 3.0 seconds, it says", "Executing it took 3.0 seconds, it says"),
    ],
)
def test_settle(printed: str, kept: str) -> None:
    assert settle(printed, FOLDERS, "/runner.py") == kept


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        (r'  File "C:\Python315\Lib\asyncio\runners.py", line 3', '  File "Lib/asyncio/runners.py", line 3'),
        (r"cb() at C:\Python315\Lib\asyncio\base_events.py:184]", "cb() at Lib/asyncio/base_events.py:…]"),
        (r"C:\x\7\program\a.py prints a\b", r"a.py prints a\b"),
    ],
)
def test_settle_on_windows(printed: str, kept: str) -> None:
    folders = {"C:\\Python315\\Lib\\": "Lib/", "C:\\x\\7\\program\\": ""}
    assert settle(printed, folders, r"C:\runner.py") == kept


def test_settle_leaves_out_the_frames_of_the_runner() -> None:
    printed = 'Traceback:\n  File "/runner.py", line 9, in <module>\n    exec(code)\n    ^^^^\n  File "/a.py", line 1\n    a\nE: x'
    assert settle(printed, {}, "/runner.py") == 'Traceback:\n  File "/a.py", line 1\n    a\nE: x'


OLD = """\
  + Exception Group Traceback (most recent call last):
  |   File "a.py", line 12, in <module>
  |     asyncio.run(main())
  |   File "Lib/asyncio/runners.py", line 190, in run
  |     return runner.run(main)
  |            ^^^^^^^^^^^^^^^^
  | ExceptionGroup: unhandled (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "a.py", line 5, in bad
    |     raise ValueError
    | ValueError
    +------------------------------------
"""
NEW = """\
  + Exception Group Traceback (most recent call last):
  |   File "a.py", line 12, in <module>
  |     asyncio.run(main())
  |     ~~~~~~~~~~~^^^^^^^^
  |   File "Lib/asyncio/runners.py", line 204, in run
  |     return runner.run(main)
  |            ~~~~~~~~~~^^^^^^
  |   File "Lib/asyncio/base_events.py", line 719, in run_until_complete
  |     return future.result()
  |   [Previous line repeated 3 more times]
  | ExceptionGroup: unhandled (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "a.py", line 5, in bad
    |     raise ValueError
    | ValueError
    +------------------------------------
"""


def test_tracebacks_of_two_versions_compare_equal() -> None:
    assert comparable(OLD) == comparable(NEW)


@pytest.mark.parametrize(
    "other",
    [
        OLD.replace("line 5", "line 6"),
        OLD.replace("in bad", "in worse"),
        OLD.replace("ValueError\n    +", "KeyError\n    +"),
        OLD.replace("raise ValueError", "raise ValueError()"),
        OLD.replace("1 sub", "2 sub"),
    ],
)
def test_what_a_program_did_counts(other: str) -> None:
    assert comparable(OLD) != comparable(other)


def test_ordinary_lines_are_never_left_out() -> None:
    text = "^^^^\n~~~~\nFile 'x'\n  indented\n    more\n"
    assert comparable(text) == text


def test_frames_of_the_program_itself_count() -> None:
    one = 'Traceback\n  File "a.py", line 1, in f\n    g()\n  File "b.py", line 2, in g\n    1 / 0\nZeroDivisionError'
    assert comparable(one) == one


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"fine \xe2\x80\xa6\t\r\n", ""),
        (b"one\ntwo\n\xff\n", r"printed bytes that are not UTF-8 (b'\xff' in line 3)"),
        (b"bell \x07", "printed the control character U+0007 in line 1, which no page can show"),
        ("\x85".encode(), "printed the control character U+0085 in line 1, which no page can show"),
    ],
)
def test_decode(data: bytes, problem: str) -> None:
    assert decode(data)[1] == problem
