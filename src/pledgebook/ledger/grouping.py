"""By what totals are grouped, and what a line or a report belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pledgebook.domain import Claim, Entry, Interval, Pledge, UsageError

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
        currency=thing.amount.currency if thing.amount is not None else None,
        is_rest=is_rest,
    )


def traits_of_entry(entry: Entry) -> Traits:
    """The traits of a line of the ledger."""
    return traits_of(entry.pledge, is_rest=entry.is_rest)


def _country(traits: Traits) -> tuple[str, ...]:
    # Several destinations without a split, or none, belong to no country: they stay unallocated.
    return traits.destinations if len(traits.destinations) == 1 else ()


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


def _same(interval: Interval | None, name: Callable[[date], str]) -> str:
    if interval is None:
        return UNKNOWN
    first, last = name(interval.earliest), name(interval.latest)
    return first if first == last else UNKNOWN


GROUPINGS: Mapping[str, Callable[[Traits], tuple[str, ...]]] = {
    "country": _country,
    "investor": _investor,
    "recipient": _recipient,
    "place": _place,
    "purpose": lambda traits: traits.purposes or ("general",),
    "stage": lambda traits: (traits.stage,),
    "role": lambda traits: (traits.role,),
    "year": _year,
    "quarter": _quarter,
    "month": _month,
    "currency": lambda traits: (traits.currency or UNKNOWN,),
}
# Rows of these share pledges: a joint pledge stands in full under each of its investors.
OVERLAPPING = frozenset({"investor", "purpose"})


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
