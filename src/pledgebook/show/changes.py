"""Changes of a book for people and for programs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pledgebook.domain import Entry
from pledgebook.ledger import Change
from pledgebook.show.claims import where
from pledgebook.show.entries import entry_who
from pledgebook.show.sheet import Column, Sheet
from pledgebook.show.values import UNKNOWN, amount
from pledgebook.wire import Json, amount_json, party_json

CHANGE_PATHS = (
    "day", "kind", "pledge", "investors", "destinations", "amount.value", "amount.currency", "counted", "note",
    "other", "before.value", "before.currency", "after.value", "after.currency",
)  # fmt: skip


def change_json(change: Change, line: Entry | None) -> Json:
    """A change, with who, where and how much of the pledge that it is about."""
    pledge = None if line is None else line.pledge
    return {
        "day": change.day.isoformat(),
        "kind": change.kind.value,
        "pledge": change.pledge,
        "investors": [] if pledge is None else [party_json(party) for party in pledge.investors],
        "destinations": [] if pledge is None else list(pledge.destinations),
        "amount": None if pledge is None else amount_json(pledge.amount),
        "counted": None if line is None else line.counted,
        "note": change.note,
        "other": change.other,
        "before": amount_json(change.before),
        "after": amount_json(change.after),
    }


def change_records(changes: Iterable[Change], lines: Mapping[str, Entry]) -> Iterator[dict[str, Any]]:
    """Every change in the order of the days."""
    return (change_json(change, lines.get(change.pledge)) for change in changes)


def changes_sheet(changes: Iterable[Change], lines: Mapping[str, Entry]) -> Sheet:
    """A row for every change, and how many there are of each kind."""
    found = tuple(changes)
    columns = (
        Column("day"), Column("change"), Column("pledge"), Column("who", grows=True), Column("where", grows=True),
        Column("amount", is_figure=True), Column("note", grows=True),
    )  # fmt: skip
    counts: dict[str, int] = {}
    for change in found:
        counts[change.kind.value] = counts.get(change.kind.value, 0) + 1
    notes = (", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in sorted(counts.items())) + ".",)
    return Sheet(
        f"{len(found)} changes",
        columns,
        tuple(_row(change, lines.get(change.pledge)) for change in found),
        notes if found else (),
    )


def _row(change: Change, line: Entry | None) -> tuple[str, ...]:
    told = UNKNOWN if line is None else amount(line.pledge.amount)
    notes = [" ".join(change.note.split())] if change.note else []
    if change.before is not None or change.after is not None:
        notes.insert(0, f"{amount(change.before)} before")
    if change.other is not None and change.other not in change.note:
        notes.insert(0, f"{'from' if change.kind.value == 'split' else 'with'} {change.other}")
    return (
        change.day.isoformat(),
        change.kind.value.replace("_", " "),
        change.pledge,
        UNKNOWN if line is None else entry_who(line),
        UNKNOWN if line is None else where(line.pledge.destinations, line.pledge.places),
        told,
        "; ".join(notes),
    )
