"""Versions of a book that can be cited and asked again."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pledgebook.domain import Decision, Entry, Snapshot, UsageError
from pledgebook.flow.derived import rules_version
from pledgebook.flow.ledger import entries_of
from pledgebook.ledger.ports import Rates
from pledgebook.store import Book
from pledgebook.store.ports import LogRecord
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json

_SHORT = 12
_HASH = re.compile(r"[0-9a-f]{12,64}")
_OTHER = "the rates or the program have changed"


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


@dataclass(frozen=True, slots=True)
class Version:
    """A state of a book that can be cited: the log of the book up to `records`, which ends in the hash `head`.

    `name` is that of the snapshot that froze it, else the first letters of the hash. `why` tells, where it is known,
    why today's answers may differ from those of the day on which it was frozen.
    """

    name: str
    head: str
    records: int
    at: datetime
    is_named: bool = False
    why: str = ""


def find_version(book: Book, words: str) -> Version:
    """The state that `words` name: a snapshot, or at least so many first letters of a hash of the log.

    Raises UsageError where there is none.
    """
    wanted = words.strip()
    snapshot = next((item for item in book.snapshots() if item.name == wanted), None)
    if snapshot is not None:
        why = _why(book, snapshot.records, snapshot.rules)
        return Version(snapshot.name, snapshot.head, snapshot.records, snapshot.at, is_named=True, why=why)
    record = book.recorded(wanted) if _HASH.fullmatch(wanted) else None
    if record is None:
        names = ", ".join(item.name for item in book.snapshots()) or "none yet"
        raise UsageError("snapshot", f"no snapshot {words!r}", f"There are: {names}.")
    return _unnamed(book, record)


def _unnamed(book: Book, record: LogRecord) -> Version:
    why = _why(book, record.seq, rules_version())
    return Version(record.hash[:_SHORT], record.hash, record.seq, datetime.fromisoformat(record.at), why=why)


def version_of(book: Book, head: str) -> Version | None:
    """The state of the book that ends in `head`: under the name of the last snapshot that froze it, if there is one."""
    record = book.recorded(head)
    if record is None:
        return None
    changed = book.last_change(record.seq)
    named = [item for item in book.snapshots() if changed <= item.records <= record.seq]
    return find_version(book, named[-1].name) if named else _unnamed(book, record)


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
    why = "" if ledger_digest(lines) == snapshot.ledger else _why(book, snapshot.records, snapshot.rules) or _OTHER
    if currency is not None:
        lines = entries_of(book.documents(upto=snapshot.records), decisions=decisions, rates=rates, currency=currency)
    return Frozen(snapshot, lines, decisions, why)


def ledger_digest(entries: Iterable[Entry]) -> str:
    """The SHA-256 of the lines as `list --format jsonl` prints them without any conversion."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(dumps(pledge_json(entry)).encode() + b"\n")
    return digest.hexdigest()


def _why(book: Book, records: int, rules: str) -> str:
    """Why what follows from so many records may be something else by now; empty where nothing is known to be."""
    erased = book.erased_since(records)
    if erased:
        return f"{erased} documents have been erased since"
    if rules_version() != rules:
        return f"the rules are {rules_version()} now and were {rules}"
    return ""
