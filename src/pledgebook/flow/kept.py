"""Read documents into a book."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from pledgebook.domain import Finding, ReadDocument
from pledgebook.flow.one import Known
from pledgebook.store import Book

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Kept:
    """How many documents there were, how many of them were new to the book, how many could not be read.

    `known` of the documents were not read again: the book has what this reader makes of them.
    """

    documents: int = 0
    new: int = 0
    refused: int = 0
    known: int = 0


def keep(
    book: Book, items: Iterable[ReadDocument | Finding | Known], *, at: datetime
) -> Iterator[tuple[tuple[ReadDocument | Finding, ...], Kept]]:
    """A few items at a time, each batch after the book has it, with what the ingest has come to so far.

    A batch is kept whole or not at all: whoever stops half-way finds all earlier ones in the book, and reading the
    same sources again adds only what is missing.
    """
    waiting, kept = iter(items), Kept()
    while several := tuple(islice(waiting, _AT_ONCE)):
        documents = [item for item in several if isinstance(item, ReadDocument)]
        new = book.add_all(documents, at=at) if documents else 0
        told = tuple(item for item in several if not isinstance(item, Known))
        known, refused = len(several) - len(told), len(told) - len(documents)
        kept = Kept(kept.documents + len(documents) + known, kept.new + new, kept.refused + refused, kept.known + known)
        yield told, kept
