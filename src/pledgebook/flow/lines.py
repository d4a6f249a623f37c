"""Asking a book for lines of its ledger: some of them, in an order, page by page, and totals over them.

    page = find_lines(book, Filters(country="FR"), rates=rates, sort="amount", descending=True, limit=50)
    page.entries, page.found, page.counted            the lines of this page; how many there are, how many count
    find_records(...)                                 the same as JSON texts, as `list --format jsonl` prints them
    find_line(book, "plg-12", rates=rates)            one line by its id or the beginning of it
    find_totals(book, filters, by="country", ...)     rows of totals over the lines that pass
    names(book, "investor", rates=rates)              every investor, with the number of its lines

What is asked of today's ledger is looked up; of an earlier day it is worked out. All of them bring the kept ledger up
to date first, unless `fresh` is False: then a ledger that has fallen behind will do, and what it follows from is
`book.stamp()`.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Protocol

from pledgebook.domain import BookError, Entry, Kind, Purpose, Stage, Tally, UsageError
from pledgebook.flow.codec import Codec
from pledgebook.flow.derived import CURRENCY, bring_up_to_date, read_lines
from pledgebook.ledger import entries as enter
from pledgebook.ledger import total_things, totals
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.store import SORTS, Book, LineQuery, LineRow
from pledgebook.store.rows import packed
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json


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
    """Lines of a page, and how many there are on all pages, and how many of those count."""

    entries: tuple[Entry, ...]
    found: int
    counted: int


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The same, each line as the JSON text that people get."""

    records: tuple[str, ...]
    found: int
    counted: int


def is_kept(book: Book, *, rates: Rates, as_of: date | None, currency: str | None, fresh: bool = True) -> bool:
    """Whether lines can be looked up: not those of an earlier day, nor in a currency that is not kept."""
    if as_of is not None or currency not in (None, CURRENCY):
        return False
    if not fresh and book.stamp():
        return True
    return bring_up_to_date(book, rates=rates)


def all_lines(book: Book, *, rates: Rates, as_of: date | None, currency: str | None) -> tuple[Entry, ...] | None:
    """Every line, from what the book keeps; None where it can't be had from there."""
    if as_of is not None or not bring_up_to_date(book, rates=rates):
        return None
    found = read_lines(book.find_lines(LineQuery()), has_converted=currency == CURRENCY)
    if currency in (None, CURRENCY):
        return found
    # The pledges are known; only what they add in that currency is to be worked out.
    return enter([line.pledge for line in found if not line.is_rest], as_of=None, rates=rates, currency=currency)


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
) -> LinePage:
    """A page of the lines that are wanted, sorted by one of SORTS; ties go by id.

    Without `has_claims` the tellings of a line may have claims that are only ids: all that a list needs, much faster.
    """
    _check(sort)
    if is_kept(book, rates=rates, as_of=as_of, currency=currency, fresh=fresh):
        query = query_of(book, wanted, sort=sort, descending=descending, offset=offset, limit=limit)
        rows = book.find_lines(query)
        found = read_lines(rows, has_converted=currency is not None, has_claims=has_claims)
        return LinePage(found, *_counts(book, query, rows))
    lines = [line for line in _all(book, rates, as_of, currency) if wanted is None or wanted.keep(line)]
    lines.sort(key=lambda line: line.id)
    lines.sort(key=_key(sort, rates), reverse=descending)
    end = None if limit is None else offset + limit
    return LinePage(tuple(lines[offset:end]), len(lines), sum(line.counted for line in lines))


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
) -> RecordPage:
    """The same lines as texts of JSON, ready to be sent: `dumps(pledge_json(entry))` of each."""
    _check(sort)
    if is_kept(book, rates=rates, as_of=as_of, currency=currency, fresh=fresh):
        query = query_of(book, wanted, sort=sort, descending=descending, offset=offset, limit=limit)
        rows = book.find_lines(query)
        records = (
            row.record if currency is None else row.record.replace('"in": null', f'"in": {row.converted}', 1)
            for row in rows
        )
        return RecordPage(tuple(records), *_counts(book, query, rows))
    page = find_lines(
        book, wanted, rates=rates, as_of=as_of, currency=currency, sort=sort, descending=descending, offset=offset,
        limit=limit,
    )  # fmt: skip
    return RecordPage(tuple(dumps(pledge_json(entry)) for entry in page.entries), page.found, page.counted)


