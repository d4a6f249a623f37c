"""Values as people read them."""

from decimal import Decimal
from functools import lru_cache

from pledgebook.domain import Amount, Basis, Deliverable, Interval, Qualifier

_SCALES = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M"))
_BEFORE = {Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.UP_TO: "up to "}
UNKNOWN = "–"


@lru_cache(maxsize=10_000)
def number(value: Decimal, digits: int = 4) -> str:
    """A figure in short: the largest scale that leaves at least one, so many digits.

    >>> number(Decimal(2100000000)), number(Decimal(45000000)), number(Decimal(3000)), number(Decimal("5613000000"))
    ('2.1 bn', '45 M', '3,000', '5.613 bn')
    """
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{_short(value / scale, digits)} {name}"
    return f"{value:,.0f}"


def _short(value: Decimal, digits: int) -> str:
    places = max(0, digits - len(str(abs(int(value)))))
    words = f"{value:,.{places}f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def money(value: Decimal, currency: str) -> str:
    """A sum in short.

    >>> money(Decimal(15700000000), "EUR")
    '15.7 bn EUR'
    """
    return f"{number(value)} {currency}"


def amount(told: Amount | None) -> str:
    """A sum as it was told: its precision before it, how it is known behind it."""
    if told is None:
        return UNKNOWN
    if told.value_max is not None:
        words = f"{number(told.value)} to {number(told.value_max)} {told.currency}"
    else:
        words = _BEFORE.get(told.qualifier, "") + money(told.value, told.currency)
    return words if told.basis is Basis.STATED else f"{words} ({told.basis.value})"


def deliverable(told: Deliverable) -> str:
    """Something countable in short.

    >>> from pledgebook.domain import Kind
    >>> deliverable(Deliverable(Kind.GPUS, Decimal(25000), Qualifier.UP_TO))
    'up to 25,000 GPUs'
    """
    kind = told.kind.value.replace("_", " ").replace("gpus", "GPUs")
    count = f"{told.count.normalize():,f}"
    if told.count_max is not None:
        count += f" to {told.count_max.normalize():,f}"
    due = f" by {told.due.isoformat()}" if told.due is not None else ""
    return f"{_BEFORE.get(told.qualifier, '')}{count} {kind}{due}"


def interval(days: Interval | None) -> str:
    """Days in short: one day, a whole month or year, or the first and the last.

    >>> from datetime import date
    >>> interval(Interval(date(2024, 2, 1), date(2024, 2, 29))), interval(None)
    ('2024-02', '–')
    """
    if days is None:
        return UNKNOWN
    first, last = days.earliest, days.latest
    if days.is_day:
        return first.isoformat()
    after = last.toordinal() + 1
    if first.day == 1 and type(last).fromordinal(after).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return f"{first:%Y}"
    return f"{first.isoformat()} to {last.isoformat()}"
