"""SQLite as a book wants it: new enough, checked page by page, waiting its turn, and clear about what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import apsw.sqlite_extra

from pledgebook.domain import BookError

# Before this one, a reset of the write-ahead log at the wrong moment could damage the file.
OLDEST = (3, 51, 3)
WAIT_SECONDS = 30
_CHECKSUM_VFS = "cksmvfs"
_CHECKSUM_BYTES = 8
_RESERVED_AT = 20
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_WAL_PAGES = 1000


def has_checksums() -> bool:
    """Whether this installation can check every page that it reads."""
    if _CHECKSUM_VFS in apsw.vfs_names():
        return True
    try:
        loader = apsw.Connection(":memory:")
        try:
            # The extension makes itself the default for all connections of this process; ours name theirs.
            apsw.sqlite_extra.load(loader, "cksumvfs")
        finally:
            loader.close()
    except (apsw.Error, LookupError, OSError, apsw.sqlite_extra.NotAvailable):
        return False
    return _CHECKSUM_VFS in apsw.vfs_names()


def connect(path: Path) -> apsw.Connection:
    """A connection to the book at `path`, made where there is no file yet.

    Raises BookError for an SQLite that is too old, a file that is no database, and a file with checksums that this
    installation can't keep up.
    """
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if version < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise BookError("SQLite", f"version {apsw.sqlite_lib_version()}, which can damage books", f"Install {wanted}.")
    checked, is_new = has_checksums(), not path.exists() or path.stat().st_size == 0
    if not is_new:
        _check_header(path, checked=checked)
    with told(path):
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        db = apsw.Connection(str(path), flags=flags, vfs=_CHECKSUM_VFS if checked else None)
        try:
            db.set_busy_timeout(WAIT_SECONDS * 1000)
            if is_new and checked:
                db.reserve_bytes("main", _CHECKSUM_BYTES)
        except BaseException:
            db.close()
            raise
    return db


def prepare(db: apsw.Connection) -> None:
    """Makes a connection write as a book wants it. Changes the file: for what is known to be a book only."""
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA secure_delete=ON")
    db.wal_autocheckpoint(_WAL_PAGES)


def _check_header(path: Path, *, checked: bool) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise BookError(str(path), (error.strerror or "unreadable").lower(), "Ask for the right to read it.") from error
    if not header.startswith(_MAGIC):
        raise BookError(str(path), "no book (not an SQLite file)", "Name another with --db.")
    if len(header) > _RESERVED_AT and header[_RESERVED_AT] == _CHECKSUM_BYTES and not checked:
        raise BookError(
            str(path),
            "page checksums, which this installation of apsw can't keep",
            "Install apsw from its wheel, which brings cksumvfs.",
        )


def rows_of(db: apsw.Connection, statement: str, values: tuple[str | int, ...] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query. Their types are those of the table, which a type checker can't see."""
    return db.execute(statement, values).fetchall()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what SQLite raises into a BookError that says what happened and what would help."""
    try:
        yield
    except apsw.Error as error:
        seen, help_ = next(
            (words for kind, words in _WORDS.items() if isinstance(error, kind)), (str(error), "See the message.")
        )
        raise BookError(str(path), seen, help_) from error


_DAMAGED = "Run `pledgebook verify`, and restore a copy."
_WORDS: dict[type[apsw.Error], tuple[str, str]] = {
    apsw.BusyError: (f"in use by another program for more than {WAIT_SECONDS} s", "Try again when it has finished."),
    apsw.LockedError: ("in use by another program", "Try again when it has finished."),
    apsw.FullError: ("no room left on the disk; nothing was changed", "Make room, and run the command again."),
    apsw.ReadOnlyError: ("the file or its folder can't be written", "Ask for the right to write, or copy the book."),
    apsw.CantOpenError: ("the file can't be opened", "Look whether the folder exists and can be written."),
    apsw.CorruptError: ("damaged pages", _DAMAGED),
    apsw.NotADBError: ("damaged, or not a book", _DAMAGED),
    apsw.IOError: ("the disk failed, or a page is not what was written", _DAMAGED),
    apsw.PermissionsError: ("no right to use the file", "Ask for the right to read and write it."),
}
