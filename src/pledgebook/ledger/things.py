"""Totals of what is countable: GPUs, megawatts, jobs, people, by the rules by which money counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pledgebook.domain import Deliverable, Entry, Kind, Pledge, Qualifier, Tally
from pledgebook.ledger.bounds import Bounds, added
from pledgebook.ledger.grouping import OVERLAPPING, grouping, traits_of
from pledgebook.ledger.parts import Parts, list_parts
from pledgebook.ledger.period import Period
from pledgebook.ledger.status import Reason, find_reasons

# What stands at a place is counted once for the place: its tenant's and its chip supplier's megawatts are the same.
PER_SITE = frozenset({Kind.MEGAWATTS, Kind.DATA_CENTRES, Kind.SITES})
NONE_TOLD = "none of these is told"
SAME_SITE = "the same site, told of another party"
_ALIKE = Decimal("0.02")


def total_things(
    entries: Iterable[Entry],
    *,
    kind: Kind,
    by: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Tally, ...]:
    """A row for every value of `by` and one with the key None for the whole, last; `currency` is the name of the kind.

    The parts' counts are taken out of the whole's, what was replaced or given up doesn't count, and what stands at
    one site counts once however many parties tell of it. `naive` adds up every report.
    """
    pledges = {line.pledge.id: line.pledge for line in sorted(entries, key=lambda line: line.id)}
    reasons = find_reasons(tuple(pledges.values()))
    period = Period(since, until, new_only=False)
    why = {pledge_id: _reason(pledge, reasons[pledge_id], kind, period) for pledge_id, pledge in pledges.items()}
    counting = {pledge_id: count_of(pledges[pledge_id], kind) for pledge_id, reason in why.items() if reason is None}
    for twin in _twins(counting, pledges) if kind in PER_SITE else ():
        why[twin] = SAME_SITE
        del counting[twin]
    parts = Parts(counting, list_parts(tuple(pledges.values())), lambda _part, share, _whole: share)
    keys_of = grouping(by)
    rows: dict[str, list[str]] = {}
    for pledge_id, pledge in pledges.items():
        for key in keys_of(traits_of(pledge)):
            rows.setdefault(key, []).append(pledge_id)
    board = _Board(kind, by, pledges, why, parts)
    found = [board.row(key, rows[key]) for key in sorted(rows)]
    loose = [pledge_id for pledge_id in pledges if by is not None and not keys_of(traits_of(pledges[pledge_id]))]
    return (*found, board.row(None, list(pledges), loose))


def count_of(pledge: Pledge, kind: Kind) -> Bounds:
    """How many of a kind a pledge promises: "up to 500" is 0 / 500 / 500, a range its ends and its middle."""
    return added(_bounds(item) for item in pledge.deliverables if item.kind is kind)


def _bounds(item: Deliverable) -> Bounds:
    if item.count_max is not None:
        return Bounds(item.count, (item.count + item.count_max) / 2, item.count_max)
    return Bounds(Decimal(0) if item.qualifier is Qualifier.UP_TO else item.count, item.count, item.count)


def _reason(pledge: Pledge, reason: Reason, kind: Kind, period: Period) -> str | None:
    if reason is not Reason.COUNTS:
        return reason.value
    if not any(item.kind is kind for item in pledge.deliverables):
        return NONE_TOLD
    return None if period.holds(pledge) else Reason.OTHER_TIME.value


def _twins(counting: Mapping[str, Bounds], pledges: Mapping[str, Pledge]) -> list[str]:
    """Pledges that promise what another one promises at the same place; the one with most voices stays."""
    twins = []
    order = sorted(counting, key=lambda it: (-pledges[it].voices, it))
    kept: dict[tuple[str, str], list[str]] = {}
    for pledge_id in order:
        pledge = pledges[pledge_id]
        sites = [(code, place.casefold()) for code in pledge.destinations for place in pledge.places]
        rivals = {rival for site in sites for rival in kept.get(site, ())}
        if any(_alike(counting[rival].central, counting[pledge_id].central) for rival in rivals):
            twins.append(pledge_id)
            continue
        for site in sites:
            kept.setdefault(site, []).append(pledge_id)
    return twins


def _alike(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _ALIKE * max(one, other)


@dataclass(frozen=True, slots=True)
class _Board:
    """How rows are made: what is counted, and why each pledge does not count, None where it does."""

    kind: Kind
    by: str | None
    pledges: Mapping[str, Pledge]
    why: Mapping[str, str | None]
    parts: Parts

    def row(self, key: str | None, ids: Sequence[str], loose: Sequence[str] = ()) -> Tally:
        inside = [item for item in ids if self.why[item] is None]
        outside = [(item, reason) for item in ids if (reason := self.why[item]) is not None]
        own = self.parts.own(set(inside))
        total = added(own[item] for item in inside)
        return Tally(
            key=key,
            currency=self.kind.value,
            low=total.low,
            central=total.central,
            high=total.high,
            naive=self._naive(key),
            pledges=len(inside),
            left_out=tuple(sorted(Counter(reason for _, reason in outside).items())),
            unallocated=sum((own[item].central for item in loose if self.why[item] is None), Decimal(0)),
            included=tuple((item, Reason.COUNTS.value) for item in inside),
            excluded=tuple(outside),
            overlapping=key is not None and self.by in OVERLAPPING,
        )

    def _naive(self, key: str | None) -> Decimal:
        """What adding up every report gives."""
        keys_of = grouping(self.by)
        return added(
            _bounds(item)
            for pledge in self.pledges.values()
            for telling in pledge.tellings
            if key is None or key in keys_of(traits_of(telling.claim))
            for item in telling.claim.deliverables
            if item.kind is self.kind
        ).central
