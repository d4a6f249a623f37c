"""Totals that name no parts: what in the book they may already hold.

A company's capital expenditure, a summit's sum, a ministry's tally: without a word on its parts such a total would be
added to pledges that it contains. Counting errs on the side of less.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from pledgebook.domain import Interval, Pledge, RelationType, Role
from pledgebook.ledger.bounds import bounds_of, convert
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.status import Reason, related

# The year before a total is told is the one that it is about, where it doesn't say how long it runs.
YEAR = timedelta(days=366)
WEEKS = timedelta(days=31)
# A total that names nobody, and most of which is known under names, is the same money seen by another office.
MOST = Decimal("0.5")
_EVERYWHERE = "001"
# What says of a pledge that parts of it are presumed and not told.
PRESUMED = "presumed-total"
_WIDE = frozenset({"EU", "150", "142", "002", "019", _EVERYWHERE})


@dataclass(frozen=True, slots=True)
class Presumed:
    """Parts that totals are presumed to have, and totals whose money is presumed to be known under other names."""

    parts: Mapping[str, tuple[str, ...]]
    elsewhere: frozenset[str]


def presume_parts(pledges: Sequence[Pledge], reasons: Mapping[str, Reason], rates: Rates) -> Presumed:
    """What totals without told parts hold.

    A total of named investors holds their pledges in its destination from the year before it was told until its term
    ends: it counts for what these leave. A total of nobody in particular counts unless pledges of that year in its
    destination make up most of it.
    """
    counting = [it for it in pledges if reasons[it.id] is Reason.COUNTS and it.amount is not None]
    singles = [it for it in counting if it.role is not Role.TOTAL]
    by_investor: dict[str, list[Pledge]] = defaultdict(list)
    by_place: dict[str, list[Pledge]] = defaultdict(list)
    for single in singles:
        for party in single.investors:
            by_investor[party.name].append(single)
        for code in single.destinations:
            by_place[code].append(single)
    parts, elsewhere = {}, set()
    for total in counting:
        if total.role is not Role.TOTAL or related(total, RelationType.TOTAL_OF):
            continue
        names = {party.name for party in total.investors}
        near = (it for name in sorted(names) for it in by_investor[name])
        if not names:
            near = (it for code in total.destinations for it in by_place[code])
        held = [it for it in near if _holds(total, it, names)]
        if names:
            parts[total.id] = tuple(dict.fromkeys(it.id for it in held))
        elif _sum_of(held, total, rates) >= MOST * _value(total):
            elsewhere.add(total.id)
    return Presumed({whole: found for whole, found in parts.items() if found}, frozenset(elsewhere))


def may_hold(total: Pledge, part: Pledge) -> bool:
    """Whether a total without told parts would hold a pledge that counts."""
    return _holds(total, part, {party.name for party in total.investors})


def _holds(total: Pledge, part: Pledge, names: set[str]) -> bool:
    horizon = _horizon(total)
    if horizon is None or part.announced is None or not part.announced.within(horizon):
        return False
    if names and not {party.name for party in part.investors} <= names:
        return False
    # Which countries a continent has is not asked: a total for one holds all that its investors pledge.
    return bool(_WIDE & set(total.destinations)) or set(part.destinations) <= set(total.destinations)


def _horizon(total: Pledge) -> Interval | None:
    if total.announced is None:
        end = total.term.end
        return None if end is None else Interval(end - YEAR, end)
    latest = total.announced.latest + WEEKS
    if total.term.end is not None and bool(_WIDE & set(total.destinations)):
        latest = max(latest, total.term.end)
    return Interval(total.announced.earliest - YEAR, latest)


def _sum_of(held: Iterable[Pledge], total: Pledge, rates: Rates) -> Decimal:
    found = Decimal(0)
    for item in {it.id: it for it in held}.values():
        if item.amount is not None and total.amount is not None:
            there = convert(bounds_of(item.amount), item.amount.currency, total.amount.currency, item.rate_day, rates)
            found += Decimal(0) if there is None else there.central
    return found


def _value(total: Pledge) -> Decimal:
    return Decimal(0) if total.amount is None else total.amount.central
