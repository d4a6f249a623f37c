"""Where requests get the book: its ledger as of a day, kept until the book changes, and the few ways to add to it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from time import monotonic

from pledgebook.domain import BookError, Decision, DecisionKind, ReadDocument
from pledgebook.flow import decide, entries
from pledgebook.ledger import PublishedRates
from pledgebook.show.desk.downloads import Download
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.people import Person
from pledgebook.show.desk.ports import Asked, Exporter, SnapshotFacts
from pledgebook.show.desk.shelf import Shelf
from pledgebook.show.desk.views import SavedView, Views, without_secret
from pledgebook.store import Book, open_book

# How many moments (days, currencies) are kept, and how old our knowledge of the book's head may be.
_MOMENTS = 6
_HEAD_SECONDS = 0.2
# A book that grows has readers wait so long for its newest state before they get the one before it.
_PATIENCE = 1.5
_PATIENCE_AFTER_WRITING = 30.0
_TRIES = 5
_HITS = 200
_Moment = tuple[str, date | None, str]
_Sort = tuple[date | None, str]


@dataclass(frozen=True, slots=True)
class _Seen:
    head: str
    at: float


@dataclass(slots=True)
class Desk:
    """A book for many readers at once.

    Every call opens the book, reads one moment of it and lets it go: no transaction lasts as long as a request. What
    takes long is done once for all who wait for it, and where it takes very long, readers get the state before it
    meanwhile. `clock` tells the time for what is added, `exports` write any rows and `downloads` lines of the ledger
    in formats beyond CSV and JSON.
    """

    db: str
    clock: Callable[[], datetime]
    currency: str = "USD"
    saved: Views = field(default_factory=lambda: Views(None))
    exports: Mapping[str, Exporter] = field(default_factory=dict)
    downloads: Mapping[str, Download] = field(default_factory=dict)
    rates: PublishedRates = field(default_factory=PublishedRates, init=False)
    _seen: _Seen | None = field(default=None, init=False)
    _wrote: float = field(default=-_PATIENCE_AFTER_WRITING, init=False)
    _moments: OrderedDict[_Moment, Ledger] = field(default_factory=OrderedDict, init=False)
    _latest: dict[_Sort, Ledger] = field(default_factory=dict, init=False)
    _making: dict[_Moment, "Future[Ledger]"] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)
    _looking: Lock = field(default_factory=Lock, init=False)
    _worker: ThreadPoolExecutor | None = field(default=None, init=False)

    def ledger(self, as_of: date | None = None, currency: str | None = None) -> Ledger:
        """The ledger as of a day, or of all that the book knows, in a currency (the setting's where None is given)."""
        moment = (self.head(), as_of, currency or self.currency)
        found = self._kept(moment)
        if found is not None:
            return found
        older = self._latest.get(moment[1:])
        try:
            return self._made(moment).result(None if older is None else self._patience())
        except FutureTimeoutError:
            return older if older is not None else self._made(moment).result()

    async def ledger_soon(self, as_of: date | None = None, currency: str | None = None) -> Ledger:
        """The same for who must not wait in the event loop: at once where it is known, else when it is there."""
        seen = self._seen
        head = seen.head if seen is not None and _is_new(seen) else await asyncio.to_thread(self.head)
        moment = (head, as_of, currency or self.currency)
        found = self._kept(moment)
        if found is not None:
            return found
        older = self._latest.get(moment[1:])
        future = asyncio.wrap_future(self._made(moment))
        # Who goes away, or waits no longer, must not take the ledger away from the others.
        await asyncio.wait([future], timeout=None if older is None else self._patience())
        if future.done() or older is None:
            return await future
        return older

    def head(self) -> str:
        """The last hash of the book's log, at most a fifth of a second old: it names all that the book says."""
        seen = self._seen
        if seen is not None and _is_new(seen):
            return seen.head
        if seen is not None and not self._looking.acquire(blocking=False):
            return seen.head  # somebody looks already
        if seen is None:
            self._looking.acquire()
        try:
            with self.open() as book:
                head = book.head()
            self._seen = _Seen(head, monotonic())
        finally:
            self._looking.release()
        return head

    def head_now(self) -> str | None:
        """The same without looking: None where it is too long ago that somebody looked."""
        seen = self._seen
        return seen.head if seen is not None and _is_new(seen) else None

    def today(self) -> date:
        """The day by the desk's clock."""
        return self.clock().date()

    def search(self, words: str) -> Collection[str] | None:
        """The ids of the documents whose text has all the words, the best first."""
        with self.open() as book:
            return tuple(hit.document.document.id for hit in book.search(words, limit=_HITS))

    def visitor(self, request: Asked) -> Person:
        """Who asks; the gate has found out."""
        person: Person = request.state.person
        return person

    def views(self, name: str | None) -> tuple[SavedView, ...]:
        """The saved views of a person, none of a guest."""
        return () if name is None else tuple(map(without_secret, self.saved.of(name)))

    def snapshots(self) -> Sequence[SnapshotFacts]:
        """The versions of the book that can be cited, the oldest first."""
        with self.open() as book:
            return tuple(SnapshotFacts(it.name, it.at, it.head, it.note) for it in book.snapshots())

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
        with self._writing() as book:
            return decide(
                book, kind, names, by=by, why=why, at=self.clock(), rates=self.rates, field=field, value=value
            )

    def add(self, documents: Sequence[ReadDocument]) -> int:
        """How many of the documents were new to the book, which has them now."""
        with self._writing() as book:
            return book.add_all(documents, at=self.clock())

    @contextmanager
    def open(self) -> Iterator[Book]:
        """The book, for as long as the `with` lasts."""
        with closing(open_book(self.db)) as book:
            yield book

    def close(self) -> None:
        """Ends what is being worked out once nobody waits for it any more."""
        with self._lock:
            worker, self._worker = self._worker, None
            self._making.clear()
        if worker is not None:
            worker.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def _writing(self) -> Iterator[Book]:
        with self.open() as book:
            yield book
        self._seen, self._wrote = None, monotonic()

    def _patience(self) -> float:
        """How long to wait for the newest state: longer where what it brings was just written here."""
        return _PATIENCE_AFTER_WRITING if monotonic() - self._wrote < _PATIENCE_AFTER_WRITING else _PATIENCE

    def _kept(self, moment: _Moment) -> Ledger | None:
        with self._lock:
            found = self._moments.get(moment)
            if found is not None:
                self._moments.move_to_end(moment)
            return found

    def _made(self, moment: _Moment) -> "Future[Ledger]":
        """The ledger of that moment as it will be: all who want it wait for the same one."""
        with self._lock:
            future = self._making.get(moment)
            if future is None:
                if self._worker is None:
                    self._worker = ThreadPoolExecutor(1, thread_name_prefix="ledger")
                future = self._making[moment] = self._worker.submit(self._make, moment)
            return future

    def _make(self, moment: _Moment) -> Ledger:
        _, as_of, currency = moment
        try:
            made = self._kept(moment) or self._work_out(as_of, currency)
        finally:
            with self._lock:
                self._making.pop(moment, None)
        with self._lock:
            self._moments[made.version, as_of, currency] = self._latest[as_of, currency] = made
            while len(self._moments) > _MOMENTS:
                _, dropped = self._moments.popitem(last=False)
                if self._latest.get((dropped.as_of, dropped.currency)) is dropped:
                    del self._latest[dropped.as_of, dropped.currency]
        return made

    def _work_out(self, as_of: date | None, currency: str) -> Ledger:
        with self.open() as book:
            for _ in range(_TRIES):
                head = book.head()
                lines = entries(book, rates=self.rates, as_of=as_of, currency=currency)
                decisions = book.decisions()
                if book.head() == head:  # nobody wrote meanwhile
                    return Ledger(
                        lines,
                        version=head,
                        as_of=as_of,
                        currency=currency,
                        rates=self.rates,
                        documents=Shelf(self.open),
                        decisions=decisions,
                    ).warm()
        raise BookError(self.db, "written to all the time", "Try again when it is left in peace for a moment.")


def _is_new(seen: _Seen) -> bool:
    return monotonic() - seen.at <= _HEAD_SECONDS
