"""Asking a book for lines of its ledger: some of them, in an order, page by page, and totals over them.

    page = find_lines(book, Filters(country="FR"), rates=rates, sort="amount", descending=True, limit=50)
    page.entries, page.found                          the lines of this page; how many there are on all pages
    find_records(...)                                 the same as JSON texts, as `list --format jsonl` prints them
    find_totals(book, filters, by="country", ...)     rows of totals over the lines that pass

What is asked of today's ledger is looked up; of an earlier day it is worked out first, and then looked up. All of them
bring the kept ledger up to date first, unless `fresh` is False: then one that has fallen behind will do, and what it
follows from is `book.stamp()`. `Lines` asks a book whose lines are the right ones already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from pledgebook.domain import Entry, Kind, Purpose, Stage, Tally, UsageError
from pledgebook.flow.derived import CURRENCY, read_lines, read_record
from pledgebook.flow.moments import moment
from pledgebook.flow.tallies import Totals
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.store import SORTS, Book, LineQuery, LineRow, NotInMemoryError

_FULL, _SLIM, _RECORD = ("body", "claims"), ("body",), ("record", "converted")
_PREFIXES = ("pledge", "plg", "rest")


class Wanted(Protocol):
    """Which lines somebody wants: `keep` tells it of each, the rest says it in a way that can be looked up."""

    @property
    def investor(self) -> str | None: ...  # noqa: D102 - see pledgebook.show.filters.Filters
    @property
    def recipient(self) -> str | None: ...  # noqa: D102
    @property
    def country(self) -> str | None: ...  # noqa: D102
    @property
    def place(self) -> str | None: ...  # noqa: D102
    @property
    def purpose(self) -> Purpose | None: ...  # noqa: D102
    @property
    def stage(self) -> Stage | None: ...  # noqa: D102
    @property
    def since(self) -> date | None: ...  # noqa: D102
    @property
    def until(self) -> date | None: ...  # noqa: D102
    @property
    def min_sources(self) -> int: ...  # noqa: D102
    @property
    def counted(self) -> bool: ...  # noqa: D102

    def keep(self, entry: Entry) -> bool:
        """Whether a line is wanted."""


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines of a page, and how many there are on all pages; `last` is where the page ends, None where it is empty."""

    entries: tuple[Entry, ...]
    found: int
    last: tuple[str | int, str] | None = None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The same, each line as the JSON text that people get."""

    records: tuple[str, ...]
    found: int
    last: tuple[str | int, str] | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that a book keeps, converted or not; their flags are those of `day`."""

    book: Book
    has_converted: bool = True
    day: date | None = None

    def page(self, query: LineQuery, *, has_claims: bool = True) -> LinePage:
        """The lines of a query."""
        rows = self.book.lines.find(query, _FULL if has_claims else _SLIM)
        return LinePage(self.read(rows, has_claims=has_claims), self._count(query, rows), _last(rows))

    def records(self, query: LineQuery) -> RecordPage:
        """The same lines as texts of JSON, ready to be sent."""
        rows = self.book.lines.find(query, _RECORD)
        texts = tuple(read_record(row, has_converted=self.has_converted, day=self.day) for row in rows)
        return RecordPage(texts, self._count(query, rows), _last(rows))

    def line(self, name: str) -> Entry | None:
        """The line with that id, or whose id alone begins so (its prefix may be left out); None where there is none.

        Raises UsageError where several ids begin so.
        """
        if not name:
            return None
        rows = self.book.lines.find(LineQuery(ids=(name,)), _FULL)
        for prefix in (name, *(f"{kind}-{name}" for kind in _PREFIXES)):
            rows = rows or self.book.lines.find(LineQuery(prefix=prefix, limit=2), _FULL)
        if len(rows) > 1:
            raise UsageError(name, "the beginning of several ids", "Give more of the id.")
        return self.read(rows)[0] if rows else None

    def some(self, ids: Sequence[str], *, has_claims: bool = False) -> dict[str, Entry]:
        """The lines with these ids that there are."""
        rows = self.book.lines.find(LineQuery(ids=tuple(ids)), _FULL if has_claims else _SLIM)
        return {entry.id: entry for entry in self.read(rows, has_claims=has_claims)}

    def about(self, kind: str, values: Sequence[str], *, has_claims: bool = True) -> tuple[Entry, ...]:
        """The lines that have one of `values` of a kind of trait.

        Kinds: investor, recipient, country, place, purpose, kind (of deliverable), stage, reason, flag, conflict,
        telling (document/claim), document, relation (part of, or replacing ..., that pledge), doubt (why it waits for
        review).
        """
        query = LineQuery(traits=((kind, tuple(values)),))
        return self.read(self.book.lines.find(query, _FULL if has_claims else _SLIM), has_claims=has_claims)

    def told_in(self, document: str, *, has_claims: bool = True) -> tuple[Entry, ...]:
        """The lines that a document tells of."""
        ids = self.book.lines.told_in([document])[document]
        return tuple(self.some(ids, has_claims=has_claims).values())

    def read(self, rows: Sequence[LineRow], *, has_claims: bool = True) -> tuple[Entry, ...]:
        """The entries of lines that were found."""
        return read_lines(rows, has_converted=self.has_converted, has_claims=has_claims, day=self.day)

    def query(self, wanted: Wanted | None, **page: object) -> LineQuery:
        """What to look up for a question."""
        return query_of(self.book, wanted, **page)

    def _count(self, query: LineQuery, rows: Sequence[LineRow]) -> int:
        """How many lines there are on all pages."""
        if query.limit is None and query.offset == 0 and query.after is None:
            return len(rows)
        return self.book.lines.count(query)


