"""An event loop whose clock jumps to the next timer instead of waiting for it.

``python -m tests.virtual_clock PROGRAM`` runs a program on it.

Two timers that were set for the same moment fire in the order in which they
were set, as they do on the real loop: each reading of the clock advances it by
a ten-millionth of a second, so no two moments are quite the same.
"""

from __future__ import annotations

import asyncio
import atexit
import io
import json
import os
import selectors
import sys
import time
import types
from pathlib import Path
from typing import Any

TICK = 1e-7


class NothingLeftError(RuntimeError):
    """All tasks wait, and nothing is left that could wake one of them."""


class VirtualClock:
    """A clock that moves only when it is read or told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time, in seconds since the clock was made."""
        self.now += TICK
        return self.now


class _JumpingSelector(selectors.SelectSelector):
    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self.clock = clock

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0)
        if ready:
            return ready
        if timeout is None:
            raise NothingLeftError("every task waits for something that cannot happen any more")
        self.clock.now += timeout
        return []


class VirtualClockLoop(asyncio.SelectorEventLoop):
    """An event loop that runs on a :class:`VirtualClock`."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(_JumpingSelector(clock))
        self.clock = clock

    def time(self) -> float:
        """The virtual time, in seconds."""
        return self.clock()


class _Recorder(io.StringIO):
    """Standard output that knows at which virtual second each line was ended."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self.clock = clock
        self.moments: list[float] = []

    def write(self, text: str) -> int:
        self.moments += [self.clock.now] * text.count("\n")
        return super().write(text)

    def report(self) -> None:
        played = {"output": self.getvalue(), "seconds": round(self.clock.now, 2), "moments": self.moments}
        os.write(1, json.dumps(played).encode())


def run(program: Path) -> None:
    """Become the program, with every event loop and ``time.perf_counter`` on one virtual clock.

    When the interpreter ends, what it printed stands on the real standard
    output, as JSON: ``output``, ``seconds``, and the ``moments`` of its lines.
    """
    clock = VirtualClock()
    recorder = _Recorder(clock)
    atexit.register(recorder.report)
    asyncio.new_event_loop = asyncio.events.new_event_loop = lambda: VirtualClockLoop(clock)
    time.perf_counter = clock
    sys.stdout = recorder
    sys.argv = [str(program)]
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__file__ = str(program)
    exec(compile(program.read_bytes(), program.name, "exec", dont_inherit=True), main.__dict__)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
