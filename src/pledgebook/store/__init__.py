"""Entries to disk and back.

Takes read documents, decisions and erasures, gives them back as they were. Keeps a book: an append-only log with a
hash chain, documents and claims under the hash of their content, and nothing that could not be worked out again from
them. Never changes what was written, never holds a transaction between two calls, and knows no rule of counting.
"""

from pledgebook.store.open import open_book
from pledgebook.store.ports import Book, BookFacts, Damage

__all__ = ["Book", "BookFacts", "Damage", "open_book"]
