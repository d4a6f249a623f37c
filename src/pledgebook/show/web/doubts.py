"""What a reviewer should look at: disagreements, pairs that may be one, claims that the reader is unsure of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pledgebook.domain import Claim, Conflict, DecisionKind, Entry, Interval
from pledgebook.show.desk import Ledger
from pledgebook.show.web.asked import kept

KINDS = ("conflict", "match", "claim")
_SURE = 0.7
_ALIKE, _DAYS, _CROWD = Decimal("0.05"), 120, 40
_MOST_OF_KIND = 2000


@dataclass(frozen=True, slots=True)
class Doubt:
    """One item of the queue. `entries` are the lines that it is about; `why` says what is doubtful."""

    kind: str
    key: str
    entries: tuple[Entry, ...]
    why: str
    conflict: Conflict | None = None
    claim: Claim | None = None
    document: str | None = None


def doubts_of(ledger: Ledger) -> dict[str, tuple[Doubt, ...]]:
    """The queue by kind; within each the largest sums and the least sure first. What was decided is left out."""
    return kept(
        ledger, "doubts", lambda: {"conflict": _conflicts(ledger), "match": _matches(ledger), "claim": _claims(ledger)}
    )


def _worth(ledger: Ledger, entry: Entry) -> Decimal:
    return ledger.worth(entry) or Decimal(0)


def _conflicts(ledger: Ledger) -> tuple[Doubt, ...]:
    settled = {(key, item.field) for item in ledger.decisions if item.kind is DecisionKind.SET for key in item.subjects}
    found = []
    for entry in ledger.entries:
        if entry.is_rest:
            continue
        found += [
            Doubt("conflict", f"{entry.id}.{conflict.field}", (entry,), conflict.reason, conflict=conflict)
            for conflict in entry.pledge.conflicts
            if not any((telling.key, conflict.field) in settled for telling in entry.pledge.tellings)
        ]
    return tuple(sorted(found, key=lambda it: (-_worth(ledger, it.entries[0]), it.key)))[:_MOST_OF_KIND]


def _matches(ledger: Ledger) -> tuple[Doubt, ...]:
    """Pairs with the same investor and country, about the same sum and time, that are held to be two."""
    decided = {
        frozenset(pair)
        for item in ledger.decisions
        if item.kind in (DecisionKind.SAME, DecisionKind.DIFFERENT)
        for pair in combinations(item.subjects, 2)
    }
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in ledger.entries:
        if not entry.is_rest and entry.pledge.amount is not None and entry.counted:
            for party in entry.pledge.investors:
                for code in entry.pledge.destinations:
                    groups.setdefault((party.name, code), []).append(entry)
    found: dict[tuple[str, str], Doubt] = {}
    for lines in groups.values():
        ordered = sorted(lines, key=lambda entry: (_worth(ledger, entry), entry.id))
        for n, one in enumerate(ordered):
            for other in ordered[n + 1 : n + 1 + _CROWD]:
                low, high = _worth(ledger, one), _worth(ledger, other)
                if not high or (high - low) > _ALIKE * high:
                    break
                if _may_be_one(one, other) and not _is_decided(one, other, decided):
                    pair = (min(one.id, other.id), max(one.id, other.id))
                    found[pair] = Doubt("match", "+".join(pair), (one, other), "")
    return tuple(sorted(found.values(), key=lambda it: (-_worth(ledger, it.entries[0]), it.key)))[:_MOST_OF_KIND]


def _may_be_one(one: Entry, other: Entry) -> bool:
    related = {relation.claim for entry in (one, other) for relation in entry.pledge.relations}
    if one.pledge.id in related or other.pledge.id in related:
        return False
    first, second = _days(one), _days(other)
    return first is None or second is None or first.distance(second) <= _DAYS


def _days(entry: Entry) -> Interval | None:
    return entry.pledge.announced


def _is_decided(one: Entry, other: Entry, decided: set[frozenset[tuple[str, str]]]) -> bool:
    return any(frozenset((a.key, b.key)) in decided for a in one.pledge.tellings for b in other.pledge.tellings)


def _claims(ledger: Ledger) -> tuple[Doubt, ...]:
    touched = {key for item in ledger.decisions for key in item.subjects}
    found = [
        Doubt(
            "claim", ".".join(telling.key), (entry,), _reasons(telling.claim.reasons),
            claim=telling.claim, document=telling.document,
        )
        for entry in ledger.entries
        if not entry.is_rest
        for telling in entry.pledge.tellings
        if telling.claim.score < _SURE and telling.key not in touched
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda it: (it.claim.score if it.claim else 1, it.key)))[:_MOST_OF_KIND]


def _reasons(reasons: Sequence[str]) -> str:
    return "; ".join(reasons[:3])
