"""An event loop whose clock jumps to the next timer instead of waiting for it.

Two timers that were set for the same moment fire in the order in which they
were set, as they do on the real loop: each reading of the clock advances it by
a ten-millionth of a second, so no two moments are quite the same.
"""

from __future__ import annotations

import asyncio
import selectors
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
