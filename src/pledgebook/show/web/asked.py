"""What a request asks of the ledger, and what is worked out of it once for all who ask."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from fastapi import Request

from pledgebook.domain import Entry, Tally
from pledgebook.show.desk import Desk, Ledger, Query, read_query
from pledgebook.show.desk.query import read_number
from pledgebook.show.desk.sums import Largest
from pledgebook.show.entries import ENTRY_PATHS
from pledgebook.show.filters import Filters
from pledgebook.show.web.answers import Rows
from pledgebook.show.web.render import desk_of, words_of
from pledgebook.show.web.words import Words
from pledgebook.store import LineQuery
from pledgebook.wire_book import pledge_json

PAGE = 50
_MOST_PAGES = 1_000_000
_MOST_KEPT = 512
_T = TypeVar("_T")
_kept: WeakKeyDictionary[Ledger, dict[Hashable, Any]] = WeakKeyDictionary()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, the ledger that it asks for, and how its page says things. `page` counts from 1."""

    request: Request
    desk: Desk
    ledger: Ledger
    query: Query
    words: Words
    page: int

    @property
    def today(self) -> date:
        """The day that the page is about."""
        return self.ledger.day

    def link(self, path: str) -> str:
        """A page of ours at the same day, in the same version of the book and currency."""
        chosen = self.query
        return Query(as_of=chosen.as_of, currency=chosen.currency, snapshot=chosen.snapshot).url(path)

    @property
    def lines(self) -> LineQuery:
        """The lines that it asks for, in its order."""
        return kept(self.ledger, ("lines", self.query), lambda: self.ledger.asked(self.query))

    @property
    def sums(self) -> LineQuery:
        """The same lines for sums, which choose by their own rule what belongs to a period."""
        chosen = replace(self.query, filters=replace(self.query.filters, since=None, until=None), sort="id")
        return kept(self.ledger, ("lines", chosen), lambda: self.ledger.asked(chosen))


def ask(request: Request) -> Asked:
    """What a request asks for. Raises UsageError where a parameter can't be read."""
    query = read_query(request.query_params)
    desk = desk_of(request)
    ledger = desk.ledger(query.as_of, query.currency, query.snapshot)
    page = read_number(request.query_params.get("page") or None, "page", default=1, least=1, most=_MOST_PAGES)
    return Asked(request, desk, ledger, query, words_of(request), page)


def kept(ledger: Ledger, key: Hashable, work: Callable[[], _T]) -> _T:
    """What `work` gives, worked out once for each ledger."""
    with _lock:
        found = _kept.setdefault(ledger, {})
        if key in found:
            value: _T = found[key]
            return value
    made = work()
    with _lock:
        if len(found) >= _MOST_KEPT:
            found.clear()
        found[key] = made
    return made


def totals_of(asked: Asked, by: str | None = None, *, lines: LineQuery | None = None) -> tuple[Tally, ...]:
    """Totals of what the request asks for, or of some lines."""
    if lines is not None:
        return asked.ledger.totals(lines, by=by)
    chosen = asked.query.filters
    return asked.ledger.totals(asked.sums, by=by, since=chosen.since, until=chosen.until)


def largest_of(asked: Asked, by: str, limit: int, *, lines: LineQuery | None = None) -> Largest:
    """Of the same rows those with most money."""
    if lines is not None:
        return asked.ledger.largest(lines, by=by, limit=limit)
    chosen = asked.query.filters
    return asked.ledger.largest(asked.sums, by=by, since=chosen.since, until=chosen.until, limit=limit)


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of one page of a list."""

    rows: tuple[Entry, ...]
    total: int
    first: int
    page: int
    pages: int


def shown(asked: Asked, lines: LineQuery | None = None) -> Shown:
    """The lines that the page shows, of those that the request asks for or of `lines`."""
    chosen = asked.lines if lines is None else lines
    total = asked.ledger.count(chosen)
    pages = max(1, -(-total // PAGE))
    page = min(asked.page, pages)
    first = (page - 1) * PAGE
    return Shown(asked.ledger.find(replace(chosen, offset=first, limit=PAGE)), total, first, page, pages)


def window(asked: Asked, size: int = PAGE) -> tuple[int, int | None]:
    """Which rows a twin has, counted off from the first: those of one page where the URL names a page, else all."""
    return ((asked.page - 1) * size, size) if "page" in asked.request.query_params else (0, None)


def entry_rows(asked: Asked, lines: LineQuery | None = None) -> Rows:
    """The lines as records: those of one page where the URL names a page, else all."""
    if "page" in asked.request.query_params:
        wanted: Iterable[Entry] = shown(asked, lines).rows
    else:
        wanted = asked.ledger.each(asked.lines if lines is None else lines)
    return Rows([pledge_json(entry) for entry in wanted], ENTRY_PATHS)


def unfiltered(query: Query) -> bool:
    """Whether nothing is filtered or searched."""
    return query.filters == Filters() and query.q is None


def without(query: Query, **changed: Any) -> Query:  # noqa: ANN401 - each field has its own type
    """The question with some filters changed."""
    return replace(query, filters=replace(query.filters, **changed))
