"""What a book needs of a database: statements, moments of reading, and one writer at a time."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Cell = str | int | None
Row = tuple[Any, ...]
# A cell that begins with this is JSON: it holds what a database does not take as it is (zero bytes, lone surrogates).
ESCAPE = "\x01"
WAIT_SECONDS = 30
# How many values are asked for in one statement.
AT_ONCE = 400


class Engine(Protocol):
    """A database that keeps a book.

    Statements are written once, with `?` for values; what they raise is a BookError that says what would help.
    """

    @property
    def where(self) -> str:
        """The name of the book, as people gave it, without passwords."""

    @property
    def dialect(self) -> str:
        """Which lines of a migration it takes: those for "sqlite" or those for "postgres"."""

    def run(self, statement: str, values: Sequence[Cell] = ()) -> None:
        """Runs a statement."""

    def run_many(self, statement: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Runs a statement for each of `rows`."""

    def script(self, statements: str) -> None:
        """Runs the statements of a migration."""

    def rows(self, statement: str, values: Sequence[Cell] = ()) -> list[Row]:
        """All rows of a query."""

    def each(self, statement: str, values: Sequence[Cell] = ()) -> Iterator[Row]:
        """The rows of a query, a few at a time. The moment of reading or writing has to last as long."""

    def reading(self) -> AbstractContextManager[None]:
        """One moment of the book, let go of at the end."""

    def writing(self) -> AbstractContextManager[None]:
        """One transaction, alone from its first statement on: whole at the end, or it has not happened."""

    def tables(self) -> set[str]:
        """The names of the tables that are there."""

    def scrub(self) -> None:
        """Sees to it that what was deleted can be found nowhere in the files any more."""

    def faults(self) -> Iterator[tuple[str, str]]:
        """Where and how the database itself finds its files damaged."""

    def described(self) -> str:
        """What keeps the book, for people."""

    def size(self) -> int:
        """How many bytes the book takes."""

    def close(self) -> None:
        """Lets go of the file or the server."""


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """`values`, as many at a time as one statement asks for."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def marks(count: int) -> str:
    """So many places for values.

    >>> marks(3)
    '?, ?, ?'
    """
    return ", ".join("?" * count)


def present(engine: Engine, table: str, column: str, values: Iterable[str]) -> set[str]:
    """Those of `values` that a column has."""
    wanted = sorted(set(values))
    found: set[str] = set()
    for few in chunks(wanted):
        statement = f"SELECT {column} FROM {table} WHERE {column} IN ({marks(len(few))})"  # noqa: S608 - our own names
        found.update(str(row[0]) for row in engine.rows(statement, few))
    return found


def insert(engine: Engine, table: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Adds rows to a table; those whose key it has already stay as they are."""
    if rows:
        engine.run_many(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(len(columns))}) ON CONFLICT DO NOTHING",  # noqa: S608 - our own names
            rows,
        )