def find_line(
    book: Book, name: str, *, rates: Rates, as_of: date | None = None, currency: str | None = None, fresh: bool = True
) -> Entry | None:
    """The line with that id, or whose id alone begins so (its prefix may be left out); None where there is none.

    Raises UsageError where several ids begin so.
    """
    if not name:
        return None
    if is_kept(book, rates=rates, as_of=as_of, currency=currency, fresh=fresh):
        rows = book.find_lines(LineQuery(ids=(name,)))
        for prefix in (name, *(f"{kind}-{name}" for kind in ("pledge", "plg", "rest"))):
            rows = rows or book.find_lines(LineQuery(prefix=prefix, limit=2))
        found = list(read_lines(rows, has_converted=currency is not None))
    else:
        lines = _all(book, rates, as_of, currency)
        found = [line for line in lines if line.id == name] or [
            line for line in lines if line.id.startswith(name) or line.id.partition("-")[2].startswith(name)
        ]
    if len(found) > 1:
        raise UsageError(name, "the beginning of several ids", "Give more of the id.")
    return found[0] if found else None


def lines_about(
    book: Book, *, rates: Rates, kind: str, values: Sequence[str], currency: str | None = None, fresh: bool = True
) -> tuple[Entry, ...]:
    """The lines of today that have one of `values` of a kind of trait.

    Kinds: investor, recipient, country, place, purpose, kind (of deliverable), stage, reason, flag, conflict,
    document (told in it), relation (part of, or replacing ..., that pledge).
    """
    if is_kept(book, rates=rates, as_of=None, currency=currency, fresh=fresh):
        query = LineQuery(traits=((kind, tuple(values)),))
        return read_lines(book.find_lines(query), has_converted=currency is not None)
    from pledgebook.flow.derived import traits_of  # noqa: PLC0415 - only where nothing is kept

    chosen = {(kind, value) for value in values}
    return tuple(line for line in _all(book, rates, None, currency) if traits_of(line) & chosen)


