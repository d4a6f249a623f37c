"""Figures of lines as a book keeps them: short lists, of which a total reads only the grouping that it needs."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pledgebook.domain import Interval, Money
from pledgebook.ledger.bounds import Bounds
from pledgebook.ledger.figures import ALL, NONE, Below, Figure, Place
from pledgebook.ledger.grouping import GROUPINGS
from pledgebook.ledger.period import When
from pledgebook.ledger.status import Reason
from pledgebook.store.rows import packed

_ORDER = {name: at for at, name in enumerate(GROUPINGS)}
_SAME = 0
_REASONS = {reason.value: reason for reason in Reason}


def written(figure: Figure) -> str:
    """A figure with its places in every grouping."""
    places = [_places(figure.places[by]) for by in GROUPINGS]
    return packed([
        figure.line, figure.pledge, figure.reason.value, int(figure.is_in), int(figure.is_joint), _when(figure.when),
        _bounds(figure.bounds), places,
        [] if figure.naive is None else [str(figure.naive), [_told(figure, by) for by in GROUPINGS]],
        [[it.pledge, _bounds(it.bounds), list(it.parts)] for it in figure.below],
        [[_bounds(bounds), _when(told)] for bounds, told in figure.replaced],
        None if figure.money is None else [str(figure.money.value), figure.money.currency],
    ])  # fmt: skip


def _told(figure: Figure, by: str) -> Any:  # noqa: ANN401 - as JSON
    """Mostly all reports stand in one row, that of the line."""
    told, places = figure.told[by], figure.places[by]
    if len(told) == len(places) == 1 and told[0] == (places[0][0], figure.naive):
        return _SAME
    return [[key, str(value)] for key, value in told]


def read_figures(bodies: Iterable[str], groupings: Sequence[str] = ()) -> list[Figure]:
    """The figures, in the order of their lines' ids, with their places in these groupings."""
    at = [(by, _ORDER[by]) for by in groupings]
    found = [_read(json.loads(body), at) for body in bodies]
    found.sort(key=_line)
    return found


def _line(figure: Figure) -> str:
    return figure.line


def _read(raw: list[Any], at: Sequence[tuple[str, int]]) -> Figure:
    line, pledge, reason, is_in, is_joint, told_when, bounds, places, told, below, replaced, money = raw
    total = Decimal(told[0]) if told else None
    return Figure(
        line, pledge, _REASONS[reason], bool(is_in), bool(is_joint), _read_when(told_when), _read_bounds(bounds),
        {by: _read_places(places[n]) for by, n in at},
        total, {by: _read_told(told[1][n], total, places[n]) for by, n in at} if total is not None else {},
        tuple([Below(name, _read_bounds(some), tuple(parts)) for name, some, parts in below]) if below else (),
        tuple([(_read_bounds(some) or Bounds(), _read_when(day)) for some, day in replaced]) if replaced else (),
        None if money is None else Money(Decimal(money[0]), money[1]),
    )  # fmt: skip


def _read_told(raw: Any, total: Decimal, places: list[Any]) -> tuple[tuple[str, Decimal], ...]:  # noqa: ANN401 - JSON
    if raw == _SAME:
        return ((places[0], total),)
    return tuple([(key, Decimal(value)) for key, value in raw])


@lru_cache(maxsize=20_000)
def _day(words: str) -> date:
    return date.fromisoformat(words)


def _places(places: Sequence[Place]) -> list[Any]:
    return [key if (start, end) == (NONE, ALL) else [key, str(start), str(end)] for key, start, end in places]


def _read_places(raw: list[Any]) -> tuple[Place, ...]:
    return tuple([
        (item, NONE, ALL) if isinstance(item, str) else (item[0], Fraction(item[1]), Fraction(item[2])) for item in raw
    ])  # fmt: skip


def _bounds(bounds: Bounds | None) -> list[str] | None:
    if bounds is None:
        return None
    # Mostly all three are the same.
    if bounds.low == bounds.central == bounds.high:
        return [str(bounds.central)]
    return [str(bounds.low), str(bounds.central), str(bounds.high)]


def _read_bounds(raw: list[str] | None) -> Bounds | None:
    if raw is None:
        return None
    if len(raw) == 1:
        value = Decimal(raw[0])
        return Bounds(value, value, value)
    return Bounds(Decimal(raw[0]), Decimal(raw[1]), Decimal(raw[2]))


def _when(when: When) -> list[Any]:
    days = when.days
    return [int(when.is_before), *([] if days is None else [days.earliest.isoformat(), days.latest.isoformat()])]


def _read_when(raw: list[Any]) -> When:
    if len(raw) == 1:
        return When(None, bool(raw[0]))
    first, last = _day(raw[1]), _day(raw[2])
    return When(Interval(first, last), bool(raw[0]))
