"""What one document may cost, and what becomes of one that costs more."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from pledgebook.domain import Finding, Severity

SECONDS, MEMORY = 10.0, 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How many seconds, and how many bytes of memory beyond what the program itself takes, one document may cost."""

    seconds: float = SECONDS
    memory: int = MEMORY


class TooSlowError(BaseException):
    """The time of a document is up. No Exception: whoever catches all of those must not catch this one."""


def slow_document(source: str, limits: Limits) -> Finding:
    """A document whose time was up."""
    seen = f"not read within {limits.seconds:g} s"
    return _refusal("slow-document", source, seen, "Raise --document-seconds, or take out what is not the article.")


def heavy_document(source: str, limits: Limits) -> Finding:
    """A document that asked for too much memory."""
    seen = f"more than {limits.memory:,} bytes of memory needed to read it"
    return _refusal("heavy-document", source, seen, "Raise --document-memory, or split the document.")


def crashed_document(source: str, code: int | None) -> Finding:
    """A document on which the process ended that read it."""
    seen = f"the process that read it ended (exit status {code})"
    return _refusal("crashed-document", source, seen, "Please report it, with the document.")


def _refusal(name: str, source: str, seen: str, help_: str) -> Finding:
    return Finding(name, source, f"{source}: {seen}. {help_}", severity=Severity.WARNING)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TooSlowError where what is done inside takes longer.

    Where the system and this thread can be told the time by a signal, and between two steps of Python only: what
    may not come back from a step is for a process of its own (see workers.py).
    """
    if not _has_clock():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    # Again and again: where the first one falls into code that can't raise, the next one is heard.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _has_clock() -> bool:
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, signal.SIG_IGN)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError
