"""The time, and waiting that can be cut short."""

import select
import socket
import time
from datetime import datetime

from pledgebook.show.cli.session import now


class SystemClock:
    """The clock of this machine, whose every wait ends where the program is asked to stop.

    >>> clock = SystemClock()
    >>> clock.stop(); clock.sleep(3600); clock.is_stopped
    True
    >>> clock.close()
    """

    def __init__(self) -> None:
        self.is_stopped = False
        # A lock would hang where a signal comes while it is held; something to read wakes the wait without one.
        self._waiting, self._waking = socket.socketpair()
        for end in (self._waiting, self._waking):
            end.setblocking(False)

    def close(self) -> None:
        """Gives back what waits are cut short by; nobody may wait any more."""
        self._waiting.close()
        self._waking.close()

    def stop(self) -> None:
        """Ends all waits, now and later; may be called by the handler of a signal."""
        if not self.is_stopped:
            self.is_stopped = True
            self._waking.send(b"\0")

    def now(self) -> datetime:
        """The time of day."""
        return now()

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Comes back after `seconds`, or at once where the program is asked to stop."""
        select.select([self._waiting], [], [], seconds)
