"""By what totals are grouped, and what a line or a report belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from pledgebook.domain import Claim, Entry, Interval, Pledge, Term, UsageError
from pledgebook.lexicon.m49 import region_of, subregion_of

UNNAMED, UNKNOWN = "unnamed", "unknown"


@dataclass(frozen=True, slots=True)
class Traits:
    """What totals can be grouped by, of a line or of one report."""

    investors: tuple[str, ...]
    recipient: str | None
    destinations: tuple[str, ...]
    places: tuple[str, ...]
    purposes: tuple[str, ...]
    stage: str
    role: str
    announced: Interval | None
    term: Term
    currency: str | None
    is_rest: bool = False


def traits_of(thing: Pledge | Claim, *, is_rest: bool = False) -> Traits:
    """The traits of a pledge or a claim; of the rest of a total with `is_rest`."""
    return Traits(
        investors=tuple(party.name for party in thing.investors),
        recipient=thing.recipient.name if thing.recipient is not None else None,
        destinations=thing.destinations,
        places=thing.places,
        purposes=tuple(purpose.value for purpose in thing.purposes),
        stage=thing.stage.value,
        role=thing.role.value,
        announced=thing.announced,
        term=thing.term,
        currency=thing.amount.currency if thing.amount is not None else None,
        is_rest=is_rest,
    )


def traits_of_entry(entry: Entry) -> Traits:
    """The traits of a line of the ledger."""
    return traits_of(entry.pledge, is_rest=entry.is_rest)


def _country(traits: Traits) -> tuple[str, ...]:
    # Several destinations without a split, or none, belong to no country: they stay unallocated.
    return traits.destinations if len(traits.destinations) == 1 else ()


def _region(traits: Traits) -> tuple[str, ...]:
    return _one({region_of(code) for code in traits.destinations})


def _subregion(traits: Traits) -> tuple[str, ...]:
    return _one({subregion_of(code) for code in traits.destinations})


def _one(found: set[str | None]) -> tuple[str, ...]:
    """The one region that holds all destinations; several, or one that is not known, stay unallocated."""
    names = [name for name in found if name is not None]
    return (names[0],) if len(found) == len(names) == 1 else ()


def _investor(traits: Traits) -> tuple[str, ...]:
    # The rest of a total is never spread over its investors; that of one investor's own total is that investor's.
    if not traits.investors or (traits.is_rest and len(traits.investors) > 1):
        return (UNNAMED,)
    return traits.investors


def _recipient(traits: Traits) -> tuple[str, ...]:
    return (traits.recipient or UNNAMED,)


def _place(traits: Traits) -> tuple[str, ...]:
    return (traits.places[0] if len(traits.places) == 1 else UNKNOWN,)


def _year(traits: Traits) -> tuple[str, ...]:
    return (_same(traits.announced, lambda day: str(day.year)),)


def _quarter(traits: Traits) -> tuple[str, ...]:
    return (_same(traits.announced, lambda day: f"{day.year}-Q{(day.month + 2) // 3}"),)


def _month(traits: Traits) -> tuple[str, ...]:
    return (_same(traits.announced, lambda day: f"{day.year}-{day.month:02}"),)


def _spending_year(traits: Traits) -> tuple[str, ...]:
    return tuple(key for key, _ in _by_days(traits))


def _by_days(traits: Traits) -> tuple[tuple[str, Fraction], ...]:
    """Each calendar year of the stated horizon with its share of the days; all of it in no year where none is told.

    The horizon begins with the term, or with the announcement where only its end is told.
    """
    start, end = traits.term.start, traits.term.end
    if start is None and traits.announced is not None:
        start = traits.announced.middle
    if start is None or end is None or start > end:
        return ((UNKNOWN, Fraction(1)),)
    days = (end - start).days + 1
    found = []
    while start <= end:
        last = min(end, date(start.year, 12, 31))
        found.append((str(start.year), Fraction((last - start).days + 1, days)))
        start = last + timedelta(days=1)
    return tuple(found)


def _same(interval: Interval | None, name: Callable[[date], str]) -> str:
    if interval is None:
        return UNKNOWN
    first, last = name(interval.earliest), name(interval.latest)
    return first if first == last else UNKNOWN


GROUPINGS: Mapping[str, Callable[[Traits], tuple[str, ...]]] = {
    "country": _country,
    "region": _region,
    "subregion": _subregion,
    "investor": _investor,
    "recipient": _recipient,
    "place": _place,
    "purpose": lambda traits: traits.purposes or ("general",),
    "stage": lambda traits: (traits.stage,),
    "role": lambda traits: (traits.role,),
    "year": _year,
    "quarter": _quarter,
    "month": _month,
    "spending-year": _spending_year,
    "currency": lambda traits: (traits.currency or UNKNOWN,),
}
# Rows of these share pledges: a joint pledge stands in full under each of its investors.
OVERLAPPING = frozenset({"investor", "purpose"})
# Rows of these share the money of a pledge between them: it is derived, and labelled so.
SPREAD = "spending-year"
SPLIT = frozenset({"country", "region", "subregion"})

Shares = Callable[[Traits], tuple[tuple[str, Fraction], ...]]


def grouping(by: str | None) -> Callable[[Traits], tuple[str, ...]]:
    """The keys of the rows to which a line belongs, by the name of the grouping; none for None.

    >>> grouping("year").__name__
    '_year'
    """
    if by is None:
        return lambda _: ()
    if by not in GROUPINGS:
        raise UsageError("total", f"--by {by!r}", f"Use one of {', '.join(GROUPINGS)}.")
    return GROUPINGS[by]


def sharing(by: str | None, *, split: bool = False) -> Shares:
    """The rows to which a line belongs, each with how much of it: all, but for what is spread over years.

    With `split`, money for several destinations is shared equally between them, which nobody told.

    >>> [str(part) for _, part in sharing("country", split=True)(_SEVERAL)]
    ['1/2', '1/2']
    """
    keys_of = grouping(by)
    if by == SPREAD:
        return _by_days
    if not split:
        return lambda traits: tuple((key, Fraction(1)) for key in keys_of(traits))
    if by not in SPLIT:
        raise UsageError("total", f"--split with --by {by}", f"It goes with --by {', '.join(sorted(SPLIT))}.")
    return lambda traits: _equally(traits, keys_of)


def _equally(traits: Traits, keys_of: Callable[[Traits], tuple[str, ...]]) -> tuple[tuple[str, Fraction], ...]:
    whole = keys_of(traits)
    if whole:
        return ((whole[0], Fraction(1)),)
    found: dict[str, Fraction] = {}
    for code in traits.destinations:
        for key in keys_of(replace(traits, destinations=(code,))):
            found[key] = found.get(key, Fraction(0)) + Fraction(1, len(traits.destinations))
    return tuple(sorted(found.items()))


_SEVERAL = Traits((), None, ("DE", "FR"), (), (), "announced", "new", None, Term(), None)
