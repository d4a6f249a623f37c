"""Days and periods reckoned from a publication that may itself be an interval."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from pledgebook.domain import Interval

_QUARTER, _HALF, _YEAR = 3, 6, 12
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MIN_YEAR, _MAX_YEAR = 1, 9999


def year_of(year: int) -> Interval:
    """All days of a year."""
    return Interval(date(year, 1, 1), date(year, 12, 31))


def months_of(year: int, month: int, count: int = 1) -> Interval:
    """All days of `count` months from the first of `month` on; `month` may lie outside 1 to 12.

    >>> months_of(2024, 14).latest
    datetime.date(2025, 2, 28)
    """
    first, last = year * 12 + month - 1, year * 12 + month - 2 + count
    end_year, end_month = last // 12, last % 12 + 1
    return Interval(
        date(first // 12, first % 12 + 1, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    )


def quarter_of(year: int, number: int) -> Interval:
    """The quarter `number` of a year."""
    return months_of(year, _QUARTER * (number - 1) + 1, _QUARTER)


def half_of(year: int, number: int) -> Interval:
    """The half `number` of a year."""
    return months_of(year, _HALF * (number - 1) + 1, _HALF)


def season_of(year: int, name: str) -> Interval:
    """The meteorological season of the northern half of the globe; winter begins in December."""
    return months_of(year, _SEASONS[name], _QUARTER)


def week_of(day: date) -> Interval:
    """The calendar week, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday, monday + timedelta(days=6))


def seen_from(published: Interval, reading: Callable[[date], Interval]) -> Interval:
    """What `reading` gives for every day of publication, as one interval."""
    return reading(published.earliest).joined(reading(published.latest))


def shifted(day: date, unit: str, steps: int) -> Interval:  # noqa: PLR0911 - one return a unit
    """The day, calendar week, month, quarter, half, year or decade that lies `steps` of them from `day`.

    >>> shifted(date(2024, 5, 13), "week", -1).earliest
    datetime.date(2024, 5, 6)
    """
    if unit == "day":
        return Interval.day(day + timedelta(days=steps))
    if unit == "week":
        return week_of(day + timedelta(days=7 * steps))
    if unit == "month":
        return months_of(day.year, day.month + steps)
    if unit == "quarter":
        return quarter_of(day.year, (day.month - 1) // _QUARTER + 1 + steps)
    if unit == "half":
        return half_of(day.year, (day.month - 1) // _HALF + 1 + steps)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * steps
        return Interval(date(first, 1, 1), date(first + 9, 12, 31))
    return year_of(day.year + steps)


def months_before(day: date, count: int) -> date:
    """The same day `count` months earlier, or the last day of that month.

    >>> months_before(date(2024, 5, 31), 3)
    datetime.date(2024, 2, 29)
    """
    month = months_of(day.year, day.month - count)
    return month.earliest.replace(day=min(day.day, month.latest.day))


def end_of_term(day: date, unit: str, count: int) -> date:
    """The last day of what ends `count` units after `day`: that of the month for months and years.

    >>> end_of_term(date(2024, 2, 20), "year", 2)
    datetime.date(2026, 2, 28)
    """
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(days=7 * count)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit] * count
    return months_of(day.year, day.month + months).latest


def part_of(period: Interval, part: str) -> Interval:
    """The start, middle or end of a period: days 1 to 10, 11 to 20 and 21 on of a month, quarters of a year.

    >>> part_of(months_of(2024, 3), "end").earliest
    datetime.date(2024, 3, 21)
    """
    if period.days <= 10:
        return period
    if period.days <= 31:
        first = period.earliest
        start = {"start": 0, "middle": 10, "end": 20}[part]
        latest = period.latest if part == "end" else first + timedelta(days=start + 9)
        return Interval(first + timedelta(days=start), latest)
    if 360 <= period.days <= 366:
        year = period.earliest.year
        month = period.earliest.month
        return {
            "start": months_of(year, month, 3),
            "middle": months_of(year, month + 4, 4),
            "end": months_of(year, month + 9, 3),
        }[part]
    third = timedelta(days=period.days // 3)
    return {
        "start": Interval(period.earliest, period.earliest + third),
        "middle": Interval(period.earliest + third, period.latest - third),
        "end": Interval(period.latest - third, period.latest),
    }[part]


def is_year(number: int) -> bool:
    """Whether a figure can be the year of a commitment."""
    return 1980 <= number <= 2075
