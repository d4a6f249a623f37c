"""Where requests get the book: its ledger as of a day, kept until the book changes, and the few ways to add to it."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from threading import Lock
from time import monotonic

from pledgebook.domain import BookError, Decision, DecisionKind, PledgebookError, ReadDocument
from pledgebook.flow import Version, decide, find_version, take_snapshot, version_of
from pledgebook.flow.derived import CURRENCY, stamp_for
from pledgebook.ledger import PublishedRates
from pledgebook.show.desk.downloads import Download
from pledgebook.show.desk.images import Images
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.moments import Moment, Moments
from pledgebook.show.desk.people import Person
from pledgebook.show.desk.pool import Pool
from pledgebook.show.desk.ports import Asked, Exporter, SnapshotFacts
from pledgebook.show.desk.shelf import Shelf
from pledgebook.show.desk.upkeep import Upkeep, is_small
from pledgebook.show.desk.views import SavedView, Views, without_secret
from pledgebook.store import Book, open_book
from pledgebook.store.open import is_address

_MOST_VERSIONS = 100
# How old our knowledge of the book may be.
_HEAD_SECONDS = 0.2
# A book that grows has readers wait so long for its newest state before they get the one before it.
_PATIENCE = 0.7
_PATIENCE_AFTER_WRITING = 10.0
# Where there is no state at all, because the lines are being written.
_FIRST = 60.0
_HITS = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the book said when somebody looked: the last hash of its log, and what its lines follow from.

    `version` is the hash of the log at which the lines stand.
    """

    head: str
    stamp: str
    is_current: bool
    at: float
    version: str


