"""What every book can do, whatever it is kept in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pledgebook.domain import Decision, ReadDocument, Snapshot
from pledgebook.store.image import LineImage
from pledgebook.store.kept import KeptLines
from pledgebook.store.lines import Among, Line, Paper
from pledgebook.store.past import Past
from pledgebook.store.search import Hit

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """How much a book holds and how it is kept. `head` is the last hash of its log, which names its whole past."""

    documents: int
    claims: int
    decisions: int
    erased: int
    records: int
    head: str
    schema: int
    engine: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One thing that happened to a book: its number, when, what sort, its body in JSON, and the hash of the chain."""

    seq: int
    at: str
    kind: str
    body: str
    hash: str


@dataclass(frozen=True, slots=True)
class Damage:
    """A part of a book that is not what was written: where, what was seen, what would help."""

    where: str
    seen: str
    help: str

    def __str__(self) -> str:
        return f"{self.where}: {self.seen}. {self.help}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to a book: the ids of documents that came, or came again, and the other kinds of records.

    `head` is the last hash of its log.
    """

    head: str
    documents: frozenset[str]
    kinds: frozenset[str]


class Book(Protocol):
    """Keeps documents, claims and decisions. Every call is whole or has not happened.

    `image` is for who has made one: lines are looked up there where it shows those that the book has.
    """

    image: LineImage | None

    def add_all(self, items: Sequence[ReadDocument], *, at: datetime) -> int:
        """How many of `items` were new to the book, now kept in it; what it already has is not written again."""

    def has_read(self, pages: Collection[str]) -> set[str]:
        """Those of `pages` (keys of pages and readers) that were read and kept."""

    def documents(self, *, upto: int | None = None) -> tuple[ReadDocument, ...]:
        """All documents with the claims that count today, sorted by id: each as its latest reader read it.

        With `upto`, as they were after so many log records, but for what was erased since.

        Claims that came with a document go before those of any reader. Where documents with the same id differ all
        the same, each carries a mark of its content behind the id, so that none is lost.
        """

    def each_document(self, *, upto: int | None = None) -> Iterator[ReadDocument]:
        """The same one after the other, to be taken to the end: till then it is one moment of the book."""

    def past(self, upto: int) -> Past:
        """What had been written when the log had so many records, to ask for documents as they were then."""

    def document(self, name: str, *, past: Past | None = None) -> ReadDocument | None:
        """The document with that id, marked or not, or None; with `past` as it was then."""

    def some(self, names: Collection[str], *, has_text: bool = True) -> Iterator[ReadDocument]:
        """The documents with these ids that there are, each with all that share it, to be taken to the end.

        Without `has_text` they have neither text nor findings nor captures, and are fetched much faster.
        """

    def first_sources(self) -> Iterator[tuple[str, str]]:
        """The id of each document with the source that it goes by, sorted by id, to be taken to the end."""

    def decide(self, decision: Decision) -> bool:
        """Whether `decision` was new to the book, now kept in it."""

    def decisions(self, *, upto: int | None = None) -> tuple[Decision, ...]:
        """All decisions in the order in which they were taken, or those of the first so many log records."""

    def snapshot(self, snapshot: Snapshot) -> bool:
        """Whether no snapshot had that name, so that this one is kept now."""

    def snapshots(self) -> tuple[Snapshot, ...]:
        """All snapshots, oldest first."""

    def erase(self, document: str, *, by: str, why: str, at: datetime) -> bool:
        """Whether the book had that document: its text, claims and sources are gone, that it was erased stays."""

    def log(self) -> Iterator[LogRecord]:
        """What happened to the book, oldest first."""

    def recorded(self, prefix: str) -> LogRecord | None:
        """The only record of the log whose hash begins so, None where there is none or more than one."""

    def erased_since(self, records: int) -> int:
        """How many documents were erased after the first so many records."""

    def last_change(self, upto: int) -> int:
        """The number of the last record up to that one which changed what the book says: a snapshot does not."""

    def head(self) -> str:
        """The last hash of the log."""

    def position(self) -> tuple[int, str]:
        """The length and the last hash of the log."""

    def facts(self) -> BookFacts:
        """How much the book holds."""

    def verify(self, progress: Progress | None = None) -> tuple[Damage, ...]:
        """What in the book is not what was written; empty where every byte is."""

    def back_up(self, target: Path, progress: Progress | None = None) -> None:
        """Writes a backup into the file `target`, whole or not at all, whoever writes to the book meanwhile."""

    def rebuild(self, progress: Progress | None = None) -> None:
        """Drops all that can be worked out again and works out what this room can: what the log says, the search.

        The lines of the ledger are for `put_lines` to bring.
        """

    @property
    def lines(self) -> KeptLines:
        """The lines of the ledger that it keeps, to be looked up."""

    def stamp(self) -> str:
        """What the lines of the ledger were worked out from; empty where there are none, or not all of them."""

    def changes_since(self, records: int) -> Changes:
        """What the log says since it had so many records."""

    def put_lines(
        self,
        lines: Iterable[Line],
        *,
        stamp: str,
        head: str,
        skeleton: Callable[[str], str],
        among: Among | None = None,
        papers: Iterable[Paper] = (),
        progress: Progress | None = None,
    ) -> bool:
        """Whether the book's lines are `lines` now: not where the log has moved on from `head` meanwhile.

        With `among` only what has these ids changes, to `lines` and `papers`. Both are taken one at a time, before
        anything is written, and may be read from the book itself.
        `skeleton` makes different spellings of a name alike.
        """

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """The documents that hold all of `words`, in any script, the best first, each with the sentence that fits."""

    def close(self) -> None:
        """Lets go of the file or the server."""
