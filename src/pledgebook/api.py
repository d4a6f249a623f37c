"""Pledgebook from Python, in a few lines.

>>> import pledgebook
>>> text = "Madrid, 19 February 2024 - Microsoft will invest 2.1 billion dollars in data centres in Spain."
>>> claim = pledgebook.find_claims(text)[0]  # doctest: +SKIP
>>> claim.investors[0].name, claim.amount.value, claim.destinations  # doctest: +SKIP
('Microsoft', Decimal('2100000000'), ('ES',))

>>> import tempfile, pathlib
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> _ = (folder / "news.txt").write_text(text)
>>> with pledgebook.open(folder / "news.db") as book:
...     kept = book.ingest(folder / "news.txt")
...     whole = book.totals(by="country")[-1]
>>> kept.documents, whole.key, whole.currency
(1, None, 'USD')
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from pledgebook.domain import Claim, Decision, DocumentError, Entry, Finding, Page, ReadDocument, Tally
from pledgebook.flow import Kept, decide, entries, find_changes, keep, load_reader, read, read_page
from pledgebook.ledger import Change, PublishedRates, totals
from pledgebook.store import Book, open_book

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the only place; callers may give their own clock


def find_claims(
    text: str,
    *,
    language: str | None = None,
    published: date | None = None,
    title: str | None = None,
    source: str = "text",
    is_html: bool = False,
    reader: str = "rules",
) -> tuple[Claim, ...]:
    """What a text asserts about investments, each claim with the exact words behind each of its fields.

    Whatever is known of the text helps: its language (BCP 47), its day of publication, its title. Raises
    DocumentError for a text that holds nothing.
    """
    page = Page(
        source=source,
        content=text.encode("utf-8", "replace"),
        media_type="text/html" if is_html else "text/plain",
        charset="utf-8",
        language=language,
        title=title,
        published=published,
    )
    found = read_page(page, load_reader(reader))
    if isinstance(found, Finding):
        raise DocumentError(source, found.message.removeprefix(f"{source}: ").rstrip("."))
    return found.claims


def read_documents(
    *sources: str | PathLike[str], reader: str = "rules", workers: int = 1
) -> Iterator[ReadDocument | Finding]:
    """The documents of files and folders with their claims, in the order given; a Finding for what can't be read."""
    return read([str(source) for source in sources], reader=reader, workers=workers)


class OpenBook(AbstractContextManager["OpenBook"]):
    """A book that can be read and added to. Close it, or use it in a `with`."""

    def __init__(self, book: Book, *, clock: Clock = _now) -> None:
        self._book, self._clock = book, clock

    @cached_property
    def _rates(self) -> PublishedRates:
        return PublishedRates()

    def ingest(self, *sources: str | PathLike[str], reader: str = "rules", workers: int = 1) -> Kept:
        """How many documents were read, were new, and could not be read. What the book has is not added again."""
        kept = Kept()
        for _, so_far in keep(self._book, read_documents(*sources, reader=reader, workers=workers), at=self._clock()):
            kept = so_far
        return kept

    def documents(self) -> tuple[ReadDocument, ...]:
        """All documents with their claims, by id."""
        return self._book.documents()

    def entries(self, *, as_of: date | None = None, currency: str | None = None) -> tuple[Entry, ...]:
        """The lines of the ledger: every pledge, whether it counts, and why."""
        return entries(self._book, rates=self._rates, as_of=as_of, currency=currency)

    def totals(
        self,
        *,
        by: str | None = None,
        currency: str = "USD",
        as_of: date | None = None,
        since: date | None = None,
        until: date | None = None,
        new_only: bool = False,
    ) -> tuple[Tally, ...]:
        """Sums over the pledges, a row for each value of `by`; the last row is the whole."""
        lines = self.entries(as_of=as_of)
        return totals(lines, currency=currency, rates=self._rates, by=by, since=since, until=until, new_only=new_only)

    def changes(self, *, since: date, until: date | None = None) -> tuple[Change, ...]:
        """What became known from `since` to `until`: new, replaced, delayed, other figures, merged, in conflict."""
        return find_changes(self._book, rates=self._rates, since=since, until=until).changes

    def decide(
        self, kind: str, *names: str, by: str, why: str, field: str | None = None, value: str | None = None
    ) -> Decision:
        """What a reviewer decided about pledges or claims, now kept in the book: it wins over every rule.

        `kind` is same, different, set (then `field` gets the `value`), reject, or undo of a decision.
        """
        now, rates = self._clock(), self._rates
        return decide(self._book, kind, names, by=by, why=why, at=now, rates=rates, field=field, value=value)

    def is_sound(self) -> bool:
        """Whether every byte of the book is what was written."""
        return not self._book.verify()

    def close(self) -> None:
        """Lets go of the file."""
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(path: str | PathLike[str] = "pledgebook.db", *, create: bool = True, clock: Clock = _now) -> OpenBook:  # noqa: A001 - pledgebook.open() reads as it should
    """The book at `path`, made where there is none yet unless `create` says otherwise."""
    return OpenBook(open_book(str(Path(path)), create=create), clock=clock)
