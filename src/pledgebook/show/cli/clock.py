"""The time, and waiting that can be cut short."""

import time
from datetime import datetime
from threading import Event

from pledgebook.show.cli.session import now


class SystemClock:
    """The clock of this machine; `stopped` ends every wait."""

    def __init__(self) -> None:
        self.stopped = Event()

    def now(self) -> datetime:
        """The time of day."""
        return now()

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Comes back after `seconds`, or at once where the program is asked to stop."""
        self.stopped.wait(seconds)
