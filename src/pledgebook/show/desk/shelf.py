"""The documents of a book, fetched when somebody asks for one."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from threading import Lock

from pledgebook.domain import Interval, ReadDocument
from pledgebook.store import Book, Paper, PaperQuery, Past

_KEPT = 256
Open = Callable[[], AbstractContextManager[Book]]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document without its text and its claims."""

    id: str
    source: str
    sources: tuple[str, ...]
    title: str | None
    language: str
    published: Interval | None
    published_basis: str
    claims: int


class Shelf(Mapping[str, ReadDocument]):
    """Documents by id. `open_` opens the book; texts are fetched one by one and the last few hundred kept.

    Of an earlier state `papers` opens the book that names its documents, and `past` is what had been written by then.
    """

    def __init__(self, open_: Open, *, papers: Open | None = None, past: Past | None = None) -> None:
        self._open, self._papers, self._past = open_, papers or open_, past
        self._is_part = papers is not None
        self._kept: OrderedDict[str, ReadDocument] = OrderedDict()
        self._lock = Lock()

    def facts(self, query: PaperQuery) -> tuple[tuple[DocumentFacts, ...], int]:
        """Documents without their texts, the latest first, and how many there are in all."""
        with self._papers() as book:
            found, total = book.lines.papers(query)
        return tuple(map(facts_of, found)), total

    def facts_of(self, names: Sequence[str]) -> tuple[DocumentFacts, ...]:
        """The documents with these ids, in their order."""
        with self._papers() as book:
            return tuple(map(facts_of, book.lines.papers_of(names)))

    def find(self, name: str) -> ReadDocument | None:
        """The document with that id, or None."""
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
                return found
        if self._is_part and not self.facts_of([name]):
            return None
        with self._open() as book:
            found = book.document(name, past=self._past)
        if found is not None:
            with self._lock:
                self._kept[name] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found

    def odd(self, names: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The names of what was odd about some documents, of those that are there."""
        if self._past is not None:
            found = {name: self.find(name) for name in names}
        else:
            with self._open() as book:
                found = {item.document.id: item for item in book.some(names)}
        return {
            name: sorted({it.name for it in item.findings}) for name in names if (item := found.get(name)) is not None
        }

    def counts(self) -> tuple[int, int]:
        """How many documents there are, and how many claims in them."""
        with self._papers() as book:
            return book.lines.paper_counts()

    def __iter__(self) -> Iterator[str]:
        return (item.id for item in self.facts(PaperQuery())[0])

    def __len__(self) -> int:
        return self.counts()[0]

    def __getitem__(self, name: str) -> ReadDocument:
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found


def facts_of(paper: Paper) -> DocumentFacts:
    """A document as its page and the API tell of it."""
    days = None
    if paper.earliest:
        days = Interval(date.fromisoformat(paper.earliest), date.fromisoformat(paper.latest))
    return DocumentFacts(
        paper.id, paper.source, paper.sources, paper.title or None, paper.language, days, paper.basis, paper.claims
    )
