"""Opening a book by its name: the path of a file, or the address of a PostgreSQL database."""

from pathlib import Path

from pledgebook.domain import BookError, UsageError
from pledgebook.store.book import SqlBook
from pledgebook.store.engine import Engine

ADDRESSES = ("postgres://", "postgresql://")


def is_address(name: str) -> bool:
    """Whether a book's name is an address of PostgreSQL."""
    return name.startswith(ADDRESSES)


def open_book(name: str, *, create: bool = False, vfs: str | None = None) -> SqlBook:
    """The book called `name`. With `create` a new one where there is none.

    A book of an earlier version gets the tables of this one, after a backup has been taken beside it. `vfs` is for
    tests: another way to the disk. Raises BookError where there is no book, where it is damaged, or where a later
    version wrote it.
    """
    engine = open_engine(name, create=create, vfs=vfs)
    try:
        return SqlBook(engine, _made_ready(engine, create=create))
    except BaseException:
        engine.close()
        raise


def _made_ready(engine: Engine, *, create: bool) -> int:
    """The edition of the book's tables, which are those of today now."""
    from pledgebook.store.backup import back_up_edition  # noqa: PLC0415 - next to its use
    from pledgebook.store.schema import migrate, schema_of  # noqa: PLC0415 - reads the migrations

    found = schema_of(engine)  # raises for what is not ours, before anything is changed in it
    if found == 0 and not create:
        raise BookError(engine.where, "no such book", "Make one with `pledgebook ingest`, or name another with --db.")
    _prepare(engine)
    return migrate(engine, back_up=lambda edition: back_up_edition(engine, edition))


def open_engine(name: str, *, create: bool = False, vfs: str | None = None) -> Engine:
    """The database behind a book's name, whatever is in it."""
    if is_address(name):
        from pledgebook.store.postgres import PostgresEngine  # noqa: PLC0415 - an extra that others do without

        return PostgresEngine(name)
    if "://" in name:
        raise UsageError("--db", f"the address {name}", "Give the path of a file, or postgresql://...")
    path = Path(name)
    try:
        if not path.exists() and not create:
            raise BookError(name, "no such book", "Make one with `pledgebook ingest`, or name another with --db.")
        if path.is_dir():
            raise BookError(name, "a folder", "Give the path of a file.")
    except (OSError, ValueError) as error:
        raise BookError(name, f"no name for a file ({error})", "Give the path of a file.") from error
    from pledgebook.store.connection import SqliteEngine  # noqa: PLC0415 - a command that keeps nothing loads no SQLite

    return SqliteEngine(path, vfs=vfs)


def _prepare(engine: Engine) -> None:
    from pledgebook.store.connection import SqliteEngine  # noqa: PLC0415 - as above

    if isinstance(engine, SqliteEngine):
        engine.prepare()
