"""Waiting, and being told to stop."""

import signal
import time
from collections.abc import Iterator

import pytest

from pledgebook.show.cli.clock import SystemClock


@pytest.fixture
def clock() -> Iterator[SystemClock]:
    before = signal.getsignal(signal.SIGALRM)
    found = SystemClock()
    signal.signal(signal.SIGALRM, lambda *_: found.stop())
    yield found
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)
    found.close()


def test_a_signal_ends_a_wait(clock: SystemClock) -> None:
    since = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    clock.sleep(60)
    assert clock.is_stopped
    assert time.monotonic() - since < 30


def test_once_stopped_nothing_waits(clock: SystemClock) -> None:
    clock.stop()
    clock.stop()
    since = time.monotonic()
    for _ in range(3):
        clock.sleep(60)
    assert time.monotonic() - since < 30


def test_a_wait_lasts_as_long_as_it_is_told(clock: SystemClock) -> None:
    since = time.monotonic()
    clock.sleep(0.02)
    assert not clock.is_stopped
    assert time.monotonic() - since >= 0.02


def test_a_signal_may_come_at_any_moment() -> None:
    """Hundreds of waits, each begun just about when the signal comes."""
    before = signal.getsignal(signal.SIGALRM)
    try:
        for turn in range(300):
            clock = SystemClock()
            signal.signal(signal.SIGALRM, lambda *_, one=clock: one.stop())
            signal.setitimer(signal.ITIMER_REAL, 0.000_02 + turn % 30 * 0.000_01)
            while not clock.is_stopped:
                clock.sleep(0.001)
            clock.sleep(60)
            clock.close()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
