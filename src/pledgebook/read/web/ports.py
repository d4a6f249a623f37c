"""What fetching needs from whoever runs it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time, as an argument."""

    def now(self) -> datetime:
        """The time of day."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""

    def sleep(self, seconds: float) -> None:
        """Comes back after `seconds`, or earlier where the program is asked to stop."""
