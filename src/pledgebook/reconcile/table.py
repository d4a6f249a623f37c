"""Columns of numbers of one length: a row each of what is to be compared."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.interned import Ints

Column = NDArray[Any]


class Table:
    """Columns by name.

    >>> table = Table({"n": np.array([1, 3]), "x": np.array([2.0, 4.0])})
    >>> table["x"].tolist(), len(table), table.take(np.array([1]))["n"].tolist()
    ([2.0, 4.0], 2, [3])
    """

    __slots__ = ("_columns", "_length")

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = dict(columns)
        self._length = len(next(iter(self._columns.values())))

    def __getitem__(self, name: str) -> Column:
        return self._columns[name]

    def __len__(self) -> int:
        return self._length

    def take(self, rows: Ints) -> "Table":
        """Some of the rows, by their positions."""
        return Table({name: column.take(rows, axis=0) for name, column in self._columns.items()})

    def joined(self, *others: "Table") -> "Table":
        """These rows, then those of the others."""
        return Table({name: np.concatenate([it[name] for it in (self, *others)]) for name in self._columns})

    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order in which they were given."""
        return tuple(self._columns.values())
