"""Totals that nobody calls one: a sum that two or three other pledges make exactly, told beside them in the same days.

One outlet tells what a company pledges to a country in all, others what it pledges there site by site; added up, the
same money would count twice. Only what fits in every way is taken for a total, and only where all others of these days
make it; where just some of them do, that may be chance, and people are told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from pledgebook.domain import (
    Basis,
    Claim,
    Finding,
    Interval,
    Pledge,
    Purpose,
    Qualifier,
    Relation,
    RelationType,
    Role,
    Severity,
    Stage,
)
from pledgebook.reconcile.amounts import show_amount

PRESUMED = "presumed-total"
# So many parts may make a total: with more, chance finds some that do.
_PARTS = (2, 3)
# A day of announcement that is known so well, and so many days between that of a total and those of its parts.
_WEEK, _NEAR_DAYS = 7, 7
# From one part by its total to another part, or to one that is left out, it is no further.
_WEEKS = 6
_TALK = frozenset({Stage.RUMOURED, Stage.PROPOSED, Stage.DENIED})

Key = tuple[str, str]
_Bucket = tuple[tuple[str, ...], tuple[str, ...], str, int]


class Said(NamedTuple):
    """What a claim says of who pledges exactly how much to where, and when."""

    who: tuple[str, ...]
    where: tuple[str, ...]
    currency: str
    value: Decimal
    days: Interval


def said_of(claim: Claim) -> Said | None:
    """What a claim says of it; None where it leaves out one of these, is not sure of one, or calls its sum a total."""
    amount, days = claim.amount, claim.announced
    if amount is None or days is None or not claim.investors or not claim.destinations or claim.role is Role.TOTAL:
        return None
    if amount.qualifier is not Qualifier.EXACT or amount.basis is not Basis.STATED or days.days > _WEEK:
        return None
    who = tuple(sorted({party.name for party in claim.investors}))
    return Said(who, tuple(sorted(set(claim.destinations))), amount.currency, amount.value, days)


class Beside:
    """Claims as they are heard: which of them may be a total and its parts, as far as claims alone can tell.

    >>> Beside.values(Decimal(10), {Decimal(10), Decimal(6), Decimal(4), Decimal(1)}) == set(map(Decimal, (10, 6, 4)))
    True
    """

    def __init__(self) -> None:
        # By who, where, in which currency and in which week: who says each value.
        self._known: dict[_Bucket, dict[Decimal, list[Key]]] = defaultdict(dict)
        # The weeks in and around which some values make up another, and the claim that all of these hang on.
        self._head: dict[_Bucket, Key] = {}

    def hear(self, key: Key, claim: Claim) -> Iterator[tuple[Key, Key]]:
        """Pairs of claims by which all hang together that may be a total and its parts, as far as this one tells.

        Whoever is beside them in these weeks hangs on them too: no total is presumed that leaves one out.
        """
        said = said_of(claim)
        if said is None:
            return
        here = (said.who, said.where, said.currency, said.days.earliest.toordinal() // _WEEK)
        values = self._known[here]
        is_new = said.value not in values
        values.setdefault(said.value, []).append(key)
        if not is_new:
            # Told again: what it may make up is known.
            if here in self._head:
                yield self._head[here], key
            return
        weeks = [(*here[:3], week) for week in range(here[3] - _WEEKS, here[3] + _WEEKS + 1)]
        known = [week for week in weeks if week in self._known]
        if any(week in self._head for week in known) or self.values(
            said.value, {value for week in known for value in self._known[week]}
        ):
            for week in known:
                yield from ((key, head) for head in (self._head.get(week),) if head is not None and head != key)
                if week not in self._head:
                    self._head[week] = key
                    yield from ((key, it) for those in self._known[week].values() for it in those if it != key)

    @staticmethod
    def values(new: Decimal, known: Collection[Decimal]) -> set[Decimal]:
        """Those values that make up a sum with the new one, or make it up."""
        found: set[Decimal] = set()
        for whole in known:
            # Where the new one is the whole, two or three others make it; else one or two others and the new one do.
            rest = whole if whole == new else whole - new
            if rest <= 0:
                continue
            ways: list[tuple[Decimal, ...]] = [(rest,)] if whole != new and rest in known else []
            ways += [(one, rest - one) for one in known if one < rest and rest - one in known]
            if whole == new:
                ways += [
                    (one, other, rest - one - other)
                    for one in known
                    for other in known
                    if one + other < rest and rest - one - other in known
                ]
            for way in ways:
                found |= {whole, *way}
        return found


def presume_wholes(pledges: Sequence[Pledge], *, apart: Collection[tuple[Key, Key]] = ()) -> tuple[Pledge, ...]:
    """The same pledges, with those totals and parts that nobody tells, each with its reason and a finding.

    `apart` are pairs of tellings that people hold to be different: no total is presumed against them.
    """
    by_id = {pledge.id: pledge for pledge in pledges}
    related = {frozenset((pledge.id, it.claim)) for pledge in pledges for it in pledge.relations}
    home = {telling.key: pledge.id for pledge in pledges for telling in pledge.tellings} if apart else {}
    related |= {frozenset((home[one], home[other])) for one, other in apart if one in home and other in home}
    rivals: dict[tuple[object, ...], dict[str, list[Said]]] = defaultdict(dict)
    for pledge in pledges:
        for said in _said(pledge):
            rivals[said[:3]].setdefault(pledge.id, []).append(said)
    for beside in rivals.values():
        if len(beside) <= _PARTS[0]:
            continue
        # The least first: what is known to hold others stands for them.
        for name in sorted(beside, key=lambda it: (beside[it][0].value, it)):
            whole = by_id[name]
            if any(it.type is RelationType.TOTAL_OF for it in whole.relations):
                continue
            near = [
                other
                for other in sorted(beside)
                if beside[other][0].value < beside[name][0].value
                and frozenset((name, other)) not in related
                and _near(beside[name], beside[other])
                and _fits(whole, by_id[other])
            ]
            others = [it for it in near if not any(it != above and _holds(by_id, above, it) for above in near)]
            others = [it for it in others if not _holds(by_id, it, name)]
            if _make(others, beside[name][0].value, beside) and len(others) in _PARTS:
                by_id |= _related(whole, [by_id[other] for other in others])
            elif any(_make(some, beside[name][0].value, beside) for n in _PARTS for some in combinations(others, n)):
                by_id[name] = _doubted(whole)
    return tuple(by_id[pledge.id] for pledge in pledges)


def _said(pledge: Pledge) -> set[Said]:
    """What tellings say just as the pledge has it in the end."""
    if pledge.amount is None or pledge.stage in _TALK or pledge.role is Role.TOTAL:
        return set()
    who = tuple(sorted({party.name for party in pledge.investors}))
    where = tuple(sorted(set(pledge.destinations)))
    kept = (who, where, pledge.amount.currency, pledge.amount.value)
    if pledge.amount.qualifier is not Qualifier.EXACT or pledge.amount.basis is not Basis.STATED:
        return set()
    return {said for it in pledge.tellings if (said := said_of(it.claim)) is not None and said[:4] == kept}


def _holds(by_id: Mapping[str, Pledge], whole: str, part: str) -> bool:
    """Whether a pledge has another one somewhere below it."""
    waiting, seen = [whole], {whole}
    while waiting:
        for it in by_id[waiting.pop()].relations:
            if it.type is RelationType.TOTAL_OF and it.claim in by_id and it.claim not in seen:
                seen.add(it.claim)
                waiting.append(it.claim)
    return part in seen


def _near(one: Iterable[Said], other: Collection[Said]) -> bool:
    return any(
        max(here.days.earliest, there.days.earliest).toordinal() - min(here.days.latest, there.days.latest).toordinal()
        <= _NEAR_DAYS
        for here in one
        for there in other
    )


def _fits(whole: Pledge, part: Pledge) -> bool:
    """Whether nothing that a part says lies outside of what its whole says."""
    here, there = ({it.casefold() for it in pledge.places} for pledge in (whole, part))
    if here and there and not there <= here:
        return False
    aims, others = (set(pledge.purposes) - {Purpose.GENERAL} for pledge in (whole, part))
    if aims and others and not aims & others:
        return False
    return whole.recipient is None or part.recipient is None or whole.recipient.name == part.recipient.name


def _make(some: Sequence[str], value: Decimal, said: Mapping[str, list[Said]]) -> bool:
    return sum(said[name][0].value for name in some) == value


def _related(whole: Pledge, parts: Sequence[Pledge]) -> dict[str, Pledge]:
    sums = " and ".join(f"{show_amount(it.amount)} ({it.id})" for it in parts if it.amount is not None)
    reason = f"presumed: a total, which {sums} make exactly in the same days"
    finding = Finding(
        PRESUMED, whole.id,
        f"{whole.id}: {sums} make just this sum, for the same destination in the same days. It is taken for their "
        "total, and counts through them. Decide that they are different if it is not.",
    )  # fmt: skip
    relations = {*whole.relations, *(Relation(RelationType.TOTAL_OF, part.id) for part in parts)}
    found = {
        whole.id: replace(
            whole,
            relations=tuple(sorted(relations)),
            reasons=(*whole.reasons, reason),
            findings=(*whole.findings, finding),
        )
    }
    for part in parts:
        more = {*part.relations, Relation(RelationType.PART_OF, whole.id)}
        told = f"presumed: a part of {whole.id}"
        found[part.id] = replace(part, relations=tuple(sorted(more)), reasons=(*part.reasons, told))
    return found


def _doubted(whole: Pledge) -> Pledge:
    finding = Finding(
        PRESUMED, whole.id,
        f"{whole.id}: of several pledges for the same destination in the same days some make just this sum. It may be "
        "their total, and counts beside them until a telling says so. Compare the tellings.",
        severity=Severity.WARNING,
    )  # fmt: skip
    return replace(whole, findings=(*whole.findings, finding))
