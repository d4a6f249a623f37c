"""What has changed in the book between two days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pledgebook.domain import Amount, Conflict, Decision, DecisionKind, Kind, Pledge, RelationType
from pledgebook.ledger.status import REJECTED, related
from pledgebook.ledger.things import count_of

Key = tuple[str, str]


class ChangeKind(StrEnum):
    """What sort of change it is."""

    NEW = "new"
    REPLACED = "replaced"
    RUMOURED = "rumoured"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    DELAYED = "delayed"
    CANCELLED = "cancelled"
    DENIED = "denied"
    FIGURE = "figure"
    MERGED = "merged"
    SPLIT = "split"
    REJECTED = "rejected"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: on which day, to which pledge, of what sort, and what there is to say about it.

    `before` and `after` are the amounts of a changed figure; `other` is the pledge that replaced it, was merged into
    it, or that it was split from.
    """

    day: date
    pledge: str
    kind: ChangeKind
    note: str = ""
    other: str | None = None
    before: Amount | None = None
    after: Amount | None = None


def changes(
    pledges: Iterable[Pledge],
    *,
    since: date,
    until: date | None = None,
    before: Iterable[Pledge] | None = None,
    decisions: Iterable[Decision] = (),
) -> tuple[Change, ...]:
    """What became known from `since` to `until`, by day: of `pledges`, the book at the end of that time.

    `before` is the book on the day before `since`: with it also figures that changed and pledges that were merged,
    split or rejected are told, dated by the decision or the first telling that did it. A conflict is dated by the
    first telling that disagrees.
    """
    period = _Period(since, until)
    after = tuple(pledges)
    found = {change for pledge in after for change in _told(pledge, period)}
    if before is not None:
        known = tuple(item for item in decisions if period.holds(item.at.date()))
        found |= set(_Difference(tuple(before), after, known, period).all(found))
    return tuple(sorted(found, key=lambda it: (it.day, it.pledge, list(ChangeKind).index(it.kind), it.other or "")))


@dataclass(frozen=True, slots=True)
class _Period:
    since: date
    until: date | None

    def holds(self, day: date | None) -> bool:
        return day is not None and day >= self.since and (self.until is None or day <= self.until)


def _told(pledge: Pledge, period: _Period) -> Iterator[Change]:
    """What the tellings themselves date."""
    days = {telling.key: telling.day_known for telling in pledge.tellings}
    first = min((day for day in days.values() if day is not None), default=None)
    if first is not None and period.holds(first):
        yield Change(first, pledge.id, ChangeKind.NEW)
    for old in related(pledge, RelationType.REPLACES):
        day = _first_told(pledge, RelationType.REPLACES) or first
        if day is not None and period.holds(day):
            yield Change(day, old, ChangeKind.REPLACED, f"by {pledge.id}", other=pledge.id)
    for step in pledge.life[1:]:
        if step.day is not None and period.holds(step.day):
            yield Change(step.day, pledge.id, ChangeKind(step.stage.value), step.words)
    for conflict in pledge.conflicts:
        day = min((it for key in conflict.tellings if (it := days.get(key)) is not None), default=None)
        if day is not None and period.holds(day):
            yield Change(day, pledge.id, ChangeKind.CONFLICT, conflict.name)


def _first_told(pledge: Pledge, kind: RelationType) -> date | None:
    tellings = (it for it in pledge.tellings if any(relation.type is kind for relation in it.claim.relations))
    return min((day for it in tellings if (day := it.day_known) is not None), default=None)


