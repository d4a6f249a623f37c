"""A sequence of things that is also a table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from pledgebook.domain import UsageError
from pledgebook.rows.arrow import arrow_batches, arrow_schema, load_arrow
from pledgebook.rows.chart import Chart
from pledgebook.rows.fields import Cell, Field
from pledgebook.rows.html import html_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

T = TypeVar("T")
Draw = Callable[[Sequence[T]], dict[str, Any]]


class Rows(Generic[T]):
    """Entries, tallies, changes or claims: a sequence of the things themselves, and a table of typed columns.

    It has a length, can be indexed, sliced and iterated over, but is deliberately no `collections.abc.Sequence`:
    polars looks for one before it looks for Arrow, and would take the things apart by their own fields.

    Whatever reads Arrow's stream protocol reads it as it is: `polars.DataFrame(rows)`, `pyarrow.table(rows)`,
    `pandas.DataFrame.from_arrow(rows)`, `duckdb.sql("SELECT ... FROM rows")`. Money comes out as decimals, days as
    days, lists as lists. A notebook shows it as a table; `chart()` draws it.

    >>> from pledgebook.rows import Field, Rows, Type
    >>> words = Rows("words", ("Spain", "France"), (Field("length", Type.WHOLE, "letters", len),))
    >>> words[0], len(words), words.records()
    ('Spain', 2, [{'length': 5}, {'length': 6}])
    """

    __slots__ = ("_draw", "fields", "name", "snapshot", "things")

    def __init__(
        self,
        name: str,
        things: Iterable[T],
        fields: tuple[Field[T], ...],
        *,
        draw: "Draw[T] | None" = None,
        snapshot: str = "",
    ) -> None:
        """Takes what the rows are called, the things, their columns, how they are drawn, and the book's last hash."""
        self.name, self.things, self.fields, self.snapshot = name, tuple(things), fields, snapshot
        self._draw = draw

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> "Rows[T]": ...

    def __getitem__(self, index: int | slice) -> "T | Rows[T]":
        if isinstance(index, slice):
            return Rows(self.name, self.things[index], self.fields, draw=self._draw, snapshot=self.snapshot)
        return self.things[index]

    def __len__(self) -> int:
        return len(self.things)

    def __iter__(self) -> Iterator[T]:
        return iter(self.things)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.name}: {', '.join(self.columns)}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows):
            return NotImplemented
        return (self.name, self.things) == (other.name, other.things)

    def __hash__(self) -> int:
        return hash((self.name, len(self.things)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)

    def column(self, name: str) -> list[Cell]:
        """One column, from top to bottom. Raises UsageError where there is none of that name."""
        for field in self.fields:
            if field.name == name:
                return [field.read(thing) for thing in self.things]
        raise UsageError(self.name, f"no column {name!r}", f"There are {', '.join(self.columns)}.")

    def records(self) -> list[dict[str, Cell]]:
        """Each row as a dictionary from column to value."""
        return [{field.name: field.read(thing) for field in self.fields} for thing in self.things]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> "pa.Table":
        """A pyarrow Table."""
        pa = load_arrow()
        metadata = {"pledgebook.rows": self.name, "pledgebook.snapshot": self.snapshot}
        schema = arrow_schema(self.fields, metadata)
        return pa.Table.from_batches(list(arrow_batches(self.things, self.fields, schema)), schema=schema)

    def to_polars(self) -> "pl.DataFrame":
        """A polars DataFrame."""
        try:
            import polars as pl  # noqa: PLC0415 - only who asks for it has it
        except ImportError as error:
            raise UsageError("to_polars", "polars, which is not installed", "pip install polars") from error
        return pl.DataFrame(self.to_arrow())

    def to_pandas(self) -> "pd.DataFrame":
        """A pandas DataFrame with Arrow types, so that money stays exact and days stay days."""
        try:
            import pandas as pd  # noqa: PLC0415 - only who asks for it has it
        except ImportError as error:
            raise UsageError("to_pandas", "pandas, which is not installed", "pip install pandas") from error
        return self.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)

    def chart(self) -> Chart:
        """A picture of the rows. Raises UsageError for rows that have none."""
        if self._draw is None:
            raise UsageError(self.name, "rows that have no picture", "Use to_pandas() and draw them yourself.")
        return Chart(self._draw(self.things))

    def _repr_html_(self) -> str:
        return html_table(self.name, self.fields, self.things, self.snapshot)
