"""The day of a byline, a dateline, or a line of its own near an end of the article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pledgebook.clean.lines import Line, count_words
from pledgebook.clean.published.days import (
    DateFinder,
    days_in_figures,
    find_yearless,
    has_year,
    weekdays_in,
    years_around,
    years_in,
)
from pledgebook.domain import Interval, Span

_HEAD_LINES = 8
_FOOT_LINES = 3
_LEADS = 2
_SHORT_LINE = 160
_BYLINE_WORDS = 14
_FEW_WORDS = 8
_BYLINES = 60
_DATELINE = 60
# A dateline begins within so many characters, and no day takes more than those that are left: the rest of a lead
# need not be looked through for one.
_DATELINE_END = 160
_YEAR_DIGITS = 4
_LEAD = 400
# What parts a dateline from the story: "PARIS, May 13, 2024 (Newswire) - ", "Bern, 2. Juni. Der", "6 maart, Breda — ",
# and the sign for a wire in Chinese.
_PARTED = re.compile(
    r"\s*(?:\w{1,2}\.)?\s*(?:[-–—](?!\w)|[:)(/|】\]【（）电電讯訊]|\.[-–—\s]|,\s[^\s,.]{2,20}\s[-–—]\s)"
)
_CLOSING = re.compile(r"[(（【\[]([^()（）]{4,40})[)）】\]]$")
_OPENING = "(（【"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Told:
    """A day that the page tells of itself; `is_header` where it stands above the title and may be the crawl's."""

    interval: Interval
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class _Places:
    """The words that may tell a day, by where they stand."""

    below: tuple[str, ...]
    leads: tuple[str, ...]
    beside: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def bylines(self) -> tuple[str, ...]:
        return (*self.below, *self.beside)


def told_days(
    lines: Sequence[Line], byline: str, language: str, *, title: Line | None, find_dates: DateFinder
) -> list[Told]:
    """The days that bylines and datelines tell, the most telling first; a month only where no day is told."""
    places = _places(lines, byline, title)
    found = [Told(day) for text in places.below for day in _full_days(text, language, find_dates)]
    found += [Told(day) for text in places.leads for day in _full_days(text, language, find_dates, is_lead=True)]
    found += [Told(day) for text in places.beside for day in _full_days(text, language, find_dates)]
    if not found:
        found = [Told(day) for day in _with_year_elsewhere(lines, places, language, find_dates)]
    found += [Told(day, is_header=True) for text in places.above for day in _full_days(text, language, find_dates)]
    if not found:
        found = [Told(month) for text in places.bylines for month in _months(text, language, find_dates)]
    return found


def _places(lines: Sequence[Line], byline: str, title: Line | None) -> _Places:
    top = -1 if title is None else next((n for n, line in enumerate(lines) if line.span == title.span), -1)
    below = lines[top + 1 : top + 1 + _HEAD_LINES]
    foot = [text for line in lines[-_FOOT_LINES:] for text in _closing(line)]
    beside = [*byline.splitlines()[:_BYLINES], *([title.text] if title is not None else ()), *foot]
    return _Places(
        below=tuple(line.text for line in below if not _is_running(line)),
        leads=tuple(line.text[:_LEAD] for line in below if _is_running(line) and not _is_item(line))[:_LEADS],
        beside=tuple(text for text in beside if text),
        above=tuple(line.text for line in lines[: max(top, 0)] if not _is_running(line)),
    )


def _is_running(line: Line) -> bool:
    """Whether a line is running text, in which a day counts only as a dateline."""
    return len(line.text) > _SHORT_LINE or (line.ends and line.words > _BYLINE_WORDS)


def _is_item(line: Line) -> bool:
    """Whether a line is one of a list; "15. Mai 2024" opens like one and is none."""
    return line.is_bullet and not line.text[0].isdigit()


def _closing(line: Line) -> Iterator[str]:
    """What a line at the foot has of a byline: the whole of it, or what stands in brackets at its end."""
    if not _is_running(line):
        yield line.text
    elif found := _CLOSING.search(line.text):
        yield found[1]


def _full_days(text: str, language: str, find_dates: DateFinder, *, is_lead: bool = False) -> Iterator[Interval]:
    looked_at = text[:_DATELINE_END] if is_lead else text
    if sum(map(str.isdigit, looked_at)) < _YEAR_DIGITS:
        return
    found = {span: Interval.day(day) for span, day in days_in_figures(looked_at)}
    for mention in find_dates(looked_at, language, published=None):
        reading = mention.reading
        if reading is None or not reading.interval.is_day or reading.edge != "on":
            continue
        if has_year(mention.span.of(text)) and not any(mention.span.overlaps(span) for span in found):
            found[mention.span] = reading.interval
    for span, interval in sorted(found.items()):
        if not is_lead or _is_dateline(span, text):
            yield interval


def _is_dateline(span: Span, text: str) -> bool:
    if span.start > _DATELINE:
        return False
    # The finder may take the mark that follows for a part of the date: "2024. ", "2026 - O".
    figure = next((n for n in range(span.end, span.start, -1) if text[n - 1].isdigit()), span.end)
    return text[:1] in _OPENING or any(_PARTED.match(text, end) is not None for end in {figure, span.end})


def _with_year_elsewhere(
    lines: Sequence[Line], places: _Places, language: str, find_dates: DateFinder
) -> Iterator[Interval]:
    """Days without a year in a byline or dateline: the weekday tells the year, or it stands alone at the foot."""
    text = "\n".join(line.text for line in lines)
    named, around = years_in(text), years_around(text)
    if not named:
        return
    alone = sorted({year for line in lines[-_FOOT_LINES:] if (year := _lone_year(line)) is not None})
    for text in (*places.below, *places.leads, *places.beside, *places.above):
        is_lead = text in places.leads
        looked_at = text[:_DATELINE_END] if is_lead else text
        if not _DIGIT.search(looked_at):
            continue
        for one in find_yearless(looked_at, language, find_dates):
            if one.day is None or (is_lead and not _is_dateline(one.span, text)):
                continue
            weekdays = one.weekdays or weekdays_in(text, language, find_dates)
            if weekdays:
                days = one.fitting(around, weekdays)
                certain = [day for day in days if day.year in named] if len(days) > 1 else days
                yield from (Interval.day(day) for day in certain if len(certain) == 1)
            elif len(alone) == 1 and (dated := one.dated(alone[0])) is not None:
                yield dated


def _lone_year(line: Line) -> int | None:
    """The year of a short line without another figure: "(2025)", "© 2025 The Courier"."""
    years = years_in(line.text)
    if len(years) != 1 or line.words > _FEW_WORDS or sum(map(str.isdigit, line.text)) > 4:
        return None
    return years[0]


def _months(text: str, language: str, find_dates: DateFinder) -> Iterator[Interval]:
    """A month with its year at the end of a short line: "Jane Doe, March 2026"."""
    if not years_in(text) or count_words(text) > _FEW_WORDS:
        return
    for mention in find_dates(text, language, published=None):
        reading = mention.reading
        if reading is None or not 28 <= reading.interval.days <= 31 or reading.edge != "on":
            continue
        if not text[mention.span.end :].strip(" .)]"):
            yield reading.interval
