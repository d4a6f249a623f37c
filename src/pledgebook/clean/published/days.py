"""Days in metadata, and what is asked of the finder of dates."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from pledgebook.domain import Interval, Mention, Span

_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
# Days in figures that no language reads in another way: "2025. 6. 18.", "2025/10/28", "10. 9. 2025".
_YEAR_FIRST = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)[-./ ]\s?(\d{1,2})[-./ ]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.,/-])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2,}")
# A text may name only years to come; a day falls on the same weekday after five years at the soonest.
_EARLIER = 3
_FIRST_YEAR = 1995
_LAST_YEAR = 2060
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
# A Wednesday, the next, and the day after the first: what names a weekday moves with the week and not with the day.
_BASES = (date(2024, 1, 24), date(2024, 1, 31), date(2024, 1, 25))
_LEAP_YEAR = date(2024, 12, 31)


class DateFinder(Protocol):
    """Finds the dates of a text, given what is known of its publication."""

    def __call__(self, text: str, language: str, *, published: Interval | None) -> Sequence[Mention]:
        """Mentions of dates in `text`, with their readings."""


def read_day(words: str) -> date | None:
    """The day of an ISO 8601 date or time as metadata has it, None where there is none.

    >>> read_day("2025-02-10T07:58:00+01:00")
    datetime.date(2025, 2, 10)
    """
    found = _ISO_DAY.search(words) or _COMPACT_DAY.match(words.strip())
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def days_in_figures(text: str) -> Iterator[tuple[Span, date]]:
    """The days that `text` writes in figures alone, in an order that needs no language to be read.

    >>> [day.isoformat() for _, day in days_in_figures("2025. 06. 18. 14:02, 2. 2. 2026 and 1.2 3.4")]
    ['2025-06-18', '2026-02-02']
    """
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_YEAR_LAST, (3, 2, 1))):
        for found in pattern.finditer(text):
            year, month, day = (int(found[n]) for n in order)
            if month <= 12 and day > 0 and month and day <= monthrange(year, month)[1]:
                yield Span(*found.span()), date(year, month, day)


def years_in(text: str) -> tuple[int, ...]:
    """The years that `text` names in figures, sorted, each once.

    >>> years_in("in 2024 and 2025, not 120250")
    (2024, 2025)
    """
    return tuple(sorted({year for found in _YEAR.findall(text) if _FIRST_YEAR <= (year := int(found)) <= _LAST_YEAR}))


def years_around(text: str) -> tuple[int, ...]:
    """The years that `text` names, with some before the first and one after the last: those it may be of."""
    named = years_in(text)
    return tuple(range(named[0] - _EARLIER, named[-1] + 2)) if named else ()


def has_year(words: str) -> bool:
    """Whether the words of a date say the year, and not only a day and a month."""
    return sum(map(str.isdigit, words)) >= 4 or _YEAR.search(words) is not None


def weekdays_in(text: str, language: str, find_dates: DateFinder) -> frozenset[int]:
    """The weekdays that `text` names, 0 for Monday: a Monday is a Monday against whatever week it is read."""
    if not any(map(str.isalpha, text)):
        return frozenset()
    readings = [_plain_days(text, language, find_dates, base) for base in _BASES]
    return frozenset(
        day.weekday()
        for span, day in readings[0].items()
        if readings[1].get(span) == day + _WEEK and readings[2].get(span) != day + _DAY
    )


def _plain_days(text: str, language: str, find_dates: DateFinder, base: date) -> dict[Span, date]:
    """The days of `text` that no figure tells, read on the day `base`."""
    return {
        mention.span: mention.reading.interval.earliest
        for mention in find_dates(text, language, published=Interval.day(base))
        if mention.reading is not None
        and mention.reading.interval.is_day
        and not any(map(str.isdigit, mention.span.of(text)))
    }


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day or a month that stands without its year; `weekdays` are those named with it, `day` is None for a month."""

    span: Span
    month: int
    day: int | None
    weekdays: frozenset[int]

    def dated(self, year: int) -> Interval | None:
        """What it means in `year`: None for a 29 February that the year lacks."""
        length = monthrange(year, self.month)[1]
        if self.day is None:
            return Interval(date(year, self.month, 1), date(year, self.month, length))
        return Interval.day(date(year, self.month, self.day)) if self.day <= length else None

    def fitting(self, years: Iterable[int], weekdays: frozenset[int]) -> list[date]:
        """The days of `years` on which it falls on one of `weekdays`."""
        found = (self.dated(year) for year in years)
        return [one.earliest for one in found if one is not None and one.earliest.weekday() in weekdays]


def find_yearless(text: str, language: str, find_dates: DateFinder) -> Iterator[Yearless]:
    """The days and months of `text` that stand without a year and are told as past."""
    told = [
        one for one in find_dates(text, language, published=Interval.day(_LEAP_YEAR)) if _may_be_yearless(one, text)
    ]
    if not told:
        return
    # What reads the same from two neighbouring days of December, in that year, is no "three days ago".
    second = {
        (mention.span, mention.reading.interval)
        for mention in find_dates(text, language, published=Interval.day(_LEAP_YEAR - _DAY))
        if mention.reading is not None
    }
    for mention in told:
        reading, words = mention.reading, mention.span.of(text)
        if reading is None or (mention.span, reading.interval) not in second:
            continue
        first, last = reading.interval.earliest, reading.interval.latest
        if reading.interval.is_day and any(map(str.isdigit, words)):
            named = (weekdays_in(word, language, find_dates) for word in _WORD.findall(words))
            yield Yearless(mention.span, first.month, first.day, frozenset[int]().union(*named))
        elif first.day == 1 and last.day == monthrange(first.year, first.month)[1]:
            yield Yearless(mention.span, first.month, None, frozenset())


def _may_be_yearless(mention: Mention, text: str) -> bool:
    """Whether a date, read on the last day of a leap year, is a day or month of that year and does not say so."""
    reading = mention.reading
    if reading is None or reading.edge != "on" or has_year(mention.span.of(text)):
        return False
    first, last = reading.interval.earliest, reading.interval.latest
    return first.year == _LEAP_YEAR.year and last.month == first.month
