"""What people decided about tellings, in force at the end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import combinations, pairwise
from typing import Any

from pledgebook.domain import (
    Amount,
    Decision,
    DecisionKind,
    Finding,
    Interval,
    Party,
    Pledge,
    Purpose,
    Role,
    Severity,
    Stage,
    Term,
)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions in force: pairs that are the same or not, tellings that don't count, fields that were set."""

    same: tuple[tuple[Key, Key], ...] = ()
    different: tuple[tuple[Key, Key], ...] = ()
    rejected: frozenset[Key] = frozenset()
    values: tuple[Decision, ...] = ()
    findings: tuple[Finding, ...] = ()

    def reasons(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """Names of those who set a value of a pledge with these tellings."""
        mine = set(keys)
        return tuple(
            f"{item.field} set by {item.by}: {item.why}" for item in self.values if not mine.isdisjoint(item.subjects)
        )


def read_decisions(decisions: Iterable[Decision]) -> Decided:
    """The decisions in force: later ones win over earlier ones, what was undone is gone.

    Of two that contradict each other the later is kept, and a finding names both.
    """
    ordered = sorted(decisions, key=lambda item: (item.at, item.id))
    undone = {item.undoes for item in ordered if item.kind is DecisionKind.UNDO}
    in_force = [item for item in ordered if item.id not in undone and item.kind is not DecisionKind.UNDO]
    pairs: dict[frozenset[Key], Decision] = {}
    findings = []
    for item in in_force:
        for pair in _pairs(item):
            earlier = pairs.get(pair)
            if earlier is not None and earlier.kind is not item.kind:
                findings.append(_contradiction(earlier, item))
            pairs[pair] = item
    apart = {pair for pair, item in pairs.items() if item.kind is DecisionKind.DIFFERENT}
    together = {pair for pair, item in pairs.items() if item.kind is DecisionKind.SAME}
    values: dict[tuple[str | None, tuple[Key, ...]], Decision] = {}
    for item in in_force:
        if item.kind is DecisionKind.SET:
            values[item.field, item.subjects] = item
    return Decided(
        same=_sorted(together),
        different=_sorted(apart),
        rejected=frozenset(key for item in in_force if item.kind is DecisionKind.REJECT for key in item.subjects),
        values=tuple(sorted(values.values(), key=lambda item: (item.at, item.id))),
        findings=tuple(findings),
    )


def _pairs(decision: Decision) -> list[frozenset[Key]]:
    if decision.kind is DecisionKind.SAME:
        return [frozenset(pair) for pair in pairwise(decision.subjects) if pair[0] != pair[1]]
    if decision.kind is DecisionKind.DIFFERENT:
        return [frozenset(pair) for pair in combinations(decision.subjects, 2) if pair[0] != pair[1]]
    return []


def _sorted(pairs: Iterable[frozenset[Key]]) -> tuple[tuple[Key, Key], ...]:
    return tuple(sorted((min(pair), max(pair)) for pair in pairs))


def _contradiction(earlier: Decision, later: Decision) -> Finding:
    return Finding(
        "contradicting-decisions",
        later.subjects[0][0],
        f"{later.id}: {later.by} decided {later.kind.value} where {earlier.by} had decided {earlier.kind.value} "
        f"({earlier.id}). The later one holds; undo one of them.",
        severity=Severity.WARNING,
    )


def set_values(pledge: Pledge, decided: Decided) -> Pledge:
    """The pledge with the values that people set; what can't be read as a value of its field becomes a finding."""
    mine = {telling.key for telling in pledge.tellings}
    for item in decided.values:
        if mine.isdisjoint(item.subjects):
            continue
        read = _READERS.get(item.field or "", _refuse)
        try:
            value = read(item.value) if item.value is not None else None
            changed: dict[str, Any] = {str(item.field): _EMPTY.get(str(item.field)) if value is None else value}
            pledge = replace(pledge, **changed)
        except (ValueError, InvalidOperation):
            finding = Finding(
                "unreadable-decision",
                pledge.id,
                f"{item.id}: {item.by} set {item.field} to {item.value!r}, which can't be read. Undo it.",
                severity=Severity.WARNING,
            )
            pledge = replace(pledge, findings=(*pledge.findings, finding))
    reasons = decided.reasons(mine)
    return replace(pledge, reasons=(*pledge.reasons, *reasons)) if reasons else pledge


def read_amount(value: str) -> Amount:
    """An amount as people write it in a decision: the figure, then the currency.

    >>> read_amount("2_100_000_000 USD").money
    Money(value=Decimal('2100000000'), currency='USD')
    """
    figure, currency = value.replace(",", "").replace("_", "").split()
    return Amount(Decimal(figure), currency.upper())


def _read_days(value: str) -> Interval:
    first, _, last = value.partition("..")
    return Interval(date.fromisoformat(first), date.fromisoformat(last or first))


def _names(value: str) -> Sequence[str]:
    return [name.strip() for name in value.split(";" if ";" in value else ",") if name.strip()]


def _refuse(value: str) -> None:
    raise ValueError(value)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "amount": read_amount,
    "announced": _read_days,
    "destinations": lambda value: tuple(sorted(_names(value))),
    "investors": lambda value: tuple(Party(name) for name in sorted(_names(value))),
    "places": lambda value: tuple(_names(value)),
    "purposes": lambda value: tuple(Purpose(name) for name in _names(value)),
    "recipient": Party,
    "role": Role,
    "stage": Stage,
    "term": lambda value: Term(end=date.fromisoformat(value)),
}
_EMPTY: Mapping[str, Any] = {"destinations": (), "investors": (), "places": (), "purposes": (), "term": Term()}
