"""What a text tells of its own day: public events, weekdays beside days, months without a year."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from pledgebook.clean.lines import Line
from pledgebook.clean.published.days import DateFinder, find_yearless, weekdays_in, years_around
from pledgebook.domain import Interval
from pledgebook.lexicon.events import load_events
from pledgebook.lexicon.matcher import Match

_WEEK = timedelta(days=6)
_YEAR = timedelta(days=365)
_LEADS = 3
_ENDS = 3
_LONG_LINE = 1200
_STOPS = (". ", "\n", "! ", "? ", "。")


def from_events(lines: Sequence[Line], language: str, *, find_dates: DateFinder) -> Interval | None:
    """The week of an event that the text tells as fresh news, else the year that follows an event it names.

    A month without a year ("earlier in February") narrows that year.
    """
    text = "\n".join(line.text for line in lines)
    events = load_events()
    matches = tuple(events.matcher.find(text))
    fresh = _fresh_event(text, matches, language, find_dates, until=None)
    if fresh is not None:
        return fresh
    floors = [days[0] for match in matches if len(days := events.days[match.label]) == 1]
    if not floors:
        return None
    floor = max(floors)
    return _month_after(floor, lines, language, find_dates) or Interval(floor, floor + _YEAR)


def from_weekdays(lines: Sequence[Line], language: str, *, find_dates: DateFinder) -> Interval | None:
    """The week of a day without a year that has its weekday beside it ("Monday 3 March"), near an end of the text."""
    ends = [*lines[:_ENDS], *lines[-_ENDS:]] if len(lines) > 2 * _ENDS else lines
    days = _weekday_dates(ends, lines, language, find_dates)
    return Interval(max(days), max(days) + _WEEK) if days else None


def contradicting(lines: Sequence[Line], language: str, *, header: date, find_dates: DateFinder) -> Interval | None:
    """The week that the text tells as its own where that lies before the day in the header."""
    text = "\n".join(line.text for line in lines)
    fresh = _fresh_event(text, tuple(load_events().matcher.find(text)), language, find_dates, until=header)
    if fresh is not None:
        return fresh
    leads = " ".join(line.text[:_LONG_LINE] for line in [line for line in lines if line.is_prose][:_LEADS])
    told = weekdays_in(leads, language, find_dates)
    days = [day for day in _weekday_dates(lines, lines, language, find_dates) if day.weekday() in told and day < header]
    return Interval(max(days), max(days) + _WEEK) if days else None


def _fresh_event(
    text: str, matches: Sequence[Match], language: str, find_dates: DateFinder, *, until: date | None
) -> Interval | None:
    """The week of the latest event that a weekday in its sentence tells as news."""
    events = load_events()
    found: list[date] = []
    for match in matches:
        weekdays = weekdays_in(_sentence_around(text, match.span.start, match.span.end), language, find_dates)
        days = [day for day in events.days[match.label] if until is None or day <= until]
        found += [day for day in days if day.weekday() in weekdays][-1:]
    return Interval(max(found), max(found) + _WEEK) if found else None


def _sentence_around(text: str, start: int, end: int) -> str:
    left = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    right = min((at for stop in _STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    return text[max(left, start - _LONG_LINE) : min(right, end + _LONG_LINE)]


def _weekday_dates(asked: Sequence[Line], lines: Sequence[Line], language: str, find_dates: DateFinder) -> list[date]:
    """Days of `asked` without a year that fall on the weekday beside them in just one of the years that fit."""
    years = years_around("\n".join(line.text for line in lines))
    found: list[date] = []
    for line in asked:
        if not any(map(str.isdigit, line.text)):
            continue
        for one in find_yearless(line.text[:_LONG_LINE], language, find_dates):
            days = one.fitting(years, one.weekdays) if one.day is not None else []
            found += days if len(days) == 1 else []
    return found


def _month_after(floor: date, lines: Sequence[Line], language: str, find_dates: DateFinder) -> Interval | None:
    """The month without a year that comes first from `floor` on, among those the text tells as past."""
    months = {
        one.month
        for line in lines
        for one in find_yearless(line.text[:_LONG_LINE], language, find_dates)
        if one.day is None
    }
    if not months:
        return None
    month = min(months, key=lambda month: (month - floor.month) % 12)
    year = floor.year + (month < floor.month)
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
