"""What each part of a ledger stands on: a way to open the book, what was worked out before, and the lines in memory."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from pledgebook.domain import Decision
from pledgebook.flow import Version
from pledgebook.flow.lines import query_of
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.show.desk.images import Image
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.shelf import Shelf
from pledgebook.show.desk.texts import Texts
from pledgebook.store import Book, LineQuery

_KEPT = 256
_MOST_TEXTS = 32_000_000
# How long sums wait for the lines to be in memory, in seconds.
_PATIENCE = 20.0
ALL = LineQuery()
_T = TypeVar("_T")
Open = Callable[[], AbstractContextManager[Book]]


class State:
    """The lines of a book as of a day: see `Ledger`, which says what each argument is."""

    def __init__(
        self,
        open_: Open,
        *,
        version: str,
        as_of: date | None,
        day: date,
        currency: str,
        rates: Rates,
        documents: Shelf,
        decisions: Sequence[Decision] = (),
        is_behind: bool = False,
        known_at: str = "",
        frozen: Version | None = None,
        image: Callable[[float], Image | None] = lambda _: None,
    ) -> None:
        self._open = open_
        self.version, self.as_of, self.day, self.currency = version, as_of, day, currency
        self.documents, self.decisions, self.rates = documents, tuple(decisions), rates
        self.is_behind, self.known_at, self.frozen = is_behind, known_at or version, frozen
        # What an answer follows from, beside its address.
        self.edition = f"{version} {day} {self.known_at}"
        self._image = image
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._texts = Texts(most=_MOST_TEXTS)
        self._lock = Lock()

    def _asked(self, book: Book | None, query: Query, **page: Any) -> LineQuery:  # noqa: ANN401 - fields of LineQuery
        """What to look up. Names that were looked for before are known without the book."""
        key = ("asked", query.filters, query.q)
        with self._lock:
            chosen = self._kept.get(key)
        if chosen is None:
            words = tuple(skeleton(query.q).split()) if query.q else ()
            chosen = query_of(book, query.filters, words=words)
            self._remember(key, chosen)
        return replace(chosen, sort=query.by, descending=query.sort.startswith("-"), **page)

    def count(self, lines: LineQuery = ALL) -> int:
        """How many lines a query finds, its page left aside."""
        bare = replace(lines, sort="id", descending=False, offset=0, limit=None, after=None)
        return self.remembered(("count", bare), lambda book: book.lines.count(bare))

    def _summed(self, key: Hashable, work: Callable[[Book], _T], *, is_kept: bool) -> _T:
        """What `remembered` gives of sums, which are worth waiting for what is in memory unless the book keeps them."""
        with self._lock:
            is_known = key in self._kept
        if not is_known and not is_kept:
            self._image(_PATIENCE)
        return self.remembered(key, work)

    def remembered(self, key: Hashable, work: Callable[[Book], _T]) -> _T:
        """What `work` makes of the book, worked out once."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: _T = self._kept[key]
                return found
        with self._open() as book:
            made = work(book)
        self._remember(key, made)
        return made

    def _remember(self, key: Hashable, made: object) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
