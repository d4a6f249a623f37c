"""The period that a total is about."""

from dataclasses import dataclass
from datetime import date

from pledgebook.domain import Interval, Pledge, Role


@dataclass(frozen=True, slots=True)
class When:
    """When something was announced, as far as it is told.

    News without a day was announced about when it was told: `days` are those then. `is_before` marks background without
    a day, announced some day before.
    """

    days: Interval | None
    is_before: bool = False


def when(pledge: Pledge) -> When:
    """When a pledge was announced."""
    if pledge.announced is not None:
        return When(pledge.announced)
    told = min((it.published for it in pledge.tellings if it.published is not None), default=None)
    return When(told, is_before=pledge.role is not Role.NEW)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of announcement that are asked for."""

    since: date | None
    until: date | None
    new_only: bool

    def holds(self, pledge: Pledge) -> bool:
        """Whether a pledge was announced in these days."""
        return self.has(when(pledge)) if self.is_limited else True

    @property
    def is_limited(self) -> bool:
        """Whether it leaves out any day."""
        return self.since is not None or self.until is not None

    def has(self, announced: When) -> bool:
        """Whether what was announced then was announced in these days."""
        if not self.is_limited:
            return True
        days = announced.days
        if days is None or (self.since is not None and announced.is_before):
            return False
        after = self.since is None or days.latest >= self.since
        before = self.until is None or days.earliest <= self.until
        return after and before
