"""Keeping the lines of a book up to date: all of them at first, then only what more documents change."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from pledgebook.domain import BookError, Pledge, ReadDocument
from pledgebook.flow.alike import keep_alike
from pledgebook.flow.derived import CURRENCY, Listener, lines_of, paper_of, stamp_for
from pledgebook.flow.figured import read_figures
from pledgebook.flow.standing import MovedOn, Standing
from pledgebook.flow.tallies import keep_usual
from pledgebook.flow.usual import GROUPED, Usual
from pledgebook.ledger import entries as enter
from pledgebook.ledger.entries import rest_id_of
from pledgebook.ledger.figures import Figure
from pledgebook.ledger.ports import Rates
from pledgebook.lexicon.names import skeleton
from pledgebook.store import Book, Line, Paper
from pledgebook.store.lines import Among, line_parts, paper_parts
from pledgebook.store.ports import Progress
from pledgebook.store.spool import Spool

_TRIES = 3
_EVERY = 1000
# After one of these records in its log nothing that was worked out before stays.
_ANEW = frozenset({"erasure"})


def bring_up_to_date(book: Book, *, rates: Rates, progress: Progress | None = None) -> bool:
    """Whether the book's lines follow from all that it holds, now that they have been worked out where they did not.

    They do not where somebody has written to it meanwhile, time after time, and for rates other than the published.
    Who asks this again and again of one book has a `Keeper` for it.
    """
    return Keeper(rates, grows=False).bring_up_to_date(book, progress)


class Keeper:
    """Brings the lines of one book up to date, again and again: only what is new, and what that changes, is worked out.

    What can't be added to (documents that say something else now, other decisions on which tellings are one) has all
    of it worked out once more.
    """

    def __init__(self, rates: Rates, *, grows: bool = True) -> None:
        """Without `grows` it is asked only once, and remembers nothing."""
        self._rates, self._grows = rates, grows
        self._standing, self._usual = Standing(rates, grows=grows), Usual(CURRENCY)
        # The lines that were worked out last, and how long the log was then.
        self._stamp, self._records = "", 0

    def bring_up_to_date(self, book: Book, progress: Progress | None = None) -> bool:
        """Whether the lines follow from all that the book holds: see `bring_up_to_date`."""
        for _ in range(_TRIES):
            (records, head), wanted = book.position(), stamp_for(book, self._rates)
            if wanted is None:
                return False
            if book.stamp() == wanted:
                return True
            if self._is_the_same(book, wanted, records, head):
                continue
            before, self._stamp = self._stamp, ""
            with suppress(MovedOn):
                is_added = before != "" and before == book.stamp() and self._add(book, before, wanted, head, progress)
                if is_added or self._put_all(book, wanted, head, progress):
                    self._stamp, self._records = wanted if self._grows else "", records
                    with suppress(BookError):  # then whoever asks has to wait
                        keep_usual(book, self._usual, currency=CURRENCY, stamp=wanted)
                        keep_alike(book, stamp=wanted)
        return False

    def _is_the_same(self, book: Book, stamp: str, records: int, head: str) -> bool:
        """Whether the lines of an earlier state are those of today, now stamped so: only snapshots were taken since."""
        before = book.stamp()
        (then, *rules), (_, *wanted) = json.loads(before or '["", ""]'), json.loads(stamp)
        record = book.recorded(then) if rules == wanted else None
        if record is None or book.last_change(records) > record.seq:
            return False
        if not book.put_lines((), stamp=stamp, head=head, skeleton=skeleton, among=Among((), (), before)):
            return False
        if self._stamp == before:
            self._stamp, self._records = stamp, records
        return True

    def _add(self, book: Book, since: str, stamp: str, head: str, progress: Progress | None) -> bool:
        """Whether only what has changed was written."""
        changes = book.changes_since(self._records)
        if changes.head != head:
            raise MovedOn
        if changes.kinds & _ANEW:
            return False
        found = self._standing.more(book, changes.documents)
        if found is None:
            return False
        lines, lots = Spool(line_parts, Line.of), list[Sequence[Figure]]()
        for line in self._lines(found, lots.append, progress):
            lines.append(line)
        gone = {name for pledge in self._standing.may_change for name in (pledge, rest_id_of(pledge))}
        self._usual.take(read_figures(book.lines.figures_of(sorted(gone)), GROUPED))
        for lot in lots:
            self._usual.add(lot)
        papers = [paper_of(item) for item in book.some(changes.documents)]
        among = Among(gone, {*changes.documents, *(paper.id for paper in papers)}, since)
        return book.put_lines(
            lines, stamp=stamp, head=head, skeleton=skeleton, among=among, papers=papers, progress=progress
        )

    def _put_all(self, book: Book, stamp: str, head: str, progress: Progress | None) -> bool:
        self._usual = Usual(CURRENCY)
        papers = Spool(paper_parts, Paper.of)

        def documents() -> Iterator[ReadDocument]:
            for count, item in enumerate(book.each_document(), 1):
                papers.append(paper_of(item))
                if progress is not None and count % _EVERY == 0:
                    progress("documents looked through", count)
                yield item

        lines = self._lines(self._standing.all(book, documents(), progress), self._usual.add, progress)
        return book.put_lines(lines, stamp=stamp, head=head, skeleton=skeleton, papers=papers, progress=progress)

    def _lines(self, lots: Iterable[tuple[Pledge, ...]], usual: Listener, progress: Progress | None) -> Iterator[Line]:
        """The lines of pledges that come in lots, of which none bears on another."""
        count, settled = 0, self._standing.judged.settled
        for pledges in lots:
            entries = enter(pledges, as_of=None, rates=self._rates, currency=CURRENCY)
            yield from lines_of(entries, rates=self._rates, currency=CURRENCY, settled=settled, usual=usual)
            count += len(entries)
            if progress is not None:
                progress("lines worked out", count)
