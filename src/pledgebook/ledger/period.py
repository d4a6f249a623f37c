"""The period that a total is about."""

from dataclasses import dataclass
from datetime import date

from pledgebook.domain import Pledge, Role


@dataclass(frozen=True, slots=True)
class Period:
    """The days of announcement that are asked for."""

    since: date | None
    until: date | None
    new_only: bool

    def holds(self, pledge: Pledge) -> bool:
        """Whether a pledge was announced in these days."""
        if self.since is None and self.until is None:
            return True
        days = pledge.announced
        if days is None:
            # News without a day was announced about when it was told; background without a day, some day before.
            told = min((t.published for t in pledge.tellings if t.published is not None), default=None)
            if told is None or (self.since is not None and pledge.role is not Role.NEW):
                return False
            days = told
        after = self.since is None or days.latest >= self.since
        before = self.until is None or days.earliest <= self.until
        return after and before
