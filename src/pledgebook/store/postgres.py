"""PostgreSQL as a book wants it: one writer at a time, words in the order of their characters, clear messages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from pledgebook.domain import BookError, UsageError
from pledgebook.store.cells import cells, plain_row
from pledgebook.store.engine import WAIT_SECONDS, Cell, Row

try:
    import psycopg
    from psycopg import sql
except ImportError as error:
    raise UsageError("--db", "a PostgreSQL address", "Run: pip install 'pledgebook[postgres]'.") from error

OLDEST = 15
_FETCH = 2000
# Text in the order of its code points, as SQLite has it, whatever the language of the database.
_TEXT = re.compile(r"\bTEXT\b")
_ROWID = re.compile(r"\s+WITHOUT ROWID\b")


class PostgresEngine:
    """An Engine (see engine.py) in the database at `address`, in the first schema of its search path."""

    dialect = "postgres"

    def __init__(self, address: str) -> None:
        self._address = address
        self.db = self._connected()

    @property
    def where(self) -> str:
        """The address without user and password."""
        parts = psycopg.conninfo.conninfo_to_dict(self._address)
        place = parts.get("host") or "localhost"
        return f"postgresql://{place}/{parts.get('dbname') or ''}"

    def run(self, statement: str, values: Sequence[Cell] = ()) -> None:
        """Runs a statement."""
        with self._told():
            self.db.execute(_translated(statement), cells(values))

    def run_many(self, statement: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Runs a statement for each of `rows`."""
        with self._told(), self.db.cursor() as cursor:
            cursor.executemany(_translated(statement), [cells(row) for row in rows])

    def script(self, statements: str) -> None:
        """Runs several statements."""
        with self._told():
            self.db.execute(_ROWID.sub("", _TEXT.sub('TEXT COLLATE "C"', statements)).encode())

    def rows(self, statement: str, values: Sequence[Cell] = ()) -> list[Row]:
        """All rows of a query."""
        with self._told():
            return [plain_row(row) for row in self.db.execute(_translated(statement), cells(values)).fetchall()]

    def each(self, statement: str, values: Sequence[Cell] = ()) -> Iterator[Row]:
        """The rows of a query, some thousands at a time."""
        with self._told(), self.db.cursor(name="pledgebook_each") as cursor:
            cursor.itersize = _FETCH
            cursor.execute(_translated(statement), cells(values))
            for row in cursor:
                yield plain_row(row)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One moment of the book."""
        with self._told():
            self._begin(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield
            finally:
                self._roll_back()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that nobody else who writes to this book can overlap."""
        with self._told():
            self._begin(b"BEGIN")
            try:
                self.db.execute("SELECT pg_advisory_xact_lock(hashtext('pledgebook'), hashtext(current_schema()))")
                yield
                self.db.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _begin(self, statement: bytes) -> None:
        try:
            self.db.execute(statement)
        except psycopg.OperationalError:
            # The server was started again, or let the connection go while nobody asked for anything.
            if not self.db.closed:
                raise
            self.db = self._connected()
            self.db.execute(statement)

    def _roll_back(self) -> None:
        if not self.db.closed and self.db.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            self.db.execute("ROLLBACK")

    def tables(self) -> set[str]:
        """The names of the tables."""
        return {str(row[0]) for row in self.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}

    def scrub(self) -> None:
        """Has the server drop what was deleted."""
        with self._told():
            for table in sorted(self.tables()):
                self.db.execute(sql.SQL("VACUUM {}").format(sql.Identifier(table)))

    def faults(self) -> Iterator[tuple[str, str]]:
        """Nothing that the server would tell: it watches over its own files."""
        yield from ()

    def described(self) -> str:
        """The version of the server."""
        checked = self.rows("SHOW data_checksums")[0][0] == "on"
        return f"PostgreSQL {self.rows('SHOW server_version')[0][0]}, " + (
            "checksum on every page" if checked else "no page checksums"
        )

    def size(self) -> int:
        """The bytes of the tables and their indexes."""
        found = self.rows(
            "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c"
            " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
        )
        return int(found[0][0])

    def close(self) -> None:
        """Lets go of the server."""
        self.db.close()

    def _connected(self) -> "psycopg.Connection[Row]":
        with self._told():
            db = psycopg.connect(self._address, autocommit=True, connect_timeout=WAIT_SECONDS)
            version = db.info.server_version // 10_000
            if version < OLDEST:
                db.close()
                raise BookError(self.where, f"PostgreSQL {version}", f"Use version {OLDEST} or newer.")
            db.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
            db.execute("SET client_encoding = 'UTF8'")
            db.execute("SET synchronous_commit = on")
        return db

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what the server says into a BookError that says what happened and what would help."""
        try:
            yield
        except psycopg.Error as error:
            seen, help_ = next(
                (words for kind, words in _WORDS.items() if isinstance(error, kind)),
                (_first_line(error), "See the message, and the server's log."),
            )
            if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
                seen, help_ = f"no connection ({_first_line(error)})", "Look whether the server runs, and try again."
            raise BookError(self.where, seen, help_) from error


@lru_cache(maxsize=500)
def _translated(statement: str) -> bytes:
    return statement.replace("%", "%%").replace("?", "%s").encode()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


_WORDS: dict[type[psycopg.Error], tuple[str, str]] = {
    psycopg.errors.LockNotAvailable: (
        f"in use by another program for more than {WAIT_SECONDS} s",
        "Try again when it has finished.",
    ),
    psycopg.errors.DiskFull: ("no room left on the server's disk; nothing was changed", "Make room, and try again."),
    psycopg.errors.InsufficientPrivilege: ("no right to do that", "Ask for the right to read and write the schema."),
    psycopg.errors.ReadOnlySqlTransaction: ("a server that only reads", "Name the one that is written to."),
    psycopg.errors.AdminShutdown: ("the server was shut down; nothing was changed", "Try again when it runs."),
}
