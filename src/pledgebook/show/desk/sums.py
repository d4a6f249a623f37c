"""What the lines of a ledger add up to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pledgebook.domain import Entry, Kind, Tally
from pledgebook.flow.sums import Flows
from pledgebook.flow.tallies import Totals
from pledgebook.flow.usual import USUAL
from pledgebook.ledger.bounds import bounds_of, convert
from pledgebook.show.desk.state import ALL, State
from pledgebook.store import Book, LineQuery, Share


@dataclass(frozen=True, slots=True)
class Largest:
    """The rows of totals with most money, the largest first, how many rows there are in all, and the whole."""

    rows: tuple[Tally, ...]
    count: int
    whole: Tally


class Sums(State):
    """The sums of a ledger."""

    def totals(
        self,
        lines: LineQuery = ALL,
        *,
        by: str | None = None,
        since: date | None = None,
        until: date | None = None,
        new_only: bool = False,
        deliverable: Kind | None = None,
        explain: bool = False,
        has_outstanding: bool = False,
    ) -> tuple[Tally, ...]:
        """Sums over lines, the whole last; of things where `deliverable` names a kind.

        `since` and `until` choose by the ledger's own rule of what belongs to a period; with `has_outstanding` the rows
        also say what stood at its end. With `explain` they name what is in them and what is not.
        """

        def work(book: Book) -> tuple[Tally, ...]:
            made = self._totals(book, by, since, until)
            if deliverable is not None:
                return made.of_things(lines, deliverable, explain=explain)
            return made.of_money(lines, new_only=new_only, explain=explain, has_outstanding=has_outstanding)

        key = ("totals", lines, by, since, until, new_only, deliverable, explain, has_outstanding)
        return self._summed(key, work, is_kept=_is_kept(lines, by, since, until))

    def largest(
        self, lines: LineQuery = ALL, *, by: str, since: date | None = None, until: date | None = None, limit: int
    ) -> Largest:
        """The rows of the same sums with most money."""

        def work(book: Book) -> Largest:
            made = self._totals(book, by, since, until)
            with self._lock:
                known = self._kept.get(("totals", lines, by, since, until, False, None, False, False))
            if known is None and (added := made.added(lines)) is not None:
                return Largest(added.largest(limit), len(added), added.whole)
            *rows, whole = known or made.of_money(lines, has_outstanding=False)
            rows.sort(key=lambda row: (-row.central, str(row.key)))
            return Largest(tuple(rows[:limit]), len(rows), whole)

        is_kept = _is_kept(lines, by, since, until)
        return self._summed(("largest", lines, by, since, until, limit), work, is_kept=is_kept)

    def sums(self, lines: LineQuery = ALL, *, by: str) -> Sequence[tuple[str, Decimal, int]]:
        """Of all rows but the whole the key, the sum, and how many lines count in it."""

        def work(book: Book) -> Sequence[tuple[str, Decimal, int]]:
            made = self._totals(book, by, None, None)
            if (added := made.added(lines)) is not None:
                return added.sums
            return [(row.key, row.central, row.pledges) for row in made.of_money(lines) if row.key is not None]

        return self._summed(("sums", lines, by), work, is_kept=_is_kept(lines, by))

    def flows(self, lines: LineQuery) -> Flows:
        """What goes from each investor to each country: "" for nobody named, and for several countries."""
        return self._summed(
            ("flows", lines), lambda book: self._totals(book, None, None, None).flows(lines), is_kept=False
        )

    def _totals(self, book: Book, by: str | None, since: date | None, until: date | None) -> Totals:
        image = self._image(0)
        figures = None if image is None else image.figures
        return Totals(book, self.rates, self.currency, by, since, until, image=figures)

    def shares(self, lines: LineQuery) -> Sequence[Share]:
        """The money of lines by stage, by whether they count, and by whether their term has ended."""
        return self.remembered(("shares", lines), lambda book: book.lines.shares(lines, self.day.isoformat()))

    def worth(self, entry: Entry) -> Decimal | None:
        """The line's sum in the ledger's currency at the day's rate, whether it counts or not; None where not known."""
        if entry.is_rest:
            return None if entry.converted is None else entry.converted.central
        amount, day = entry.pledge.amount, entry.pledge.rate_day
        if amount is None:
            return None
        there = convert(bounds_of(amount), amount.currency, self.currency, day, self.rates)
        return None if there is None else there.central


def _is_kept(lines: LineQuery, by: str | None, since: date | None = None, until: date | None = None) -> bool:
    """Whether a book keeps these sums, and has few rows of them."""
    is_all = replace(lines, sort="id", descending=False) == ALL and since is None and until is None
    return is_all and by in USUAL and by not in ("investor", "recipient", "place")
