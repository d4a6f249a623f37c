"""A day that is known only to lie between two days."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The first and the last day on which something can have happened; the same day twice where it is known.

    >>> Interval.day(date(2024, 5, 13)).is_day
    True
    >>> Interval(date(2024, 2, 1), date(2024, 2, 29)).overlaps(Interval.day(date(2024, 2, 19)))
    True
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"interval {self.earliest}..{self.latest}: earliest lies after latest")

    @classmethod
    def day(cls, day: date) -> "Interval":
        """The interval of one day."""
        return cls(day, day)

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest

    @property
    def days(self) -> int:
        """How many days it covers, both ends counted."""
        return (self.latest - self.earliest).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle, the earlier one of two.

        >>> Interval(date(2024, 2, 1), date(2024, 2, 29)).middle.isoformat()
        '2024-02-15'
        """
        return self.earliest + timedelta(days=(self.latest - self.earliest).days // 2)

    def overlaps(self, other: "Interval") -> bool:
        """Whether at least one day lies in both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def within(self, other: "Interval") -> bool:
        """Whether no day of it lies outside `other`."""
        return other.earliest <= self.earliest and self.latest <= other.latest

    def joined(self, other: "Interval") -> "Interval":
        """The shortest interval that covers both."""
        return Interval(min(self.earliest, other.earliest), max(self.latest, other.latest))

    def narrowed(self, other: "Interval") -> "Interval | None":
        """The days that lie in both, or None where there are none."""
        earliest, latest = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return Interval(earliest, latest) if earliest <= latest else None

    def distance(self, other: "Interval") -> int:
        """Days between the two; 0 where they overlap."""
        return max(0, (other.earliest - self.latest).days, (self.earliest - other.latest).days)
