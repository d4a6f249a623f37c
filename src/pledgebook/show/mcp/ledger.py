"""A book as the tools see it: its lines, its documents, and the snapshot that they come from."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pledgebook.domain import Entry, ReadDocument, UsageError
from pledgebook.flow import entries
from pledgebook.ledger import PublishedRates, aged
from pledgebook.store import open_book


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """One state of a book."""

    snapshot: str
    entries: Sequence[Entry]
    documents: Mapping[str, ReadDocument]

    def entry(self, name: str) -> Entry:
        """The line with that id. Raises UsageError where there is none."""
        for entry in self.entries:
            if entry.id == name:
                return entry
        raise UsageError("pledge", f"no pledge {name!r} in the book", "search_pledges gives the ids.")


class Books:
    """Reads a book anew for each question, and works its lines out again only where the book has changed."""

    def __init__(self, name: str, *, today: Callable[[], date]) -> None:
        """Takes the path of a file, or the address of a database, and who knows the day."""
        self._name, self._rates, self._today = name, PublishedRates(), today
        self._kept = lru_cache(maxsize=4)(self._read)

    @property
    def rates(self) -> PublishedRates:
        """The exchange rates that totals are converted at."""
        return self._rates

    def ledger(self, *, as_of: date | None = None, currency: str | None = None) -> Ledger:
        """The lines of the book as it is now, or as it knew things on a day."""
        with closing(open_book(self._name)) as book:
            head = book.facts().head
        return self._kept(head, as_of, currency, as_of or self._today())

    def _read(self, head: str, as_of: date | None, currency: str | None, day: date) -> Ledger:
        with closing(open_book(self._name)) as book:
            lines = aged(entries(book, rates=self._rates, as_of=as_of, currency=currency), day)
            documents = {item.document.id: item for item in book.documents()}
        return Ledger(head, lines, documents)
