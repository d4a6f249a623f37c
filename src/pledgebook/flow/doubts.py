"""What of a pledge a person should look at: told once, with its line, for all who show a queue."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pledgebook.domain import Conflict, Decision, Entry, Severity, Telling
from pledgebook.ledger.corroboration import SURE
from pledgebook.reconcile.compare import THRESHOLD
from pledgebook.reconcile.decided import CONTRADICTING, in_force

Key = tuple[str, str]
# What people decided about each claim: the fields that they set, "" where they decided about the claim itself.
Settled = Mapping[Key, frozenset[str]]
# Tellings whose weakest tie lies this little above what two tellings need might be two pledges after all.
_WEAK_TIE = 2.0
_REASONS = 3


class Waiting(StrEnum):
    """Why something waits for a reviewer, the most urgent first."""

    CONFLICT = "conflict"
    MATCH = "uncertain-match"
    CLAIM = "unsure-claim"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at in a pledge: its claims that it is about; `score` is how sure we are, if that is known."""

    kind: Waiting
    claims: tuple[Key, ...]
    why: str
    conflict: Conflict | None = None
    telling: Telling | None = None
    score: float | None = None


def settled_by(decisions: Iterable[Decision]) -> Settled:
    """What the decisions in force are about."""
    found: dict[Key, set[str]] = {}
    for decision in in_force(decisions):
        for key in decision.subjects:
            found.setdefault(key, set()).add(decision.field or "")
    return {key: frozenset(fields) for key, fields in found.items()}


def doubts_of(entry: Entry, settled: Settled) -> Iterator[Doubt]:
    """What waits about the pledge of a line; what was decided waits no more, but for decisions that contradict."""
    if entry.is_rest:
        return
    pledge = entry.pledge
    keys = tuple(telling.key for telling in pledge.tellings)
    done = frozenset().union(*(settled.get(key, frozenset()) for key in keys))
    for conflict in pledge.conflicts:
        if conflict.name == CONTRADICTING or conflict.field not in done:
            why = f"{conflict.name}: {conflict.kept} against {' and '.join(conflict.deprecated)} ({conflict.reason})"
            yield Doubt(Waiting.CONFLICT, conflict.tellings or keys, why, conflict=conflict)
    tie = _weakest_tie(pledge.reasons)
    if "" not in done and len(keys) > 1 and tie is not None and tie < THRESHOLD + _WEAK_TIE:
        yield Doubt(Waiting.MATCH, keys, "; ".join(pledge.reasons), score=tie)
    for telling in pledge.tellings:
        if entry.counted and telling.claim.score < SURE and telling.key not in settled:
            why = "; ".join(telling.claim.reasons[:_REASONS]) or "the reader was not sure"
            yield Doubt(Waiting.CLAIM, (telling.key,), why, telling=telling, score=telling.claim.score)
    for finding in pledge.findings:
        if finding.severity is Severity.WARNING and finding.name != CONTRADICTING and "" not in done:
            yield Doubt(Waiting.FINDING, keys, finding.message)


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
