"""Pledgebook from Python, in a few lines.

Words in, claims out; or a book of many documents, and rows of what it says:

>>> import pathlib, tempfile
>>> import pledgebook
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> text = "Berlin, 15 February 2024. Microsoft will invest 3.2 billion euros in data centres in Germany by 2026."
>>> _ = (folder / "news.txt").write_text(text)
>>> pledgebook.extract(folder / "news.txt").column("amount_value")
[Decimal('3200000000')]
>>> with pledgebook.open(folder / "news.db") as book:
...     kept = book.ingest(folder / "news.txt")
>>> kept.documents, kept.new
(1, 1)
>>> [pledge] = pledgebook.pledges(folder / "news.db", country="DE")
>>> pledge.counted, pledge.pledge.investors[0].name
(True, 'Microsoft')
>>> pledgebook.totals(folder / "news.db", by="country", currency="EUR").column("central")
[Decimal('3200000000'), Decimal('3200000000')]
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from os import PathLike, fspath
from types import TracebackType
from typing import Self, TypedDict, TypeVar, Unpack

from pledgebook.domain import (
    Claim,
    Decision,
    DocumentError,
    Entry,
    Finding,
    Kind,
    Page,
    Purpose,
    ReadDocument,
    Snapshot,
    Stage,
    Tally,
    UsageError,
)
from pledgebook.flow import (
    Kept,
    Reader,
    decide,
    entries,
    find_changes,
    keep,
    load_reader,
    read,
    read_page,
    take_snapshot,
)
from pledgebook.ledger import Change, PublishedRates, total_things
from pledgebook.ledger import totals as add_up
from pledgebook.rows import CHANGE_FIELDS, CLAIM_FIELDS, PLEDGE_FIELDS, TALLY_FIELDS, Rows, Told, told_claims
from pledgebook.rows.chart import draw_changes, draw_pledges, draw_totals
from pledgebook.rows.filters import Filters
from pledgebook.store import Book, open_book

Clock = Callable[[], datetime]
_E = TypeVar("_E", bound=StrEnum)


class Wanted(TypedDict, total=False):
    """Which lines are wanted; whatever is left out lets every line pass.

    `investor` and `recipient` are names, or parts of them, in any spelling that the lexicon knows; `country` is a
    code of ISO 3166-1 or UN M49; `since` and `until` are days of announcement.
    """

    investor: str
    recipient: str
    country: str
    place: str
    purpose: str
    stage: str
    since: date
    until: date
    min_sources: int
    counted: bool


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
    reader: str | Reader = "rules",
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
    *sources: str | PathLike[str], reader: str | Reader = "rules", workers: int = 1
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

    def ingest(self, *sources: str | PathLike[str], reader: str | Reader = "rules", workers: int = 1) -> Kept:
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

    def pledges(
        self, *, as_of: date | None = None, currency: str | None = None, **wanted: Unpack[Wanted]
    ) -> Rows[Entry]:
        """The lines of the ledger that are wanted, those that don't count too, as rows."""
        keep_it = _filters(wanted).keep
        found = (line for line in self.entries(as_of=as_of, currency=currency) if keep_it(line))
        return Rows("pledges", found, PLEDGE_FIELDS, draw=draw_pledges, snapshot=self.snapshot)

    def totals(
        self,
        *,
        by: str | None = None,
        currency: str = "USD",
        deliverable: str | None = None,
        as_of: date | None = None,
        new_only: bool = False,
        **wanted: Unpack[Wanted],
    ) -> Rows[Tally]:
        """Sums over the lines that are wanted, a row for each value of `by`; the last row, without key, is the whole.

        `deliverable` counts things ("megawatts", "jobs") and not money. `new_only` counts only what is new in the
        period from `since` to `until`.
        """
        since, until = wanted.pop("since", None), wanted.pop("until", None)
        keep_it = _filters(wanted).keep
        lines = [line for line in self.entries(as_of=as_of) if keep_it(line)]
        if deliverable is not None:
            kind = _member(Kind, deliverable, "deliverable")
            found = total_things(lines, kind=kind, by=by, since=since, until=until)
        else:
            found = add_up(
                lines, currency=currency, rates=self._rates, by=by, since=since, until=until, new_only=new_only
            )
        return Rows("totals", found, TALLY_FIELDS, draw=draw_totals, snapshot=self.snapshot)

    def changes(self, *, since: date, until: date | None = None) -> Rows[Change]:
        """What became known from `since` to `until`: new, replaced, delayed, other figures, merged, in conflict."""
        found = find_changes(self._book, rates=self._rates, since=since, until=until).changes
        return Rows("changes", found, CHANGE_FIELDS, draw=draw_changes, snapshot=self.snapshot)

    @property
    def snapshot(self) -> str:
        """The last hash of the book's log: it names the book as it is now, and all of its past."""
        return self._book.facts().head

    def take_snapshot(self, name: str, *, note: str = "") -> Snapshot:
        """A version of the book as it is now, kept in it for good under a name to cite."""
        return take_snapshot(self._book, name, at=self._clock(), rates=self._rates, note=note)

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
    return OpenBook(open_book(fspath(path), create=create), clock=clock)


def extract(*sources: str | PathLike[str], reader: str | Reader = "rules", workers: int = 1) -> Rows[Told]:
    """The claims of files and folders as rows, nothing kept. What can't be read is warned of, and the rest is read."""
    documents = []
    for item in read_documents(*sources, reader=reader, workers=workers):
        if isinstance(item, Finding):
            warnings.warn(item.message, stacklevel=2)
        else:
            documents.append(item)
    return Rows("claims", told_claims(documents), CLAIM_FIELDS)


def pledges(
    path: str | PathLike[str] = "pledgebook.db",
    *,
    as_of: date | None = None,
    currency: str | None = None,
    **wanted: Unpack[Wanted],
) -> Rows[Entry]:
    """The lines of the book at `path` that are wanted: `OpenBook.pledges` for those who ask one question."""
    with open(path, create=False) as book:
        return book.pledges(as_of=as_of, currency=currency, **wanted)


def totals(
    path: str | PathLike[str] = "pledgebook.db",
    *,
    by: str | None = None,
    currency: str = "USD",
    deliverable: str | None = None,
    as_of: date | None = None,
    new_only: bool = False,
    **wanted: Unpack[Wanted],
) -> Rows[Tally]:
    """Sums over the book at `path`: `OpenBook.totals` for those who ask one question."""
    with open(path, create=False) as book:
        return book.totals(by=by, currency=currency, deliverable=deliverable, as_of=as_of, new_only=new_only, **wanted)


def changes(path: str | PathLike[str] = "pledgebook.db", *, since: date, until: date | None = None) -> Rows[Change]:
    """What became known to the book at `path` from `since` to `until`."""
    with open(path, create=False) as book:
        return book.changes(since=since, until=until)


def _filters(wanted: Wanted) -> Filters:
    purpose, stage = wanted.get("purpose"), wanted.get("stage")
    country = wanted.get("country")
    return Filters(
        investor=wanted.get("investor"),
        recipient=wanted.get("recipient"),
        country=None if country is None else country.upper(),
        place=wanted.get("place"),
        purpose=None if purpose is None else _member(Purpose, purpose, "purpose"),
        stage=None if stage is None else _member(Stage, stage, "stage"),
        since=wanted.get("since"),
        until=wanted.get("until"),
        min_sources=wanted.get("min_sources", 0),
        counted=wanted.get("counted", False),
    )


def _member(kind: type[_E], words: str, name: str) -> _E:
    try:
        return kind(words.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UsageError(name, repr(words), f"Use one of {', '.join(member.value for member in kind)}.") from None
