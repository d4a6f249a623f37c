"""What has changed in the book since a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pledgebook.domain import Pledge, RelationType, Stage
from pledgebook.ledger.status import related


class ChangeKind(StrEnum):
    """What sort of change it is."""

    NEW = "new"
    REPLACED = "replaced"
    DELAYED = "delayed"
    CANCELLED = "cancelled"
    DENIED = "denied"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    ANNOUNCED = "announced"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change: on which day, to which pledge, of what sort, and what there is to say about it."""

    day: date
    pledge: str
    kind: ChangeKind
    note: str = ""


_STAGES = {
    Stage.DELAYED: ChangeKind.DELAYED,
    Stage.CANCELLED: ChangeKind.CANCELLED,
    Stage.DENIED: ChangeKind.DENIED,
    Stage.UNDER_WAY: ChangeKind.UNDER_WAY,
    Stage.COMPLETED: ChangeKind.COMPLETED,
    Stage.ANNOUNCED: ChangeKind.ANNOUNCED,
}


def changes(pledges: Iterable[Pledge], *, since: date) -> tuple[Change, ...]:
    """What became known on `since` or later: new pledges, steps of the stage, replacements and conflicts, by day.

    A conflict is dated by the first telling that disagrees.
    """
    known = tuple(pledges)
    found: set[Change] = set()
    for pledge in known:
        days = {telling.key: telling.day_known for telling in pledge.tellings}
        first = min((day for day in days.values() if day is not None), default=None)
        if first is not None and first >= since:
            found.add(Change(first, pledge.id, ChangeKind.NEW))
            found |= {
                Change(first, old, ChangeKind.REPLACED, f"by {pledge.id}")
                for old in related(pledge, RelationType.REPLACES)
            }
        for step in pledge.life[1:]:
            if step.day is not None and step.day >= since and step.stage in _STAGES:
                found.add(Change(step.day, pledge.id, _STAGES[step.stage], step.words))
        for conflict in pledge.conflicts:
            day = min((it for key in conflict.tellings if (it := days.get(key)) is not None), default=None)
            if day is not None and day >= since:
                found.add(Change(day, pledge.id, ChangeKind.CONFLICT, conflict.name))
    return tuple(sorted(found))
