"""The fields of a pledge as most of its tellings have them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from pledgebook.domain import Deliverable, Interval, Kind, Party, PartyKind, Purpose, Role, Telling, Term
from pledgebook.reconcile.amounts import OWN_TEXT
from pledgebook.reconcile.votes import most_told, voices_by_value

_Value = TypeVar("_Value", bound=Hashable)


def choose_investors(tellings: Sequence[Telling]) -> tuple[Party, ...]:
    """The investors that most voices name together; of equals the set that the news named, then the larger one."""
    named = [(frozenset(party.name for party in telling.claim.investors), telling) for telling in tellings]
    said = [(names, telling) for names, telling in named if names]
    news = {names for names, telling in said if telling.claim.role is not Role.EARLIER}
    names = most_told(said, tie=lambda names: (names not in news, -len(names), sorted(names)))
    if names is None:
        return ()
    parties = [party for telling in tellings for party in telling.claim.investors]
    return tuple(_party(name, parties) for name in sorted(names))


def choose_recipient(tellings: Sequence[Telling]) -> Party | None:
    """The recipient that most voices name, None where none does."""
    parties = [telling.claim.recipient for telling in tellings if telling.claim.recipient is not None]
    told = ((t.claim.recipient.name, t) for t in tellings if t.claim.recipient is not None)
    name = most_told(told, tie=str)
    return None if name is None else _party(name, parties)


def _party(name: str, parties: Iterable[Party]) -> Party:
    """The party of that name with the kind and id that somebody knows."""
    known = [party for party in parties if party.name == name]
    kinds = sorted(party.kind for party in known if party.kind is not PartyKind.UNKNOWN)
    ids = sorted(party.id for party in known if party.id is not None)
    return Party(name, kinds[0] if kinds else PartyKind.UNKNOWN, ids[0] if ids else None)


def choose_destinations(tellings: Sequence[Telling]) -> tuple[str, ...]:
    """The destinations that most voices name together, of equals the narrowest."""
    told = [(tuple(sorted(t.claim.destinations)), t) for t in tellings if t.claim.destinations]
    wide = ("001", "002", "019", "142", "150", "EU")
    return most_told(told, tie=lambda codes: (any(code in wide for code in codes), len(codes), codes)) or ()


def choose_places(tellings: Sequence[Telling]) -> tuple[str, ...]:
    """All places that are named, those first that most voices name."""
    told = [(place, telling) for telling in tellings for place in telling.claim.places]
    return _by_votes(told, tie=str)


def choose_purposes(tellings: Sequence[Telling]) -> tuple[Purpose, ...]:
    """All purposes that are named, those first that most voices name; "general" only where nobody knows better."""
    told = [(purpose, telling) for telling in tellings for purpose in telling.claim.purposes]
    named = _by_votes(told, tie=lambda purpose: list(Purpose).index(purpose))
    return tuple(purpose for purpose in named if purpose is not Purpose.GENERAL) or named


def choose_announced(tellings: Sequence[Telling]) -> Interval | None:
    """The days on which most voices agree: each interval counts for every narrower one that lies inside it."""
    told = [(telling.claim.announced, telling) for telling in tellings if telling.claim.announced is not None]
    candidates = {interval for interval, _ in told}
    support = voices_by_value(
        (inner, telling) for outer, telling in told for inner in candidates if inner.within(outer)
    )
    return min(candidates, key=lambda it: (-support[it], it.days, it.earliest), default=None)


def choose_term(tellings: Sequence[Telling]) -> Term:
    """Start and end, each as most voices have it; of equals the later."""
    starts = [(t.claim.term.start, t) for t in tellings if t.claim.term.start is not None]
    ends = [(t.claim.term.end, t) for t in tellings if t.claim.term.end is not None]
    start, end = (most_told(told, tie=_latest_first) for told in (starts, ends))
    return Term(None if start is not None and end is not None and start > end else start, end)


def _latest_first(day: date) -> int:
    return -day.toordinal()


def choose_role(tellings: Sequence[Telling]) -> Role:
    """Total where at least half of the voices say so; else new where anybody has it as news."""
    totals = voices_by_value(((t.claim.role is Role.TOTAL), t) for t in tellings)
    if totals.get(True, 0) >= totals.get(False, 0):
        return Role.TOTAL
    return Role.NEW if any(t.claim.role is Role.NEW for t in tellings) else Role.EARLIER


def choose_deliverables(tellings: Sequence[Telling]) -> tuple[Deliverable, ...]:
    """For each kind as many counts as the fullest telling has.

    Those of an investor's or government's own text first, then those that most voices tell, of equals the lowest.
    """
    told: dict[Kind, list[tuple[Deliverable, Telling]]] = defaultdict(list)
    most: Counter[Kind] = Counter()
    for telling in tellings:
        for item in telling.claim.deliverables:
            told[item.kind].append((item, telling))
        most |= Counter(item.kind for item in telling.claim.deliverables)
    return tuple(item for kind in Kind if kind in told for item in _counts(told[kind])[: most[kind]])


def _counts(told: Sequence[tuple[Deliverable, Telling]]) -> tuple[Deliverable, ...]:
    own = {(item.count, item.count_max) for item, telling in told if OWN_TEXT in telling.shows}
    counts = _by_votes([((item.count, item.count_max), telling) for item, telling in told], tie=lambda c: c[0])
    counts = tuple(sorted(counts, key=lambda count: count not in own))
    return tuple(
        min(
            (item for item, _ in told if (item.count, item.count_max) == count),
            key=lambda item: (item.due is None, item.due or date.max, item.qualifier),
        )
        for count in counts
    )


def _by_votes(told: Sequence[tuple[_Value, Telling]], *, tie: Callable[[_Value], Any]) -> tuple[_Value, ...]:
    votes = voices_by_value(told)
    return tuple(sorted(votes, key=lambda value: (-votes[value], tie(value))))
