"""Where requests get the book: its ledger as of a day, kept until the book changes, and the few ways to add to it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from time import monotonic

from pledgebook.domain import Decision, DecisionKind, ReadDocument
from pledgebook.flow import decide, entries_of
from pledgebook.ledger import PublishedRates
from pledgebook.show.desk.downloads import Download
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.people import Person
from pledgebook.show.desk.ports import Asked, Exporter, SnapshotFacts
from pledgebook.store import Book, open_book

# How many moments (days, currencies) are kept, and how old our knowledge of the book's head may be.
_MOMENTS = 6
_HEAD_SECONDS = 0.2
_Moment = tuple[str, date | None, str]


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a book held under one head."""

    head: str
    documents: Mapping[str, ReadDocument]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    head: str
    at: float


@dataclass(slots=True)
class Desk:
    """A book for many readers at once.

    Every call opens the book, reads one moment of it and lets it go: no transaction lasts as long as a request. What
    takes long is done once for all who wait for it. `clock` tells the time for what is added, `exports` write any rows
    and `downloads` lines of the ledger in formats beyond CSV and JSON.
    """

    db: str
    clock: Callable[[], datetime]
    currency: str = "USD"
    reader: str = "rules"
    exports: Mapping[str, Exporter] = field(default_factory=dict)
    downloads: Mapping[str, Download] = field(default_factory=dict)
    rates: PublishedRates = field(default_factory=PublishedRates, init=False)
    _seen: _Seen | None = field(default=None, init=False)
    _contents: _Contents | None = field(default=None, init=False)
    _moments: OrderedDict[_Moment, Ledger] = field(default_factory=OrderedDict, init=False)
    _loading: Lock = field(default_factory=Lock, init=False)
    _keeping: Lock = field(default_factory=Lock, init=False)

    def ledger(self, as_of: date | None = None, currency: str | None = None) -> Ledger:
        """The ledger as of a day, or of all that the book knows, in a currency (the setting's where None is given)."""
        asked = (self.head(), as_of, currency or self.currency)
        return self._kept(asked) or self._make(*asked)

    async def ledger_soon(self, as_of: date | None = None, currency: str | None = None) -> Ledger:
        """The same for who must not wait in the event loop: at once where it is known, else from a thread."""
        seen = self._seen
        if seen is not None and monotonic() - seen.at <= _HEAD_SECONDS:
            found = self._kept((seen.head, as_of, currency or self.currency))
            if found is not None:
                return found
        return await asyncio.to_thread(self.ledger, as_of, currency)

    def head(self) -> str:
        """The last hash of the book's log, at most a fifth of a second old: it names all that the book says."""
        seen = self._seen
        if seen is None or monotonic() - seen.at > _HEAD_SECONDS:
            with self._open() as book:
                seen = self._seen = _Seen(book.facts().head, monotonic())
        return seen.head

    def today(self) -> date:
        """The day by the desk's clock."""
        return self.clock().date()

    def search(self, words: str) -> Collection[str] | None:  # noqa: ARG002 - the book has no index to ask yet
        """The ids of the documents whose text has the words, None where the book has no index."""
        return None

    def visitor(self, request: Asked) -> Person:
        """Who asks; the gate has found out."""
        person: Person = request.state.person
        return person

    def snapshots(self) -> Sequence[SnapshotFacts]:
        """The frozen versions of the book."""
        return ()

    def decide(
        self,
        kind: DecisionKind,
        names: Sequence[str],
        *,
        by: str,
        why: str,
        field: str | None = None,
        value: str | None = None,
    ) -> Decision:
        """What `by` decided about the things called `names` (as on the command line), now kept in the book."""
        with self._open() as book:
            decision = decide(
                book, kind, names, by=by, why=why, at=self.clock(), rates=self.rates, field=field, value=value
            )
        self._seen = None
        return decision

    def add(self, documents: Sequence[ReadDocument]) -> int:
        """How many of the documents were new to the book, which has them now."""
        with self._open() as book:
            new = book.add_all(documents, at=self.clock())
        self._seen = None
        return new

    def _open(self) -> "closing[Book]":
        return closing(open_book(self.db))

    def _kept(self, moment: _Moment) -> Ledger | None:
        with self._keeping:
            found = self._moments.get(moment)
            if found is not None:
                self._moments.move_to_end(moment)
            return found

    def _make(self, head: str, as_of: date | None, currency: str) -> Ledger:
        with self._loading:
            found = self._kept((head, as_of, currency))  # made while we waited
            if found is not None:
                return found
            contents = self._contents
            if contents is None or contents.head != head:
                contents = self._contents = self._load()
            lines = entries_of(
                tuple(contents.documents.values()),
                decisions=contents.decisions,
                rates=self.rates,
                as_of=as_of,
                currency=currency,
            )
            made = Ledger(
                lines,
                version=contents.head,
                as_of=as_of,
                currency=currency,
                rates=self.rates,
                documents=contents.documents,
                decisions=contents.decisions,
            )
            with self._keeping:
                self._moments[contents.head, as_of, currency] = made
                while len(self._moments) > _MOMENTS:
                    self._moments.popitem(last=False)
            return made

    def _load(self) -> _Contents:
        with self._open() as book:
            while True:
                head = book.facts().head
                documents, decisions = book.documents(), book.decisions()
                # What was written between these calls shows in the head: then read again.
                if book.facts().head == head:
                    return _Contents(head, {item.document.id: item for item in documents}, decisions)
