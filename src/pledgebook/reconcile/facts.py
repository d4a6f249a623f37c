"""What tellings say, in columns: made ready to be compared by the million."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.hashes import mix
from pledgebook.reconcile.interned import Ints
from pledgebook.reconcile.names import Names
from pledgebook.reconcile.table import Table


@dataclass(eq=False)
class Facts:
    """What tellings say, a row each: `rows`, with `sums` and `things` in order of the rows they belong to."""

    names: Names
    rows: Table
    sums: Table
    things: Table

    def __post_init__(self) -> None:
        self.sum_start = _starts(self.rows["sums"])
        self.thing_start = _starts(self.rows["things"])

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def size(self) -> NDArray[np.float64]:
        """The first sum of each row in the common currency, 0 where none is told or no rate is known."""
        found = np.zeros(len(self))
        has = np.flatnonzero(self.rows["sums"] > 0)
        found[has] = np.nan_to_num(self.sums["common"][self.sum_start[has]])
        return found

    def take(self, positions: Ints) -> "Facts":
        """The rows at these positions, in that order."""
        sums = expand(self.sum_start[positions], self.rows["sums"][positions])[1]
        things = expand(self.thing_start[positions], self.rows["things"][positions])[1]
        return Facts(self.names, self.rows.take(positions), self.sums.take(sums), self.things.take(things))

    def joined(self, *others: "Facts") -> "Facts":
        """These rows and those of the others, which have the same names."""
        if not others:
            return self
        return Facts(
            self.names,
            self.rows.joined(*(it.rows for it in others)),
            self.sums.joined(*(it.sums for it in others)),
            self.things.joined(*(it.things for it in others)),
        )


def _starts(counts: NDArray[np.uint8]) -> Ints:
    found = np.zeros(len(counts), np.int64)
    np.cumsum(counts[:-1], out=found[1:], dtype=np.int64)
    return found


def expand(starts: Ints, counts: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """For slices of a long column the number of the slice and the position in the column, item by item.

    >>> [it.tolist() for it in expand(np.array([5, 9]), np.array([2, 1]))]
    [[0, 0, 1], [5, 6, 9]]
    """
    counts = counts.astype(np.int64)
    owner = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - first[owner] + starts[owner]


def day_of(facts: Facts) -> Ints:
    """The day that each row stands under: that of the announcement, else the last on which it can have been."""
    rows = facts.rows
    day = np.where(rows["announced"][:, 0] > 0, rows["announced"][:, 0], rows["fresh"][:, 0])
    return np.where(day > 0, day, rows["before"]).astype(np.int64)


def said(facts: Facts) -> NDArray[np.uint64]:
    """For each row what follows from all that is compared, whoever said it: equal for equal rows, and only for those.

    64 bits: of a million different rows two are taken for one once in forty million books.
    """
    rows, names = facts.rows, facts.names
    words = names.hashes
    found = mix(np.full(len(rows), 1, np.uint64), names.set_hashes.take(rows["investors"]))
    known = np.flatnonzero(rows["ids"])
    found[known] = mix(found[known], names.set_hashes.take(rows["ids"][known]))
    recipients = np.where(rows["recipient"] < 0, np.uint64(0), words[np.maximum(rows["recipient"], 0)])
    found = mix(found, recipients) if len(words) else found
    found = mix(found, names.set_hashes.take(rows["destinations"]))
    found = mix(found, names.set_hashes.take(rows["places"]))
    days = np.concatenate([rows["announced"], rows["fresh"]], axis=1)
    for column in (*days.T, rows["before"], rows["end"], rows["purposes"], rows["sort"]):
        found = mix(found, column.astype(np.int64).view(np.uint64))
    flags = rows["is_total"] * 2 + rows["is_report_day"]
    found = mix(found, flags.astype(np.uint64))
    found = _with_items(found, facts.sum_start, rows["sums"], facts.sums)
    return _with_items(found, facts.thing_start, rows["things"], facts.things)


def _with_items(found: NDArray[np.uint64], starts: Ints, counts: NDArray[np.uint8], items: Table) -> NDArray[np.uint64]:
    found = mix(found, counts.astype(np.uint64))
    for n in range(int(counts.max(initial=0))):
        has = np.flatnonzero(counts > n)
        for column in items.take(starts[has] + n).columns():
            whole = column.view(np.uint64) if column.dtype == np.float64 else column.astype(np.int64).view(np.uint64)
            found[has] = mix(found[has], whole)
    return found
