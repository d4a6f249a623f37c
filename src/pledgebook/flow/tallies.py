"""Totals over lines that a book keeps: added up from their figures, and kept where everybody asks for them."""

import json
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from pledgebook.domain import BookError, Entry, Kind, Tally
from pledgebook.flow.codec import Codec
from pledgebook.flow.derived import CURRENCY, read_lines
from pledgebook.flow.figure_image import FigureImage
from pledgebook.flow.figured import read_figures
from pledgebook.flow.sums import Added, Flows, flows_among
from pledgebook.flow.usual import USUAL, Usual, flows_of
from pledgebook.ledger import total_things, totals
from pledgebook.ledger.grouping import grouping
from pledgebook.ledger.period import Period
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.totals import add_up, add_up_period
from pledgebook.store import Book, LineQuery, NotInMemoryError
from pledgebook.store.rows import packed

_FLOWS = "flows"


@dataclass(frozen=True, slots=True)
class Totals:
    """What is to be added up: over lines that `book` keeps, by what, in which days of announcement.

    `is_figured` tells that the book keeps its figures in `currency`. `image` is asked first where it shows the lines
    that the book has; it says the same.
    """

    book: Book
    rates: Rates
    currency: str = CURRENCY
    by: str | None = None
    since: date | None = None
    until: date | None = None
    is_figured: bool = True
    image: FigureImage | None = None

    def of_money(
        self,
        query: LineQuery,
        *,
        new_only: bool = False,
        split: bool = False,
        explain: bool = False,
        has_outstanding: bool = True,
    ) -> tuple[Tally, ...]:
        """Rows over the lines of a query. Without `has_outstanding` a period says nothing of what stood at its end."""
        grouping(self.by)  # raises for what nothing is grouped by
        if split or not self.is_figured or (self.until is not None and has_outstanding):
            # What was not kept for these questions is worked out of the whole ledger.
            rows = totals(
                self._entries(query), among=self._entries(LineQuery()), currency=self.currency, rates=self.rates,
                by=self.by, since=self.since, until=self.until, new_only=new_only, split=split,
            )  # fmt: skip
            return rows if explain else tuple(map(_plain, rows))
        if not explain and not new_only and (added := self.added(query, has_outstanding=has_outstanding)) is not None:
            return added.rows
        is_usual = not explain and _asks_for_all(query) and self.since is None and self.until is None
        if is_usual and (known := self._kept()) is not None:
            return known
        figures = read_figures(self.book.lines.figures(query), () if self.by is None else (self.by,))
        period = Period(self.since, self.until, new_only)
        if period.is_limited and has_outstanding:
            rows = add_up_period(figures, figures, currency=self.currency, by=self.by, period=period)
        else:
            rows = add_up(figures, currency=self.currency, by=self.by, period=period)
        if not explain:
            rows = tuple(map(_plain, rows))
        if is_usual:
            self._keep(rows)
        return rows

    def added(self, query: LineQuery, *, has_outstanding: bool = False) -> Added | None:
        """The same rows, each made when somebody asks for it; None where the image can't tell."""
        period = Period(self.since, self.until, new_only=False)
        if self.image is None or not self.is_figured or (period.is_limited and has_outstanding):
            return None
        with suppress(NotInMemoryError):
            return Added(self.image, self.book.lines.mask(self.image.lines, query), self.by, period, self.currency)
        return None

    def of_things(self, query: LineQuery, kind: Kind, *, explain: bool = False) -> tuple[Tally, ...]:
        """Rows that count things of a kind."""
        rows = total_things(self._entries(query), kind=kind, by=self.by, since=self.since, until=self.until)
        return rows if explain else tuple(map(_plain, rows))

    def flows(self, query: LineQuery) -> Flows:
        """What goes from each investor to each country. A joint pledge is shared between its investors."""
        if self.image is not None and self.is_figured:
            with suppress(NotInMemoryError):
                return flows_among(self.image, self.book.lines.mask(self.image.lines, query))
        if _asks_for_all(query) and self.is_figured:
            known = self.book.lines.tally(_name(_FLOWS, self.currency), self.book.stamp())
            if known is not None:
                return Flows.of({(investor, country): Decimal(value) for investor, country, value in json.loads(known)})
        found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for figure in read_figures(self.book.lines.figures(query), ("investor", "country")):
            for pair, value in flows_of(figure):
                found[pair] += value
        return Flows.of(found)

    def _entries(self, query: LineQuery) -> Sequence[Entry]:
        return read_lines(self.book.lines.find(query, ("body", "claims")), has_converted=False)

    def _kept(self) -> tuple[Tally, ...] | None:
        found = self.book.lines.tally(_name(self.by, self.currency), self.book.stamp())
        return None if found is None else tuple(map(_tallies().read, json.loads(found)))

    def _keep(self, rows: Sequence[Tally]) -> None:
        with suppress(BookError):  # a book that can't be written is read all the same
            self.book.lines.put_tallies({_name(self.by, self.currency): _body(rows)}, self.book.stamp())


def keep_usual(book: Book, usual: Usual, *, currency: str, stamp: str) -> None:
    """Keeps what everybody asks first, so that nobody has to wait for it."""
    kept = {_name(by, currency): _body(usual.tallies(by)) for by in USUAL}
    kept[_name(_FLOWS, currency)] = packed([[*pair, str(value)] for pair, value in usual.flows().items()])
    book.lines.put_tallies(kept, stamp)


def _name(what: str | None, currency: str) -> str:
    return packed([what, currency])


def _body(rows: Sequence[Tally]) -> str:
    return packed([_tallies().write(row) for row in rows])


def _asks_for_all(query: LineQuery) -> bool:
    """Whether a query lets every line pass, in whatever order: sums have none."""
    return replace(query, sort="id", descending=False) == LineQuery()


def _plain(row: Tally) -> Tally:
    return replace(row, included=(), excluded=())


@cache
def _tallies() -> Codec:
    return Codec(Tally)