def find_lines(
    book: Book,
    wanted: Wanted | None = None,
    *,
    rates: Rates,
    as_of: date | None = None,
    currency: str | None = None,
    sort: str = "id",
    descending: bool = False,
    offset: int = 0,
    limit: int | None = None,
    fresh: bool = True,
    has_claims: bool = True,
    day: date | None = None,
) -> LinePage:
    """A page of the lines that are wanted, sorted by one of SORTS; ties go by id, and what is not known comes last.

    Without `has_claims` the tellings of a line may have claims that are only ids: all that a list needs, much faster.
    With `day` the lines have the flags of their age on that day.
    """
    with moment(book, rates=rates, as_of=as_of, currency=currency, fresh=fresh) as kept:
        lines = Lines(kept, has_converted=currency is not None, day=day)
        query = lines.query(wanted, sort=_checked(sort), descending=descending, offset=offset, limit=limit)
        return lines.page(query, has_claims=has_claims)


def find_records(
    book: Book,
    wanted: Wanted | None = None,
    *,
    rates: Rates,
    as_of: date | None = None,
    currency: str | None = None,
    sort: str = "id",
    descending: bool = False,
    offset: int = 0,
    limit: int | None = None,
    fresh: bool = True,
    day: date | None = None,
) -> RecordPage:
    """The same lines as texts of JSON, ready to be sent: `dumps(pledge_json(entry))` of each."""
    with moment(book, rates=rates, as_of=as_of, currency=currency, fresh=fresh) as kept:
        lines = Lines(kept, has_converted=currency is not None, day=day)
        query = lines.query(wanted, sort=_checked(sort), descending=descending, offset=offset, limit=limit)
        return lines.records(query)


def find_totals(
    book: Book,
    wanted: Wanted | None = None,
    *,
    rates: Rates,
    by: str | None = None,
    currency: str = CURRENCY,
    kind: Kind | None = None,
    since: date | None = None,
    until: date | None = None,
    new_only: bool = False,
    split: bool = False,
    as_of: date | None = None,
    explain: bool = False,
    fresh: bool = True,
) -> tuple[Tally, ...]:
    """Rows of totals over the lines that are wanted; with `kind` they count things.

    Without `explain` the rows don't name what is in them and what is not.
    """
    with moment(book, rates=rates, as_of=as_of, fresh=fresh) as kept:
        made = Totals(kept, rates, currency, by, since, until, is_figured=currency == CURRENCY)
        query = query_of(kept, wanted)
        if kind is not None:
            return made.of_things(query, kind, explain=explain)
        return made.of_money(query, new_only=new_only, split=split, explain=explain)


def query_of(book: Book | None, wanted: Wanted | None, **page: object) -> LineQuery:
    """What to look up. Names are found in any spelling that the lexicon knows, as filters have them.

    Raises NotInMemoryError where there is no book to look for them in.
    """
    query = replace(LineQuery(), **page)  # type: ignore[arg-type]  # fields of LineQuery
    if wanted is None:
        return query
    traits: list[tuple[str, tuple[str, ...]]] = []
    for kind, words in (("investor", wanted.investor), ("recipient", wanted.recipient)):
        if words is not None:
            traits.append((kind, _parties(book, kind, words)))
    if wanted.place is not None:
        traits.append(("place", _named(book, "place", skeleton(wanted.place))))
    if wanted.country is not None:
        traits.append(("country", (wanted.country,)))
    if wanted.purpose is not None:
        traits.append(("purpose", (str(wanted.purpose),)))
    return replace(
        query,
        traits=tuple(traits),
        stage=None if wanted.stage is None else str(wanted.stage),
        since=None if wanted.since is None else wanted.since.isoformat(),
        until=None if wanted.until is None else wanted.until.isoformat(),
        min_sources=wanted.min_sources,
        counted=wanted.counted,
    )


def _parties(book: Book | None, kind: str, words: str) -> tuple[str, ...]:
    """The names that `words` mean: of a listed party its own, else all that have them in them."""
    plain = skeleton(words.strip())
    listed = load_organisations().by_skeleton.get(plain)
    return _named(book, kind, plain) if listed is None else (listed.party.name,)


def _named(book: Book | None, kind: str, part: str) -> tuple[str, ...]:
    if book is None:
        raise NotInMemoryError
    return book.lines.named(kind, part)


def _last(rows: Sequence[LineRow]) -> tuple[str | int, str] | None:
    return (rows[-1].at, rows[-1].id) if rows else None


def _checked(sort: str) -> str:
    if sort not in SORTS:
        raise UsageError("sort", repr(sort), f"Use one of {', '.join(SORTS)}.")
    return sort
