"""Which days the parts of a date mean, reckoned from the publication."""

from datetime import date, timedelta

from pledgebook.domain import Interval
from pledgebook.extract.mentions import periods
from pledgebook.extract.mentions.dates_parts import Core, Slots
from pledgebook.extract.mentions.scan import Scan

_FUTURE_REACH = 45


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day or the year can't be that of a commitment."""
    try:
        return date(year, month, day) if periods.is_year(year) else None
    except ValueError:
        return None


def resolve_days(scan: Scan, slots: Slots, core: Core, published: Interval | None) -> Interval | None:  # noqa: PLR0911 - one return a rule
    """The days that the parts of a date mean; None where they need a publication and there is none."""
    year = slots.year
    if slots.relative is not None and not (year is not None and slots.relative == "year+0"):
        return _resolve_relative(scan, slots, core, published)  # Romanian "anului 2025": "the year" is that year
    if year is not None:
        if slots.month is not None:
            if slots.day is not None:
                day = day_of(year, slots.month, slots.day)
                return Interval.day(day) if day is not None else None
            return periods.months_of(year, slots.month, (slots.month_to or slots.month) - slots.month + 1)
        core.score = 1.0 if core.edge_words is not None or slots.part or _has_year_mark(scan, core) else 0.7
        return _sub_year(slots, year, scan.language.dates.fiscal_start if slots.fiscal else 1)
    if published is None:
        return None
    future = core.edge == "by" or slots.direction == "future"
    if not slots.direction and not future:
        future = _future_before(scan, core)
    if slots.month is not None:
        core.reason = "next such month" if future else "last such month"
        return periods.seen_from(published, lambda day: _near_month(day, slots, future=future))
    if slots.day is not None and slots.weekday is None:
        return periods.seen_from(published, lambda day: _near_day(day, slots.day or 1, future=future))
    if slots.weekday is not None:
        core.reason = "next such weekday" if slots.direction == "future" else "last such weekday"
        weekday, ahead, back = (
            slots.weekday,
            slots.direction == "future" or core.edge == "by",
            slots.direction == "past",
        )
        return periods.seen_from(published, lambda day: _near_weekday(day, weekday, ahead=ahead, back=back))
    return periods.seen_from(published, lambda day: _near_part(day, slots, future=future))


def _has_year_mark(scan: Scan, core: Core) -> bool:
    pieces = scan.pieces
    beside = [pieces[i] for i in (core.first - 1, core.last, core.last + 1) if 0 <= i < len(pieces)]
    return any("year_mark" in piece.senses for piece in beside)


def _sub_year(slots: Slots, year: int, start: int = 1) -> Interval:
    """The year or its part; `start` is the month that a business year begins with."""
    if start > 1 and slots.season is None:
        first, count = (slots.quarter or 0, 3) if slots.quarter else (slots.half or 0, 6) if slots.half else (1, 12)
        return periods.months_of(year, start + (first - 1) * count, count)
    if slots.quarter is not None:
        return periods.quarter_of(year, slots.quarter)
    if slots.half is not None:
        return periods.half_of(year, slots.half)
    if slots.season is not None:
        return periods.season_of(year, slots.season)
    return periods.year_of(year)


def _resolve_relative(  # noqa: PLR0911 - one return a rule
    scan: Scan, slots: Slots, core: Core, published: Interval | None
) -> Interval | None:
    if published is None or slots.relative is None:
        return None
    unit, sign, count = slots.relative.replace("+", " + ").replace("-", " - ").split()
    steps = int(count) if sign == "+" else -int(count)
    core.reason = f"{unit} {sign}{count} from publication"
    if unit == "recent":
        return Interval(periods.months_before(published.earliest, -steps), published.latest)
    if unit == "year" and (slots.month is not None or slots.quarter or slots.half or slots.season or slots.fiscal):
        start = scan.language.dates.fiscal_start if slots.fiscal else 1

        def of_year(day: date) -> Interval:
            year = day.year + steps - (day.month < start)
            if slots.month is None:
                return _sub_year(slots, year, start)
            exact = day_of(year, slots.month, slots.day) if slots.day is not None else None
            return Interval.day(exact) if exact is not None else periods.months_of(year, slots.month)

        return periods.seen_from(published, of_year)
    if unit == "month" and slots.day is not None and slots.month is None:

        def of_month(day: date) -> Interval:
            month = periods.months_of(day.year, day.month + steps)
            exact = day_of(month.earliest.year, month.earliest.month, slots.day or 1)
            return Interval.day(exact) if exact is not None else month

        return periods.seen_from(published, of_month)
    if slots.weekday is not None and unit == "week":
        weekday = slots.weekday
        return periods.seen_from(
            published,
            lambda day: Interval.day(periods.shifted(day, "week", steps).earliest + timedelta(days=weekday)),
        )
    if slots.month is not None and slots.day is not None and slots.year is not None:
        exact = day_of(slots.year, slots.month, slots.day)
        return Interval.day(exact) if exact is not None else None
    return periods.seen_from(published, lambda day: periods.shifted(day, unit, steps))


def _near_month(day: date, slots: Slots, *, future: bool) -> Interval:
    month, number = slots.month or 1, slots.day
    year = day.year
    if number is None:
        if future and month < day.month:
            year += 1
        elif (not future and month > day.month) or (slots.direction == "past" and month == day.month):
            year -= 1
        return periods.months_of(year, month)
    exact = day_of(year, month, number) or periods.months_of(year, month).latest
    if future and exact < day:
        exact = day_of(year + 1, month, number) or exact
    elif not future and exact > day:
        exact = day_of(year - 1, month, number) or exact
    return Interval.day(exact)


def _near_day(day: date, number: int, *, future: bool) -> Interval:
    for steps in (0, 1, 2) if future else (0, -1, -2):
        month = periods.months_of(day.year, day.month + steps)
        exact = day_of(month.earliest.year, month.earliest.month, number)
        if exact is not None and (exact >= day if future else exact <= day):
            return Interval.day(exact)
    return Interval.day(day)


def _near_weekday(day: date, weekday: int, *, ahead: bool, back: bool) -> Interval:
    if ahead:
        return Interval.day(day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1))
    days = (day.weekday() - weekday) % 7
    return Interval.day(day - timedelta(days=days or (7 if back else 0)))


def _near_part(day: date, slots: Slots, *, future: bool) -> Interval:
    this = _sub_year(slots, day.year)
    if future and this.latest < day:
        return _sub_year(slots, day.year + 1)
    if not future and this.earliest > day:
        return _sub_year(slots, day.year - 1)
    return this


def _future_before(scan: Scan, core: Core) -> bool:
    text, pieces = scan.text, scan.pieces
    for position in range(core.first - 1, -1, -1):
        piece = pieces[position]
        if core.start - piece.end > _FUTURE_REACH:
            return False
        if "future" in piece.senses and "past" not in piece.senses:
            between = text[piece.end : core.start]
            return not any(mark in between for mark in (". ", "!", "?", "。", "\n", ", ", "，"))
    return False
