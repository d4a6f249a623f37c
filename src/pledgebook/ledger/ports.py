"""What the ledger needs from outside."""

from datetime import date
from typing import Protocol

from pledgebook.domain import Rate


class Rates(Protocol):
    """Knows what one currency bought of another on a day."""

    def rate(self, source: str, target: str, day: date) -> Rate | None:
        """How much of `target` one unit of `source` bought on `day`, or None where nobody published it.

        The rate carries the day for which it was published, which lies before `day` on weekends and holidays.
        """
