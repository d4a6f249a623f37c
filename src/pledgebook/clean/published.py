"""When a document came out."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from pledgebook.clean.lines import Line
from pledgebook.domain import Interval, Mention, PublishedBasis
from pledgebook.lexicon.events import load_events

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_COMPACT_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})(?!\d)")
_HEAD_LINES = 8
_FOOT_LINES = 3
_SHORT_LINE = 160
_DATELINE = 90
_NEAR_DAYS = 3
_WEEK = 6
_FIRST_YEAR = 1995


class DateFinder(Protocol):
    """Finds the dates of a text, given what is known of its publication."""

    def __call__(self, text: str, language: str, *, published: Interval | None) -> Sequence[Mention]:
        """Mentions of dates in `text`, with their readings."""


@dataclass(frozen=True, slots=True)
class Published:
    """When a document came out, how that is known, and what was overruled on the way."""

    interval: Interval | None
    basis: PublishedBasis
    overruled: str | None = None


def find_published(
    lines: Sequence[Line],
    language: str,
    *,
    title: Line | None,
    meta_days: Iterable[str],
    byline: str,
    given: date | None,
    find_dates: DateFinder,
) -> Published:
    """The interval in which the document came out.

    What came with the page (`given`, `meta_days`) yields to a byline or dateline that disagrees; a day above the title,
    which may be that of the crawl, yields to what the text tells of itself. Without any of them the text is asked.
    """
    meta = given or next((day for day in map(read_day, meta_days) if day is not None), None)
    told = _told_day(lines, byline, language, title, find_dates)
    text = "\n".join(line.text for line in lines)
    inferred = _from_events(text, language, find_dates, before=None)
    if told is not None and (meta is None or abs((told.day - meta).days) > _NEAR_DAYS):
        if told.is_header:
            contradicting = _from_events(text, language, find_dates, before=told.day)
            if contradicting is not None and not contradicting.overlaps(Interval.day(told.day)):
                return Published(contradicting, PublishedBasis.INFERRED, f"the header's {told.day.isoformat()}")
        overruled = f"the metadata's {meta.isoformat()}" if meta is not None else None
        return Published(Interval.day(told.day), PublishedBasis.BYLINE, overruled)
    if meta is not None:
        return Published(Interval.day(meta), PublishedBasis.METADATA)
    if inferred is not None:
        return Published(inferred, PublishedBasis.INFERRED)
    return Published(None, PublishedBasis.UNKNOWN)


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
    return day if day.year >= _FIRST_YEAR else None


@dataclass(frozen=True, slots=True)
class _Told:
    day: date
    is_header: bool


def _told_day(
    lines: Sequence[Line], byline: str, language: str, title: Line | None, find_dates: DateFinder
) -> _Told | None:
    """The day of a byline, a dateline or a line of its own near an end of the article, the most telling first."""
    top = 0 if title is None else next((n for n, line in enumerate(lines) if line.span == title.span), 0)
    below = [line.text[:_DATELINE] if len(line.text) > _SHORT_LINE else line.text for line in lines[top + 1 : top + 1 + _HEAD_LINES]]
    foot = [line.text for line in lines[-_FOOT_LINES:] if len(line.text) <= _SHORT_LINE]
    above = [line.text for line in lines[:top] if len(line.text) <= _SHORT_LINE]
    shorts = [text for text in below if len(text) <= _SHORT_LINE]
    for texts, is_header in ((shorts, False), (byline.splitlines()[:40], False), (foot, False), (above, True)):
        for text in texts:
            for mention in find_dates(text, language, published=None):
                reading = mention.reading
                if reading is None or not reading.interval.is_day or reading.edge != "on" or not _has_year(mention, text):
                    continue
                # In running text a day is a dateline's only near the beginning of the line.
                if len(text.split()) > 20 and mention.span.start > _DATELINE // 2 and not text.startswith("("):  # noqa: PLR2004
                    continue
                return _Told(reading.interval.earliest, is_header)
    return None


def _has_year(mention: Mention, text: str) -> bool:
    reading = mention.reading
    words = mention.span.of(text)
    return reading is not None and any(char.isdigit() for char in words) and sum(map(str.isdigit, words)) >= 4  # noqa: PLR2004


def _from_events(text: str, language: str, find_dates: DateFinder, *, before: date | None) -> Interval | None:
    """What the text's public events say of its day; with `before`, only where one is told as this week's news."""
    events = load_events()
    named = {match.label: match.span for match in events.matcher.find(text)}
    if not named:
        return None
    hints = find_dates(text, language, published=None)
    latest: Interval | None = None
    for name, span in sorted(named.items()):
        days = [day for day in events.days[name] if before is None or day <= before]
        if not days:
            continue
        weekdays = _weekdays_near(text, language, span.start, span.end, find_dates)
        fresh = [day for day in days if day.weekday() in weekdays]
        if fresh:
            return Interval(fresh[-1], fresh[-1] + timedelta(days=_WEEK))
        floor = days[-1] if len(days) == 1 else None
        if floor is not None and (latest is None or floor > latest.earliest):
            latest = Interval(floor, floor + timedelta(days=365))
    if before is not None or latest is None:
        return None
    return _narrowed_by_month(latest, hints) or latest


def _weekdays_near(text: str, language: str, start: int, end: int, find_dates: DateFinder) -> set[int]:
    """Weekdays told in the sentence around a span: a Monday is a Monday against whatever week it is read."""
    left = max(text.rfind(stop, 0, start) for stop in (". ", "\n", "! ", "? ")) + 1
    right = min((at for stop in (". ", "\n", "! ", "? ") if (at := text.find(stop, end)) >= 0), default=len(text))
    # Two weeks seven days apart: a word that names a weekday moves with the week, a dated one does not.
    found = set()
    base, other = date(2024, 1, 10), date(2024, 1, 17)
    first = find_dates(text[left:right], language, published=Interval.day(base))
    second = find_dates(text[left:right], language, published=Interval.day(other))
    for one, two in zip(first, second, strict=False):
        if one.reading is None or two.reading is None or one.span != two.span:
            continue
        if one.reading.interval.is_day and two.reading.interval.earliest - one.reading.interval.earliest == timedelta(days=7):
            found.add(one.reading.interval.earliest.weekday())
    return found


def _narrowed_by_month(window: Interval, hints: Sequence[Mention]) -> Interval | None:
    """The window cut to a month that the text names without a year, as in "earlier in February"."""
    months = set()
    for hint in hints:
        reading = hint.reading
        if reading is None or reading.interval.days > 31 or reading.interval.days < 28:  # noqa: PLR2004
            continue
        months.add(reading.interval.earliest.month)
    for month in sorted(months, key=lambda month: (month - window.earliest.month) % 12):
        year = window.earliest.year + (month < window.earliest.month)
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return Interval(first, last)
    return None