class _Difference:
    """Two states of a book, and what people decided between them."""

    def __init__(
        self, before: Sequence[Pledge], after: Sequence[Pledge], decisions: Sequence[Decision], period: _Period
    ) -> None:
        self._after, self._decisions, self._period = after, decisions, period
        self._before = {pledge.id: pledge for pledge in before}
        self._came_from: dict[Key, str] = {t.key: pledge.id for pledge in before for t in pledge.tellings}
        self._went_to: dict[str, list[str]] = defaultdict(list)
        for pledge in after:
            for old in self._origins(pledge):
                self._went_to[old].append(pledge.id)

    def all(self, told: set[Change]) -> Iterator[Change]:
        """Every change that only the difference shows, given those that the tellings date."""
        dated = {(change.pledge, change.kind) for change in told}
        for pledge in self._after:
            origins = self._origins(pledge)
            if not origins:
                continue
            if _is_rejected(pledge):
                if not all(_is_rejected(self._before[old]) for old in origins):
                    yield self._change(pledge, ChangeKind.REJECTED, DecisionKind.REJECT)
                continue
            own = pledge.id if pledge.id in origins else min(origins)
            for name in origins:
                if name != own and not self._goes_on(name):
                    yield self._change(pledge, ChangeKind.MERGED, DecisionKind.SAME, other=name)
            old = self._before[own]
            if own != pledge.id and len(self._went_to[own]) > 1:
                yield self._change(pledge, ChangeKind.SPLIT, DecisionKind.DIFFERENT, other=own)
                continue
            yield from self._figures(old, pledge)
            stage = ChangeKind(pledge.stage.value)
            if old.stage is not pledge.stage and (pledge.id, stage) not in dated:
                yield self._change(pledge, stage, DecisionKind.SET, field="stage")
            yield from self._conflicts(old, pledge, dated)

    def _conflicts(self, old: Pledge, new: Pledge, dated: set[tuple[str, ChangeKind]]) -> Iterator[Change]:
        had = {(conflict.name, conflict.field) for conflict in old.conflicts}
        fresh: dict[str, Conflict] = {it.name: it for it in new.conflicts if (it.name, it.field) not in had}
        if (new.id, ChangeKind.CONFLICT) not in dated:
            for name in sorted(fresh):
                yield self._change(new, ChangeKind.CONFLICT, None, note=name)

    def _figures(self, old: Pledge, new: Pledge) -> Iterator[Change]:
        if _bare(old.amount) != _bare(new.amount):
            yield self._change(
                new, ChangeKind.FIGURE, DecisionKind.SET, field="amount", before=old.amount, after=new.amount
            )
        for kind in Kind:
            one, other = count_of(old, kind).central, count_of(new, kind).central
            if one != other and (one or other):
                note = f"{kind.value.replace('_', ' ')}: {one.normalize():,f} to {other.normalize():,f}"
                yield self._change(new, ChangeKind.FIGURE, DecisionKind.SET, field="deliverables", note=note)

    def _change(
        self,
        pledge: Pledge,
        kind: ChangeKind,
        decided: DecisionKind | None,
        *,
        field: str | None = None,
        note: str = "",
        other: str | None = None,
        before: Amount | None = None,
        after: Amount | None = None,
    ) -> Change:
        """The change, on the day of the decision that made it, else of the first telling that is new in the pledge."""
        mine = {telling.key for telling in pledge.tellings}
        about = [item for item in self._decisions if not mine.isdisjoint(item.subjects) or item.undoes is not None]
        fitting = [it for it in about if (it.kind is decided or decided is None) and it.field in (field, None)]
        told = sorted(
            (day, _bare(it.claim.amount) != _bare(after))
            for it in pledge.tellings
            if (day := it.day_known) is not None and it.key not in self._came_from and self._period.holds(day)
        )
        supporting = [day for day, differs in told if not differs] if after is not None else []
        if fitting and fitting[-1].kind is not DecisionKind.UNDO:
            last = fitting[-1]
            words = f"{last.kind.value} by {last.by}: {last.why}"
            return Change(last.at.date(), pledge.id, kind, f"{note}; {words}" if note else words, other, before, after)
        days = [*supporting, *(day for day, _ in told), *(item.at.date() for item in about), self._period.since]
        return Change(days[0], pledge.id, kind, note, other, before, after)

    def _origins(self, pledge: Pledge) -> tuple[str, ...]:
        """The pledges that its tellings belonged to before."""
        return tuple(sorted({old for it in pledge.tellings if (old := self._came_from.get(it.key)) is not None}))

    def _goes_on(self, old: str) -> bool:
        """Whether a pledge of before is still there under its own name."""
        return old in self._went_to[old]


def _is_rejected(pledge: Pledge) -> bool:
    return any(finding.name == REJECTED for finding in pledge.findings)


def _bare(amount: Amount | None) -> tuple[object, ...] | None:
    return None if amount is None else (amount.currency, amount.low, amount.central, amount.high)
