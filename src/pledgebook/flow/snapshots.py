"""Versions of a book that can be cited and asked again."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pledgebook.domain import Decision, Entry, Snapshot, UsageError
from pledgebook.flow.derived import rules_version
from pledgebook.flow.ledger import entries_of
from pledgebook.ledger.ports import Rates
from pledgebook.store import Book
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot with the lines and decisions that it holds.

    `is_same` tells whether the lines are, byte for byte, those of the day on which it was taken; where they are not,
    `why` names the cause.
    """

    snapshot: Snapshot
    entries: tuple[Entry, ...]
    decisions: tuple[Decision, ...]
    why: str = ""

    @property
    def is_same(self) -> bool:
        """Whether it answers as it did when it was taken."""
        return not self.why


def take_snapshot(book: Book, name: str, *, at: datetime, rates: Rates, note: str = "") -> Snapshot:
    """A version of the book as it is now, kept in it under `name` for good; UsageError for a name that is taken."""
    wanted = name.strip()
    if not wanted or not wanted.isprintable():
        raise UsageError("snapshot", f"the name {name!r}", "Give it a name to cite, such as 2026-Q1.")
    facts = book.facts()
    documents, decisions = book.documents(upto=facts.records), book.decisions(upto=facts.records)
    lines = entries_of(documents, decisions=decisions, rates=rates)
    snapshot = Snapshot(
        name=wanted,
        at=at,
        records=facts.records,
        head=facts.head,
        documents=len(documents),
        claims=sum(len(item.claims) for item in documents),
        decisions=len(decisions),
        lines=len(lines),
        counted=sum(line.counted for line in lines),
        rules=rules_version(),
        ledger=ledger_digest(lines),
        note=note.strip(),
    )
    if not book.snapshot(snapshot):
        raise UsageError("snapshot", f"the name {wanted!r}, which is taken", "It is for good: give another name.")
    return snapshot


def find_snapshot(book: Book, name: str) -> Snapshot:
    """The snapshot called `name`. Raises UsageError where there is none."""
    known = {item.name: item for item in book.snapshots()}
    if name.strip() not in known:
        names = ", ".join(known) or "none yet"
        raise UsageError("--snapshot", f"no snapshot {name!r}", f"There are: {names}.")
    return known[name.strip()]


def read_snapshot(book: Book, name: str, *, rates: Rates, currency: str | None = None) -> Frozen:
    """The book as it was when the snapshot was taken: its documents as they were read then, its decisions then."""
    snapshot = find_snapshot(book, name)
    decisions = book.decisions(upto=snapshot.records)
    lines = entries_of(book.documents(upto=snapshot.records), decisions=decisions, rates=rates)
    why = "" if ledger_digest(lines) == snapshot.ledger else _why(book, snapshot)
    if currency is not None:
        lines = entries_of(book.documents(upto=snapshot.records), decisions=decisions, rates=rates, currency=currency)
    return Frozen(snapshot, lines, decisions, why)


def ledger_digest(entries: Iterable[Entry]) -> str:
    """The SHA-256 of the lines as `list --format jsonl` prints them without any conversion."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(dumps(pledge_json(entry)).encode() + b"\n")
    return digest.hexdigest()


def _why(book: Book, snapshot: Snapshot) -> str:
    erased = sum(record.kind == "erasure" and record.seq > snapshot.records for record in book.log())
    if erased:
        return f"{erased} documents have been erased since"
    if rules_version() != snapshot.rules:
        return f"the rules are {rules_version()} now and were {snapshot.rules}"
    return "the rates or the program have changed"
