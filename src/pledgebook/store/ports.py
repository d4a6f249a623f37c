"""What every book can do, whatever it is kept in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pledgebook.domain import Decision, ReadDocument


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


class Book(Protocol):
    """Keeps documents, claims and decisions. Every call is whole or has not happened."""

    def add_all(self, items: Sequence[ReadDocument], *, at: datetime) -> int:
        """How many of `items` were new to the book, now kept in it; what it already has is not written again."""

    def documents(self) -> tuple[ReadDocument, ...]:
        """All documents with the claims that count today, sorted by id: each as its latest reader read it.

        Claims that came with a document go before those of any reader. Where documents with the same id differ all
        the same, each carries a mark of its content behind the id, so that none is lost.
        """

    def decide(self, decision: Decision) -> bool:
        """Whether `decision` was new to the book, now kept in it."""

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions in the order in which they were taken."""

    def erase(self, document: str, *, by: str, why: str, at: datetime) -> bool:
        """Whether the book had that document: its text, claims and sources are gone, that it was erased stays."""

    def log(self) -> Iterator[LogRecord]:
        """What happened to the book, oldest first."""

    def facts(self) -> BookFacts:
        """How much the book holds."""

    def verify(self) -> tuple[Damage, ...]:
        """What in the book is not what was written; empty where every byte is."""

    def close(self) -> None:
        """Lets go of the file or the server."""
