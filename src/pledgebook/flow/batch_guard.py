"""A watch over one document at a time: who takes too long is ended from outside of Python, and not tried again."""

import faulthandler
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

TOO_SLOW, CRASHED = "slow-document", "crashed-document"
_DEATHS = 2


class Guard:
    """Notes on disk which document is being read, so that the process that comes next knows what ended this one.

    A parser that never comes back from one step hears no signal. So a thread outside of Python's reach waits beside
    it, and ends the whole process when the time is up; whoever begins the task again reads the note, and passes over
    that document. One that a process died on without the time being up is tried once more: the process may have been
    ended by somebody.
    """

    def __init__(self, notes: Path, *, seconds: float) -> None:
        """Takes the beginning of the notes' names; reads what an earlier process left there."""
        self._seconds = seconds
        self._at = notes.with_suffix(".at")
        self._alarm = notes.with_suffix(".alarm")
        self._known = notes.with_suffix(".known")
        self.bad: dict[str, str] = {}
        deaths = self._read_known()
        before = self._at.read_text(encoding="utf-8") if self._at.exists() else ""
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
        self._at.write_text("", encoding="utf-8")
        self._file: TextIO = self._alarm.open("w", encoding="utf-8")

    def _read_known(self) -> dict[str, int]:
        try:
            return dict(json.loads(self._known.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    @contextmanager
    def over(self, name: str) -> Iterator[None]:
        """Watches while a document is read."""
        self._at.write_text(name, encoding="utf-8")
        faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._file)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    def close(self) -> None:
        """The task is done: nothing need be known any more."""
        self._file.close()
        for path in (self._at, self._alarm, self._known):
            path.unlink(missing_ok=True)
