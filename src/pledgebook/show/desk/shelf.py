"""The documents of a book, fetched when somebody asks for one."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from pledgebook.domain import Document, Interval, ReadDocument
from pledgebook.store import Book

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
    """Documents by id. `open` opens the book; texts are fetched one by one and the last few hundred kept."""

    def __init__(self, open_: Open) -> None:
        self._open = open_
        self._kept: OrderedDict[str, ReadDocument] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def facts(self) -> tuple[DocumentFacts, ...]:
        """All documents without their texts, by id."""
        with self._open() as book:
            return tuple(sorted((facts_of(item) for item in book.documents()), key=lambda it: it.id))

    def get_document(self, name: str) -> ReadDocument | None:
        """The document with that id, or None."""
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
                return found
        with self._open() as book:
            found = book.document(name)
        if found is not None:
            with self._lock:
                self._kept[name] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found

    def __getitem__(self, name: str) -> ReadDocument:
        found = self.get_document(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (item.id for item in self.facts)

    def __len__(self) -> int:
        return len(self.facts)


def facts_of(item: ReadDocument) -> DocumentFacts:
    """A document without its text and its claims."""
    document: Document = item.document
    return DocumentFacts(
        document.id, document.source, item.sources or (document.source,), document.title, document.language,
        document.published, document.published_basis.value, len(item.claims),
    )  # fmt: skip
