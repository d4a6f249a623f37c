"""Tables in a text: rows of cells, parted by bars."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pledgebook.domain import Span

_BAR = re.compile(r" {1,2}\| {1,2}")
_OPENS_WITH_NUMBER = re.compile(r"\W*\d")
TAIL = re.compile(r"\s*[(（\[].*$")
"""What stands in brackets at the end of a cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below one another; `head` are the cells that say what the columns hold, if there are any."""

    head: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: `who` is the cell in the column that names companies and other bodies, if there is one.

    `table` counts the tables of a text; `is_given` where the head of that column says that they are given the sums.
    """

    cells: tuple[Span, ...]
    head: tuple[Span, ...] = ()
    who: Span | None = None
    table: int = 0
    is_given: bool = False

    @property
    def span(self) -> Span:
        """From its first cell to its last."""
        return Span(self.cells[0].start, self.cells[-1].end)

    def column_at(self, offset: int) -> int:
        """The index of the column in which an offset of the row stands."""
        return next((n for n, cell in enumerate(self.cells) if offset < cell.end), len(self.cells) - 1)

    def head_at(self, offset: int) -> Span | None:
        """The head of the column in which an offset of the row stands, None where it has none."""
        return self.head[self.column_at(offset)] if self.head else None


def find_tables(text: str) -> list[Table]:
    r"""The tables of `text`: lines of as many cells, parted by bars, below one another.

    >>> [table] = find_tables("Who | Sum (€m)\nAcme | 120\nBolt | 80")
    >>> len(table.rows), table.head[1].of("Who | Sum (€m)")
    (2, 'Sum (€m)')
    """
    if " | " not in text:
        return []
    tables = []
    for count, lines in groupby(_lines(text), key=len):
        rows = list(lines)
        if count < 2 or len(rows) < 2:
            continue
        has_head = not any(_OPENS_WITH_NUMBER.match(text, cell.start, cell.end) for cell in rows[0])
        tables.append(Table(rows[0] if has_head else (), tuple(rows[1:] if has_head else rows)))
    return tables


def _lines(text: str) -> Iterator[tuple[Span, ...]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield tuple(_cells(line, start))
        start += len(line) + 1


def _cells(line: str, start: int) -> Iterator[Span]:
    at = 0
    for bar in [*_BAR.finditer(line), None]:
        end = bar.start() if bar is not None else len(line)
        words = line[at:end]
        first = at + len(words) - len(words.lstrip())
        yield Span(start + first, start + max(first, at + len(words.rstrip())))
        at = bar.end() if bar is not None else end
