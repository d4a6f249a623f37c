"""Opening a book by its name."""

from pathlib import Path

from pledgebook.domain import BookError, UsageError
from pledgebook.store.ports import Book


def open_book(name: str, *, create: bool = False) -> Book:
    """The book called `name`: the path of a file. With `create` a new one where there is none.

    Raises BookError where there is no book, where it is damaged, or where a later version wrote it.
    """
    if name.startswith(("postgres://", "postgresql://")):
        raise UsageError("--db", "a PostgreSQL address", "This version keeps books in files: give a path.")
    if "://" in name:
        raise UsageError("--db", f"the address {name}", "Give the path of a file.")
    path = Path(name)
    if not path.exists() and not create:
        raise BookError(name, "no such book", "Make one with `pledgebook ingest`, or name another with --db.")
    if path.is_dir():
        raise BookError(name, "a folder", "Give the path of a file.")
    from pledgebook.store.sqlite import SqliteBook  # noqa: PLC0415 - a command that keeps nothing does not load SQLite

    return SqliteBook(path)
