"""The lines of a ledger that a book does not keep: of an earlier day, in another currency, for other rates."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

from pledgebook.domain import BookError, Decision, Pledge, Telling
from pledgebook.flow.derived import CURRENCY, lines_of, paper_of, read_lines
from pledgebook.flow.doubts import settled_by
from pledgebook.flow.heard import tellings
from pledgebook.flow.keeper import bring_up_to_date
from pledgebook.ledger import entries as enter
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.reconcile import reconcile
from pledgebook.reconcile.marks import bind
from pledgebook.store import Book, LineQuery, PaperQuery, open_book

# More lines than these are kept in a file while they are asked.
_IN_MEMORY = 20_000


def is_kept(book: Book, *, rates: Rates, as_of: date | None, currency: str | None, fresh: bool = True) -> bool:
    """Whether a book keeps these lines, now that they have been brought up to date where `fresh`.

    It does not keep those of an earlier day, nor in a currency other than CURRENCY.
    """
    if as_of is not None or currency not in (None, CURRENCY):
        return False
    if not fresh and book.stamp():
        return True
    return bring_up_to_date(book, rates=rates)


@contextmanager
def moment(
    book: Book, *, rates: Rates, as_of: date | None = None, currency: str | None = None, fresh: bool = True
) -> Iterator[Book]:
    """A book that keeps the lines as of a day in a currency: the book itself, or one for as long as the `with` lasts.

    Without `fresh` a ledger that has fallen behind will do: what it follows from is the `stamp()` of what comes back.
    """
    if is_kept(book, rates=rates, as_of=as_of, currency=currency, fresh=fresh):
        yield book
        return
    with worked_out(book, rates=rates, as_of=as_of, currency=currency or CURRENCY) as made:
        yield made


@contextmanager
def worked_out(
    book: Book, *, rates: Rates, as_of: date | None, currency: str, upto: int | None = None
) -> Iterator[Book]:
    """A book of nothing but lines, as of a day, or after so many records of the log.

    Raises BookError where they can't be kept.
    """
    decisions = book.decisions(upto=upto)
    if upto is None and is_kept(book, rates=rates, as_of=as_of, currency=None):
        # The pledges are known; only what they add in that currency is to be worked out.
        known = read_lines(book.lines.find(LineQuery(whole=True), ("body", "claims")), has_converted=False)
        pledges: Sequence[Pledge] = [line.pledge for line in known]
        told: Sequence[Telling] = [telling for pledge in pledges for telling in pledge.tellings]
        papers = book.lines.papers(PaperQuery())[0]
    else:
        documents = book.documents(upto=upto)
        told, papers = tellings(documents), list(map(paper_of, documents))
        pledges = reconcile(told, decisions=decisions, rates=rates, as_of=as_of)
    entries = enter(pledges, as_of=as_of, rates=rates, currency=currency)
    if as_of is not None:
        papers = [paper for paper in papers if paper.latest <= as_of.isoformat()]
    settled = settled_by(bind(_known(decisions, as_of), told).decisions)
    lines = list(lines_of(entries, rates=rates, currency=currency, settled=settled))
    with ExitStack() as stack:
        name = ":memory:"
        if len(lines) > _IN_MEMORY:
            name = str(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pledgebook-"))) / "moment.db")
        made = stack.enter_context(closing(open_book(name, create=True)))
        stamp = f"as of {as_of} in {currency} after {upto} of {book.head()}"
        if not made.put_lines(lines, stamp=stamp, head=made.head(), skeleton=skeleton, papers=papers):
            raise BookError(name, "written to by somebody else", "Try again.")
        yield made


def _known(decisions: Sequence[Decision], as_of: date | None) -> Sequence[Decision]:
    return [item for item in decisions if as_of is None or item.at.date() <= as_of]