def names(book: Book, kind: str, *, rates: Rates, fresh: bool = True) -> tuple[tuple[str, int], ...]:
    """The values of a kind of trait (see `lines_about`) in today's ledger, with the number of lines that have each."""
    if not is_kept(book, rates=rates, as_of=None, currency=None, fresh=fresh):
        raise BookError("the ledger", "not kept for these rates, or changing all the time", "Try again.")
    return tuple((value, lines) for value, _, lines in book.names(kind))


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

    Without `explain` the rows don't name what is in them and what is not, and are kept in the book until the ledger
    changes, so that asking again costs nothing.
    """
    kept = not explain and is_kept(book, rates=rates, as_of=as_of, currency=None, fresh=fresh)
    asked, stamp = _asked(wanted, by, currency, kind, since, until, new_only, split), book.stamp() if kept else ""
    if stamp and (found := book.tally(asked, stamp)) is not None:
        return tuple(map(_tallies().read, json.loads(found)))
    lines: Sequence[Entry] = _chosen(book, wanted, rates, as_of, is_looked_up=bool(stamp))
    if kind is None:
        # What a total leaves once its parts are taken out does not depend on which lines are wanted.
        among = None if wanted is None else _chosen(book, None, rates, as_of, is_looked_up=bool(stamp))
        rows = totals(
            lines, currency=currency, rates=rates, by=by, since=since, until=until, new_only=new_only, split=split,
            among=among,
        )  # fmt: skip
    else:
        rows = total_things(lines, kind=kind, by=by, since=since, until=until)
    if explain:
        return rows
    plain = tuple(replace(row, included=(), excluded=()) for row in rows)
    if stamp:
        with suppress(BookError):  # a book that can't be written is read all the same
            book.put_tally(asked, stamp, packed([_tallies().write(row) for row in plain]))
    return plain


def _chosen(
    book: Book, wanted: Wanted | None, rates: Rates, as_of: date | None, *, is_looked_up: bool
) -> Sequence[Entry]:
    if is_looked_up:
        rows = book.find_lines(query_of(book, wanted, sort="id"))
        return read_lines(rows, has_converted=False)
    return [line for line in _all(book, rates, as_of, None) if wanted is None or wanted.keep(line)]


def _asked(
    wanted: Wanted | None, by: str | None, currency: str, kind: Kind | None, since: date | None, until: date | None,
    *more: bool,
) -> str:  # fmt: skip
    """What is asked, in one text."""
    period = [None if day is None else day.isoformat() for day in (since, until)]
    return packed(
        [_words_of(wanted), by, currency, None if kind is None else kind.value, *period, *(int(item) for item in more)]
    )


def _words_of(wanted: Wanted | None) -> list[str | int | None] | None:
    """Filters as plain words, None for none."""
    if wanted is None:
        return None
    names_ = ("investor", "recipient", "country", "place", "purpose", "stage", "since", "until")
    values = [getattr(wanted, name) for name in names_]
    return [*(None if value is None else str(value) for value in values), wanted.min_sources, int(wanted.counted)]


def query_of(
    book: Book,
    wanted: Wanted | None,
    *,
    sort: str = "id",
    descending: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> LineQuery:
    """What to look up. Names are found in any spelling that the lexicon knows, as filters have them."""
    query = LineQuery(sort=sort, descending=descending, offset=offset, limit=limit)
    if wanted is None:
        return query
    traits: list[tuple[str, tuple[str, ...]]] = []
    for kind, words, is_meant in (
        ("investor", wanted.investor, _is_party),
        ("recipient", wanted.recipient, _is_party),
        ("place", wanted.place, _is_place),
    ):
        if words is not None:
            meant = is_meant(words)
            traits.append((kind, tuple(value for value, plain, _ in book.names(kind) if meant(value, plain))))
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


def _is_party(words: str) -> Callable[[str, str], bool]:
    """Whether a name (and its skeleton) is the one that `words` mean."""
    plain = skeleton(words.strip())
    listed = load_organisations().by_skeleton.get(plain)
    if listed is not None:
        return lambda name, _: name == listed.party.name
    return lambda _, known: plain in known


def _is_place(words: str) -> Callable[[str, str], bool]:
    plain = skeleton(words)
    return lambda _, known: plain in known


def _counts(book: Book, query: LineQuery, rows: Sequence[LineRow]) -> tuple[int, int]:
    """How many lines there are on all pages, and how many of them count: counted once for all pages of a list."""
    if query.limit is None and query.offset == 0:
        return len(rows), sum(row.counted for row in rows)
    asked = packed(["count", astuple(replace(query, sort="id", descending=False, offset=0, limit=None))])
    stamp = book.stamp()
    kept = book.tally(asked, stamp)
    if kept is not None:
        found, counted = json.loads(kept)
        return int(found), int(counted)
    counts = book.count_lines(query)
    with suppress(BookError):  # as below
        book.put_tally(asked, stamp, packed(list(counts)))
    return counts


def _all(book: Book, rates: Rates, as_of: date | None, currency: str | None) -> tuple[Entry, ...]:
    from pledgebook.flow.ledger import entries  # noqa: PLC0415 - which asks here first

    return entries(book, rates=rates, as_of=as_of, currency=currency)


def _check(sort: str) -> None:
    if sort not in SORTS:
        raise UsageError("sort", repr(sort), f"Use one of {', '.join(SORTS)}.")


def _key(sort: str, rates: Rates) -> Callable[[Entry], Any]:
    """What lists are sorted by, as the book has it in its columns."""
    from pledgebook.flow.derived import line_of  # noqa: PLC0415 - only where nothing is kept

    column = SORTS[sort]
    return lambda entry: getattr(line_of(entry, rates), column)


@cache
def _tallies() -> Codec:
    return Codec(Tally)
