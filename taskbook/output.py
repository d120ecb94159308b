"""The text of an output: made fit for a page, and compared with another.

What differs from run to run and says nothing is replaced when an output is
kept: addresses, the folders of paths, line numbers of the standard library
inside messages, and the durations that asyncio itself reports. What differs
from one Python to the next inside a traceback is shown as it was printed, and
only left out when two outputs are compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

BAR = r"(?P<bar>[ |+]*?)"  # what an exception group draws before each line
FRAME = re.compile(rf'^{BAR}  File "(?P<file>[^"]*)", line(?:no)? \d+')  # tracemalloc: lineno
MARKERS = re.compile(r"^[ |+]* {4}[~^]+[ ~^]*$")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")
LIBRARY_LINE = re.compile(r"\b((?:Lib|site-packages)/[\w./-]+\.py:)\d+")
SLOW_CALL = re.compile(r"^(Executing .* took )\d+\.\d+( seconds)$", re.MULTILINE)
LIBRARY_PATH = re.compile(r"\b(?:Lib|site-packages)/[\w.\\-]+")
LIBRARY = ("Lib/", "site-packages/")


def decode(data: bytes) -> tuple[str, str]:
    """The text of an output, and why it cannot stand on a page ("" if it can)."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = data[error.start : error.end]
        return data.decode("utf-8", "backslashreplace"), f"printed bytes that are not UTF-8 ({wrong!r} in line {line})"
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        return text, f"printed the control character U+{ord(found[0]):04X} in line {line}, which no page can show"
    return text, ""


def settle(text: str, folders: dict[str, str], own: str) -> str:
    """Replace what differs from run to run and says nothing.

    Args:
        text: what a program printed.
        folders: folder or file to what is shown instead; longer ones win.
        own: the file whose frames are part of the runner, not of the program.
    """
    text = without_frames(text, lambda file: file == own)
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(folder, folders[folder])
    if any(folder.endswith("\\") for folder in folders):  # on Windows
        text = LIBRARY_PATH.sub(lambda path: path[0].replace("\\", "/"), text)
    text = ADDRESS.sub("0x…", text)
    text = LIBRARY_LINE.sub(r"\1…", text)
    return SLOW_CALL.sub(r"\1…\2", text)


@lru_cache(maxsize=4096)
def comparable(text: str) -> str:
    """An output without the parts that differ between Pythons in any traceback."""
    text = without_frames(text, lambda file: file.startswith(LIBRARY) or file.startswith("<frozen "))
    lines = text.split("\n")
    return "\n".join(line for line in lines if not MARKERS.match(line))


def without_frames(text: str, unwanted: Callable[[str], bool]) -> str:
    """An output without those frames of its tracebacks whose file is unwanted.

    Args:
        text: the output.
        unwanted: called with a frame's file, true if the frame is to go.
    """
    kept = []
    dropping: str | None = None  # the indentation of the frame that is going
    for line in text.split("\n"):
        if dropping is not None and line.startswith((dropping + "  ", dropping + "[Previous line repeated")):
            continue
        frame = FRAME.match(line)
        dropping = frame["bar"] + "  " if frame and unwanted(frame["file"]) else None
        if dropping is None:
            kept.append(line)
    return "\n".join(kept)
