"""SQLite as a book wants it: new enough, checked page by page, waiting its turn, and clear about what went wrong."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import apsw
import apsw.sqlite_extra

from pledgebook.domain import BookError
from pledgebook.store.cells import cells, plain_row
from pledgebook.store.engine import WAIT_SECONDS, Cell, Row

# Before this one, a reset of the write-ahead log at the wrong moment could damage the file.
OLDEST = (3, 51, 3)
_CHECKSUM_VFS = "cksmvfs"
_CHECKSUM_BYTES = 8
_RESERVED_AT = 20
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_WAL_PAGES = 1000
_WAL_BYTES = 16_000_000
_CACHE_KIB = 64_000
# How long is waited between two looks whether a book is free, in seconds.
_PAUSES = (0.001, 0.003, 0.007, 0.012, 0.005, 0.002, 0.009)


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


def connect(path: Path, *, vfs: str | None = None) -> apsw.Connection:
    """A connection to the book at `path`, made where there is no file yet; `vfs` names another way to the disk.

    Raises BookError for an SQLite that is too old, a file that is no database, and a file with checksums that this
    installation can't keep up.
    """
    check_version(apsw.sqlite_lib_version())
    checked, is_new = has_checksums(), not path.exists() or path.stat().st_size == 0
    if not is_new:
        _check_header(path, checked=checked)
    with told(path):
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        db = apsw.Connection(str(path), flags=flags, vfs=vfs or (_CHECKSUM_VFS if checked else None))
        try:
            db.set_busy_handler(_Turn())
            if is_new and checked:
                db.reserve_bytes("main", _CHECKSUM_BYTES)
        except BaseException:
            db.close()
            raise
    return db


class _Turn:
    """Waits until the book is free, looking often.

    SQLite's own way looks ten times a second, and whoever comes in between goes before all who wait.
    """

    def __init__(self) -> None:
        self._waited = 0.0

    def __call__(self, looks: int) -> bool:
        """Whether to look again, a little later; False when it has taken too long."""
        self._waited = 0.0 if looks == 0 else self._waited
        # Of several who wait none is always a moment late: each pause has a length of its own.
        pause = _PAUSES[(looks + id(self) // 64) % len(_PAUSES)]
        if self._waited >= WAIT_SECONDS:
            return False
        sleep(pause)
        self._waited += pause
        return True


def check_version(found: str) -> None:
    """Raises BookError for an SQLite that can damage books.

    >>> check_version("3.40.1")
    Traceback (most recent call last):
    pledgebook.domain.errors.BookError: SQLite: version 3.40.1, which can damage books. Install apsw 3.51.3 or newer.
    """
    if tuple(int(part) for part in found.split(".")) < OLDEST:
        raise BookError(
            "SQLite", f"version {found}, which can damage books", f"Install apsw {'.'.join(map(str, OLDEST))} or newer."
        )


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


class SqliteEngine:
    """An Engine (see engine.py) on the file `path`."""

    dialect = "sqlite"

    def __init__(self, path: Path, *, vfs: str | None = None) -> None:
        self.path = path
        self.db = connect(path, vfs=vfs)

    @property
    def where(self) -> str:
        """The path."""
        return str(self.path)

    def prepare(self) -> None:
        """Makes the connection write as a book wants it. Changes the file: for what is known to be a book only."""
        with told(self.path):
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=FULL")
            self.db.execute("PRAGMA foreign_keys=ON")
            self.db.execute("PRAGMA secure_delete=ON")
            self.db.execute(f"PRAGMA journal_size_limit={_WAL_BYTES}")
            self.db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            self.db.wal_autocheckpoint(_WAL_PAGES)

    def run(self, statement: str, values: Sequence[Cell] = ()) -> None:
        """Runs a statement."""
        with told(self.path):
            self.db.execute(statement, cells(values))

    def run_many(self, statement: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Runs a statement for each of `rows`."""
        with told(self.path):
            self.db.executemany(statement, map(cells, rows))

    def script(self, statements: str) -> None:
        """Runs several statements."""
        with told(self.path):
            self.db.execute(statements)

    def rows(self, statement: str, values: Sequence[Cell] = ()) -> list[Row]:
        """All rows of a query."""
        with told(self.path):
            return [plain_row(row) for row in self.db.execute(statement, cells(values))]

    def each(self, statement: str, values: Sequence[Cell] = ()) -> Iterator[Row]:
        """The rows of a query, one after the other."""
        with told(self.path):
            for row in self.db.execute(statement, cells(values)):
                yield plain_row(row)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One moment of the book."""
        with told(self.path):
            self.db.execute("BEGIN")
            try:
                yield
            finally:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that has the right to write from its first statement: a later one could be refused it."""
        with told(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def tables(self) -> set[str]:
        """The names of the tables."""
        return {str(row[0]) for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def scrub(self) -> None:
        """Empties the write-ahead log: deleted rows are overwritten in the file, but words would live on in the log."""
        with told(self.path):
            self.db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def faults(self) -> Iterator[tuple[str, str]]:
        """What SQLite finds when it looks through the file page by page, row by row."""
        for (line,) in self.rows("PRAGMA integrity_check"):
            if line != "ok":
                yield "the file", str(line)
        for table, row, other, _ in self.rows("PRAGMA foreign_key_check"):
            yield f"{table}, row {row}", f"names something that is not in {other}"

    def described(self) -> str:
        """The version of SQLite and whether it checks its pages."""
        checked = self.db.open_vfs == _CHECKSUM_VFS
        return f"SQLite {apsw.sqlite_lib_version()}, " + ("checksum on every page" if checked else "no page checksums")

    def size(self) -> int:
        """The bytes of the file and its log."""
        found = (Path(f"{self.path}{end}") for end in ("", "-wal"))
        return sum(file.stat().st_size for file in found if file.exists())

    def close(self) -> None:
        """Lets go of the file."""
        with told(self.path):
            self.db.close()


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
    except MemoryError as error:
        raise BookError(str(path), "no memory left; nothing was changed", "Give the program more memory.") from error


_DAMAGED = "Run `pledgebook verify`, and restore a copy."
_WORDS: dict[type[apsw.Error], tuple[str, str]] = {
    apsw.BusyError: (f"in use by another program for more than {WAIT_SECONDS} s", "Try again when it has finished."),
    apsw.LockedError: ("in use by another program", "Try again when it has finished."),
    apsw.FullError: ("no room left on the disk; nothing was changed", "Make room, and run the command again."),
    apsw.NoMemError: ("no memory left; nothing was changed", "Give the program more memory."),
    apsw.ReadOnlyError: ("the file or its folder can't be written", "Ask for the right to write, or copy the book."),
    apsw.CantOpenError: ("the file can't be opened", "Look whether the folder exists and can be written."),
    apsw.CorruptError: ("damaged pages", _DAMAGED),
    apsw.NotADBError: ("damaged, or not a book", _DAMAGED),
    apsw.IOError: ("the disk failed, or a page is not what was written", _DAMAGED),
    apsw.PermissionsError: ("no right to use the file", "Ask for the right to read and write it."),
}
