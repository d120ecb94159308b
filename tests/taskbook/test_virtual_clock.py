"""The virtual clock keeps the real loop's order, and says when nothing is left to wait for."""

from __future__ import annotations

import asyncio

import pytest

from tests.virtual_clock import NothingLeftError, VirtualClock, VirtualClockLoop


def on_clock(coroutine: object) -> VirtualClock:
    clock = VirtualClock()
    with asyncio.Runner(loop_factory=lambda: VirtualClockLoop(clock)) as runner:
        runner.run(coroutine)  # type: ignore[arg-type]
    return clock


def test_equal_sleeps_wake_in_the_order_they_were_started() -> None:
    woken = []

    async def sleeper(number: int) -> None:
        await asyncio.sleep(1)
        woken.append(number)

    async def main() -> None:
        await asyncio.gather(*map(sleeper, range(100)))

    clock = on_clock(main())
    assert woken == list(range(100))
    assert clock.now == pytest.approx(1, abs=0.001)


def test_hours_take_no_time() -> None:
    assert on_clock(asyncio.sleep(36_000)).now == pytest.approx(36_000)


def test_a_deadlock_is_an_error_not_a_hang() -> None:
    async def main() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(NothingLeftError):
        on_clock(main())