@dataclass(slots=True)
class Desk:
    """A book for many readers at once.

    Each question opens the book, reads one moment of it and lets it go: no transaction lasts as long as a request. A
    ledger that has fallen behind is worked out in the background, and readers get the lines before it meanwhile.
    `clock` tells the time for what is added, `exports` write any rows and `downloads` lines of the ledger in formats
    beyond CSV and JSON.
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
    _pool: Pool | None = field(default=None, init=False)
    _upkeep: Upkeep | None = field(default=None, init=False)
    _images: Images | None = field(default=None, init=False)
    _present: Ledger | None = field(default=None, init=False)
    _versions: dict[tuple[str, str], Version] = field(default_factory=dict, init=False)
    _moments: Moments = field(init=False)
    _snapshots: tuple[str, tuple[SnapshotFacts, ...]] | None = field(default=None, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)
    _looking: Lock = field(default_factory=Lock, init=False)
    _ahead: "asyncio.Future[None] | None" = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._moments = Moments(self.open, self.rates)

    def ledger(self, as_of: date | None = None, currency: str | None = None, snapshot: str | None = None) -> Ledger:
        """The ledger as of a day, or of all that the book knows, in a currency (the setting's where None is given).

        With `snapshot` the ledger as it was frozen under that name, or when the log ended in that hash.
        """
        wanted = currency or self.currency
        if as_of is None and snapshot is None and wanted == CURRENCY:
            return self._newest()
        moment = self._moment(as_of, wanted, snapshot)
        return self._moments.of(moment)

    def version(self, words: str) -> Version:
        """The frozen state that `words` name: a snapshot, or the first letters of a hash. UsageError for none."""
        key = self.head(), words
        with self._lock:
            found = self._versions.get(key)
        if found is None:
            with self.open() as book:
                found = find_version(book, words)
            with self._lock:
                if len(self._versions) >= _MOST_VERSIONS:
                    self._versions.clear()
                self._versions[key] = found
        return found

    def version_of(self, ledger: Ledger) -> Version | None:
        """The frozen state that a ledger follows from, under the name of a snapshot if there is one."""
        if ledger.frozen is not None:
            return ledger.frozen
        with self.open() as book:
            return version_of(book, ledger.version)

    def freeze(self, name: str, note: str = "") -> Version:
        """A snapshot of the book as it is now, under a new name."""
        with self._writing() as book:
            made = take_snapshot(book, name, at=self.clock(), rates=self.rates, note=note)
        return self.version(made.name)

    def _moment(self, as_of: date | None, currency: str, snapshot: str | None) -> Moment:
        if snapshot is None:
            return Moment(self.head(), as_of, currency, None, False, as_of or self.today())
        version, seen = self.version(snapshot), self._look()
        is_present = seen.is_current and self._says(seen.head, version)
        head = seen.head if is_present else version.head
        return Moment(head, as_of, currency, version, is_present, as_of or version.at.date())

    def _says(self, head: str, version: Version) -> bool:
        """Whether the book says no more when its log ends in that hash than it did in a version."""
        if head == version.head:
            return True
        with self.open() as book:
            record = book.recorded(head)
            return record is not None and book.last_change(record.seq) <= version.records <= record.seq

    async def ledger_soon(
        self, as_of: date | None = None, currency: str | None = None, snapshot: str | None = None
    ) -> Ledger:
        """The same for who must not wait in the event loop: at once where it is known."""
        present, seen = self._present, self._seen
        is_newest = as_of is None and snapshot is None and (currency or self.currency) == CURRENCY
        if is_newest and present is not None and seen is not None and _is_new(seen) and self._is_of(present, seen):
            if monotonic() - seen.at > _HEAD_SECONDS / 2 and (self._ahead is None or self._ahead.done()):
                # Somebody looks now, so that nobody who asks a little later has to wait for it.
                self._ahead = asyncio.get_running_loop().run_in_executor(None, self._look_ahead)
            return present
        return await asyncio.to_thread(self.ledger, as_of, currency, snapshot)

    def _look_ahead(self) -> None:
        with suppress(PledgebookError):  # who asks for the book is told what is wrong with it
            self._look(again=True)

    def _newest(self) -> Ledger:
        seen = self._look()
        if not seen.is_current:
            self._wait(self._patience() if seen.stamp else _FIRST)
            seen = self._look(again=True)
        present = self._present
        if present is not None and self._is_of(present, seen):
            return present
        if not seen.stamp:
            raise BookError(self.db, "being worked out", "Come back in a minute.")
        with self.open() as book:
            decisions = book.decisions()
        images = self._memory()
        images.want(seen.stamp)
        made = Ledger(
            self.open,
            version=seen.version,
            as_of=None,
            day=self.today(),
            currency=CURRENCY,
            rates=self.rates,
            documents=Shelf(self.open) if present is None else present.documents,
            decisions=decisions,
            is_behind=not seen.is_current,
            known_at=seen.head,
            image=partial(images.of, seen.stamp),
        )
        self._present = made
        return made

    def _is_of(self, ledger: Ledger, seen: _Seen) -> bool:
        return (
            seen.stamp != ""
            and ledger.version == seen.version
            and ledger.is_behind != seen.is_current
            and ledger.known_at == seen.head
            and ledger.day == self.today()
        )

    def _patience(self) -> float:
        """How long to wait for the newest lines: longer where they were just written here, and take a moment only."""
        is_ours = monotonic() - self._wrote < _PATIENCE_AFTER_WRITING
        return _PATIENCE_AFTER_WRITING if is_ours and is_small(self.db) else _PATIENCE

    def _wait(self, seconds: float) -> None:
        """Has the lines worked out, and waits until they have been worked at for so long."""
        with self._lock:
            if self._upkeep is None:
                self._upkeep = Upkeep(self.db)
            upkeep = self._upkeep
        upkeep.wait(seconds)

    def head(self) -> str:
        """The last hash of the book's log, at most a fifth of a second old: it names all that the book says."""
        return self._look().head

    def _look(self, *, again: bool = False) -> _Seen:
        seen = self._seen
        if seen is not None and _is_new(seen) and not again:
            return seen
        if seen is not None and not again and not self._looking.acquire(blocking=False):
            return seen  # somebody looks already
        if seen is None or again:
            self._looking.acquire()
        try:
            with self.open() as book:
                head, stamp = book.head(), book.stamp()
                version = str(json.loads(stamp)[0]) if stamp else ""
                seen = _Seen(head, stamp, stamp == stamp_for(book, self.rates), monotonic(), version)
            self._seen = seen
        finally:
            self._looking.release()
        return seen

    @property
    def is_behind(self) -> bool:
        """Whether the book knew more than its lines when somebody last looked: that is being worked in."""
        return self._seen is not None and not self._seen.is_current

    def version_now(self) -> str | None:
        """What answers follow from, without looking: None where it is too long ago that somebody looked."""
        present, seen = self._present, self._seen
        if present is None or seen is None or not _is_new(seen) or not self._is_of(present, seen):
            return None
        return present.edition

    def today(self) -> date:
        """The day by the desk's clock."""
        return self.clock().date()

    def search(self, words: str) -> Sequence[str]:
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
        head = self.head()
        known = self._snapshots
        if known is None or known[0] != head:
            with self.open() as book:
                found = tuple(
                    SnapshotFacts(it.name, it.at, it.head, it.note, it.documents, it.lines, it.counted)
                    for it in book.snapshots()
                )
            self._snapshots = known = head, found
        return known[1]

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
                book, kind, names, by=by, why=why, at=self.clock(), rates=self.rates, field=field, value=value,
                fresh=False,
            )  # fmt: skip

    def add(self, documents: Sequence[ReadDocument]) -> int:
        """How many of the documents were new to the book, which has them now."""
        with self._writing() as book:
            return book.add_all(documents, at=self.clock())

    @contextmanager
    def open(self) -> Iterator[Book]:
        """The book, for as long as the `with` lasts."""
        with self._lock:
            if self._pool is None:
                self._pool = Pool(lambda: open_book(self.db), path=None if is_address(self.db) else self.db)
            pool = self._pool
        with pool.book() as book:
            book.image = None if self._images is None else self._images.lines
            yield book

    def _memory(self) -> Images:
        with self._lock:
            if self._images is None:
                self._images = Images(lambda: open_book(self.db))
            return self._images

    def close(self) -> None:
        """Ends what is being worked out once nobody waits for it any more, and lets go of the book."""
        with self._lock:
            upkeep, self._upkeep = self._upkeep, None
            images, self._images = self._images, None
            pool, self._pool = self._pool, None
            self._versions.clear()
        self._moments.close()
        if images is not None:
            images.close()
        if upkeep is not None:
            upkeep.close()
        if pool is not None:
            pool.close()

    @contextmanager
    def _writing(self) -> Iterator[Book]:
        with self.open() as book:
            yield book
        self._seen, self._wrote = None, monotonic()


def _is_new(seen: _Seen) -> bool:
    return monotonic() - seen.at <= _HEAD_SECONDS
