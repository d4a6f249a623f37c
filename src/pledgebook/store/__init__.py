"""Entries to disk and back.

Takes read documents, decisions and erasures, gives them back as they were. Keeps a book in a file or a PostgreSQL
database: an append-only log with a hash chain, documents and claims under the hash of their content; and what was
worked out from them, to be found quickly, which can be dropped and worked out again. Never changes what was written,
never holds a transaction between two calls, and knows no rule of counting.
"""

from pledgebook.store.book import SqlBook
from pledgebook.store.image import LineImage, NotInMemoryError
from pledgebook.store.image_events import EventImage
from pledgebook.store.kept import KeptLines
from pledgebook.store.lines import SORTS, UNKNOWN_CENTS, Event, Line, LineQuery, LineRow, Paper, PaperQuery, Share
from pledgebook.store.open import open_book
from pledgebook.store.past import Past
from pledgebook.store.ports import Book, BookFacts, Damage
from pledgebook.store.search import Hit

__all__ = [
    "SORTS",
    "UNKNOWN_CENTS",
    "Book",
    "BookFacts",
    "Damage",
    "Event",
    "EventImage",
    "Hit",
    "KeptLines",
    "Line",
    "LineImage",
    "LineQuery",
    "LineRow",
    "NotInMemoryError",
    "Paper",
    "PaperQuery",
    "Past",
    "Share",
    "SqlBook",
    "open_book",
]
