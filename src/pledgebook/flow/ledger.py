"""From a book to the lines of its ledger."""

from collections.abc import Iterable, Sequence
from datetime import date

from pledgebook.domain import Decision, Entry, ReadDocument
from pledgebook.flow.derived import CURRENCY, read_lines
from pledgebook.flow.heard import tellings
from pledgebook.flow.moments import is_kept
from pledgebook.ledger import entries as enter
from pledgebook.ledger.ports import Rates
from pledgebook.reconcile import reconcile
from pledgebook.store import Book, LineQuery


def entries(book: Book, *, rates: Rates, as_of: date | None = None, currency: str | None = None) -> tuple[Entry, ...]:
    """The lines of the book's ledger as of a day, or as of all that it knows; with `currency` also converted.

    Those of today are read from the book, which keeps them; a list that needs only some is better asked for with
    `flow.lines.find_lines`.
    """
    if as_of is None and is_kept(book, rates=rates, as_of=None, currency=None):
        found = read_lines(book.lines.find(LineQuery(), ("body", "claims")), has_converted=currency == CURRENCY)
        if currency in (None, CURRENCY):
            return found
        # The pledges are known; only what they add in that currency is to be worked out.
        return enter([line.pledge for line in found if not line.is_rest], as_of=None, rates=rates, currency=currency)
    return entries_of(book.documents(), decisions=book.decisions(), rates=rates, as_of=as_of, currency=currency)


def entries_of(
    documents: Sequence[ReadDocument],
    *,
    rates: Rates,
    decisions: Iterable[Decision] = (),
    as_of: date | None = None,
    currency: str | None = None,
) -> tuple[Entry, ...]:
    """The lines of the ledger that these documents make; the order of the documents never changes them."""
    pledges = reconcile(tellings(documents), decisions=decisions, rates=rates, as_of=as_of)
    return enter(pledges, as_of=as_of, rates=rates, currency=currency)
