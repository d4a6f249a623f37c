"""What waits for a reviewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pledgebook.domain import Entry
from pledgebook.reconcile.compare import THRESHOLD
from pledgebook.reconcile.decided import in_force
from pledgebook.show.desk.ledger import Key, Ledger

# A reader that is less sure than this of a claim should be looked after.
UNSURE = 0.6
# Tellings whose weakest tie lies this little above what two tellings need might be two pledges after all.
_WEAK_TIE = 2.0


class Waiting(StrEnum):
    """Why something waits, the most urgent first."""

    CONFLICT = "conflict"
    MATCH = "uncertain-match"
    CLAIM = "unsure-claim"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: why, about which pledge and claims, which field; `score` is how sure we are, if we know."""

    kind: Waiting
    pledge: str
    claims: tuple[Key, ...]
    why: str
    field: str | None = None
    score: float | None = None


def queue(ledger: Ledger) -> tuple[Item, ...]:
    """All that waits: conflicts of counted pledges first, the largest sums first; what was decided waits no more."""
    done = _decided(ledger)
    items = [item for entry in ledger.entries if not entry.is_rest for item in _of_pledge(entry, done)]
    order = list(Waiting)
    worth = {item.pledge: float(ledger.worth(ledger.by_id[item.pledge]) or 0) for item in items}
    return tuple(
        sorted(
            items,
            key=lambda item: (
                order.index(item.kind), not ledger.by_id[item.pledge].counted, -worth[item.pledge], item.pledge,
                item.field or "", item.claims,
            ),
        )
    )  # fmt: skip


def _decided(ledger: Ledger) -> dict[Key, set[str]]:
    """The fields of each claim about which people decided; "" where they decided about the claim."""
    found: dict[Key, set[str]] = {}
    for decision in in_force(ledger.decisions):
        for key in decision.subjects:
            found.setdefault(key, set()).add(decision.field or "")
    return found


def _of_pledge(entry: Entry, done: dict[Key, set[str]]) -> Iterator[Item]:
    pledge = entry.pledge
    keys = tuple(telling.key for telling in pledge.tellings)
    settled = set().union(*(done.get(key, set()) for key in keys))
    for conflict in pledge.conflicts:
        if conflict.field not in settled:
            why = f"{conflict.name}: {conflict.kept} against {' and '.join(conflict.deprecated)} ({conflict.reason})"
            yield Item(Waiting.CONFLICT, pledge.id, conflict.tellings or keys, why, conflict.field)
    if "" in settled:
        return
    tie = _weakest_tie(pledge.reasons)
    if len(keys) > 1 and tie is not None and tie < THRESHOLD + _WEAK_TIE:
        yield Item(Waiting.MATCH, pledge.id, keys, "; ".join(pledge.reasons), score=tie)
    for telling in pledge.tellings:
        if telling.claim.score < UNSURE and entry.counted:
            why = "; ".join(telling.claim.reasons) or "the reader was not sure"
            yield Item(Waiting.CLAIM, pledge.id, (telling.key,), why, score=telling.claim.score)
    for finding in pledge.findings:
        if finding.severity.value == "warning":
            yield Item(Waiting.FINDING, pledge.id, keys, finding.message)


def _weakest_tie(reasons: tuple[str, ...]) -> float | None:
    """The points of the weakest tie between the tellings, which stand last among the reasons."""
    for reason in reasons:
        words = reason.removeprefix("in all ")
        if words != reason:
            try:
                return float(words)
            except ValueError:
                return None
    return None
