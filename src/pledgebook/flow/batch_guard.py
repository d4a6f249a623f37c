"""A watch over one document at a time: who takes too long is ended from outside of Python, and not tried again."""

import faulthandler
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TextIO

TOO_SLOW, CRASHED = "slow-document", "crashed-document"
_DEATHS = 2
_WIDTH = 24  # of a note: the place of a record, in digits


class Guard:
    """Notes on disk which document is being read, so that the process that comes next knows what ended this one.

    A parser that never comes back from one step hears nothing of what Python would tell it. So the system's own alarm
    ends the whole process when the time is up; whoever begins the task again reads the note, and passes over that
    document. One that a process died on without the time being up is tried once more: the process may have been ended
    by somebody.
    """

    def __init__(self, notes: Path, *, seconds: float) -> None:
        """Takes the beginning of the notes' names; reads what an earlier process left there."""
        self._seconds = seconds
        self._at = notes.with_suffix(".at")
        self._alarm = notes.with_suffix(".alarm")
        self._known = notes.with_suffix(".known")
        self.bad: dict[str, str] = {}
        deaths = self._read_known()
        before = self._at.read_text(encoding="ascii").strip() if self._at.exists() else ""
        if before:
            if self._alarm.exists() and self._alarm.stat().st_size:
                deaths[before] = -1
            elif deaths.get(before, 0) >= 0:
                deaths[before] = deaths.get(before, 0) + 1
            self._known.write_text(json.dumps(deaths, sort_keys=True), encoding="utf-8")
        for name, count in deaths.items():
            if count < 0:
                self.bad[name] = TOO_SLOW
            elif count >= _DEATHS:
                self.bad[name] = CRASHED
        # Both stay open: to open a file costs more than to test a hundred pages.
        self._note = os.open(self._at, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._file: TextIO = self._alarm.open("w", encoding="utf-8")
        self._has_clock = _has_clock()
        if self._has_clock:
            # A trace of where it was goes to the file, and the signal goes on to what it does by itself: end us.
            faulthandler.register(signal.SIGALRM, file=self._file, chain=True)

    def _read_known(self) -> dict[str, int]:
        try:
            return dict(json.loads(self._known.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    @contextmanager
    def over(self, name: str) -> Iterator[None]:
        """Watches while a document is read."""
        self._write(name)
        if self._has_clock:
            signal.setitimer(signal.ITIMER_REAL, self._seconds)
        else:
            faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._file)
        try:
            yield
        finally:
            if self._has_clock:
                signal.setitimer(signal.ITIMER_REAL, 0)
            else:
                faulthandler.cancel_dump_traceback_later()
        # Not where it raised: if that ends the process, the note has to tell.
        self._write("")

    def _write(self, name: str) -> None:
        os.lseek(self._note, 0, os.SEEK_SET)
        os.write(self._note, name.ljust(_WIDTH).encode("ascii"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Where the task is done, nothing need be known any more."""
        if self._has_clock:
            faulthandler.unregister(signal.SIGALRM)
        self._file.close()
        os.close(self._note)
        if kind is None:
            for path in (self._at, self._alarm, self._known):
                path.unlink(missing_ok=True)


def _has_clock() -> bool:
    """Whether the system has an alarm that nobody else waits for; else a thread keeps the time, which costs more."""
    return hasattr(signal, "SIGALRM") and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
