"""What people decided about tellings, in force at the end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, pairwise, product

from pledgebook.domain import Conflict, Decision, DecisionKind, Finding, Pledge, Severity
from pledgebook.reconcile.bonds import Bond, Bonds
from pledgebook.reconcile.written import empty_of, read_written

Key = tuple[str, str]

CONTRADICTING = "contradicting-decisions"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two decisions that can't both hold, and the claims that they are about: the later one is kept."""

    kept: Decision
    deprecated: Decision
    keys: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions in force: pairs that are the same or not, tellings that don't count, fields that were set."""

    same: tuple[tuple[Key, Key], ...] = ()
    different: tuple[tuple[Key, Key], ...] = ()
    rejected: frozenset[Key] = frozenset()
    values: tuple[Decision, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    findings: tuple[Finding, ...] = ()


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody took back, in the order in which they were taken. An undo can be undone, too."""
    ordered = sorted(decisions, key=lambda item: (item.at, item.id))
    off: set[str | None] = set()
    for item in reversed(ordered):
        if item.kind is DecisionKind.UNDO and item.id not in off:
            off.add(item.undoes)
    return tuple(item for item in ordered if item.id not in off and item.kind is not DecisionKind.UNDO)


def read_decisions(decisions: Iterable[Decision]) -> Decided:
    """The decisions in force: of two that contradict each other the later is kept, and both are named."""
    standing = in_force(decisions)
    bonds, contradictions = Bonds(), []
    rejected: dict[Key, Decision] = {}
    for item in standing:
        if item.kind is DecisionKind.REJECT:
            rejected |= dict.fromkeys(item.subjects, item)
        elif item.kind in (DecisionKind.SAME, DecisionKind.DIFFERENT):
            is_same = item.kind is DecisionKind.SAME
            beaten: dict[str, Decision] = {}
            for bond in _bonds(item):
                beaten |= {loser.id: loser for loser in bonds.add(bond, is_same=is_same)}
            contradictions += [_contradiction(item, loser) for loser in beaten.values()]
    for item in standing:
        # Who holds a rejected claim to be the same as another, or sets its value, takes it for a claim after all.
        against = {rejected[key].id: rejected[key] for key in item.subjects if key in rejected}
        if item.kind is not DecisionKind.REJECT:
            contradictions += [_contradiction(other, item) for other in against.values()]
    return Decided(
        same=_sorted(bonds.same),
        different=_sorted(bonds.different),
        rejected=frozenset(rejected),
        values=tuple(item for item in standing if item.kind is DecisionKind.SET),
        contradictions=tuple(contradictions),
    )


def _bonds(decision: Decision) -> list[Bond]:
    """The pairs of claims that a decision speaks of: all of a "same" as one chain, of a "different" side by side."""
    sides = decision.sides
    if decision.kind is DecisionKind.SAME:
        found = [Bond(frozenset(pair), decision, links=False) for side in sides for pair in pairwise(side)]
        found += [Bond(frozenset(pair), decision) for pair in pairwise(side[0] for side in sides)]
    else:
        across = (product(one, other) for n, one in enumerate(sides) for other in sides[n + 1 :])
        found = [Bond(frozenset(pair), decision) for pair in chain.from_iterable(across)]
    return [bond for bond in found if len(bond.pair) > 1]


def _sorted(bonds: Iterable[Bond]) -> tuple[tuple[Key, Key], ...]:
    return tuple(sorted({(min(bond.pair), max(bond.pair)) for bond in bonds}))


def _contradiction(kept: Decision, deprecated: Decision) -> Contradiction:
    return Contradiction(kept, deprecated, frozenset(kept.subjects) & frozenset(deprecated.subjects))


def decided_pledge(pledge: Pledge, decided: Decided) -> Pledge:
    """The pledge with what people decided about it: values that they set, and a conflict for each contradiction.

    What can't be read as a value of its field becomes a finding; of values that differ the later one holds.
    """
    mine = {telling.key for telling in pledge.tellings}
    reasons: list[str] = []
    clashes = [
        (item.kept, item.deprecated, item.keys & mine) for item in decided.contradictions if _is_about(item, mine)
    ]
    earlier: dict[str, Decision] = {}
    for item in decided.values:
        if mine.isdisjoint(item.subjects) or item.field is None:
            continue
        changed = _set(pledge, item)
        if changed.findings == pledge.findings:
            before = earlier.get(item.field)
            if before is not None and getattr(_set(pledge, before), item.field) != getattr(changed, item.field):
                clashes.append((item, before, frozenset(mine & {*item.subjects, *before.subjects})))
            earlier[item.field] = item
            reasons.append(f"{item.field} set by {item.by}: {item.why}")
        pledge = changed
    conflicts = tuple(_conflict(kept, lost, tuple(sorted(keys))) for kept, lost, keys in clashes)
    findings = tuple(_finding(pledge, kept, lost) for kept, lost, _ in clashes)
    return replace(
        pledge,
        conflicts=(*pledge.conflicts, *conflicts),
        findings=(*pledge.findings, *findings),
        reasons=(*pledge.reasons, *reasons),
        sureness=1.0 if reasons else pledge.sureness,
    )


def _is_about(item: Contradiction, mine: set[Key]) -> bool:
    if item.keys:
        return not item.keys.isdisjoint(mine)
    # Contradictions over a third claim: shown with all that either names.
    return not mine.isdisjoint((*item.kept.subjects, *item.deprecated.subjects))


def _set(pledge: Pledge, decision: Decision) -> Pledge:
    field = decision.field or ""
    try:
        value = empty_of(field) if decision.value is None else read_written(field, decision.value)
    except ValueError:
        finding = Finding(
            "unreadable-decision",
            pledge.id,
            f"{decision.id}: {decision.by} set {field} to {decision.value!r}, which can't be read. Undo it.",
            severity=Severity.WARNING,
        )
        return replace(pledge, findings=(*pledge.findings, finding))
    return replace(pledge, **{field: value})


def _conflict(kept: Decision, lost: Decision, keys: tuple[Key, ...]) -> Conflict:
    return Conflict(
        name=CONTRADICTING,
        field=kept.field or "identity",
        kept=told(kept),
        deprecated=(told(lost),),
        reason="a rejected claim stays rejected" if kept.kind is DecisionKind.REJECT else "the later decision holds",
        tellings=keys,
    )


def told(decision: Decision) -> str:
    """A decision in a few words.

    >>> from datetime import datetime, UTC
    >>> told(Decision("d", DecisionKind.SET, (), "Ada", datetime(2026, 1, 1, tzinfo=UTC), "typo", "stage", "delayed"))
    'stage set to delayed by Ada on 2026-01-01'
    """
    what = decision.kind.value
    if decision.kind is DecisionKind.SET:
        what = f"{decision.field} set to {decision.value if decision.value is not None else 'nothing'}"
    return f"{what} by {decision.by} on {decision.at.date().isoformat()}"


def _finding(pledge: Pledge, kept: Decision, lost: Decision) -> Finding:
    return Finding(
        CONTRADICTING,
        pledge.id,
        f"{pledge.id}: {told(kept)} ({kept.id}) against {told(lost)} ({lost.id}). "
        "The first one holds; undo one of them.",
        severity=Severity.WARNING,
    )
