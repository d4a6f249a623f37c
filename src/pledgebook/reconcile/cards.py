"""Rows filed under their keys, so that one more row finds those that it is to be compared with."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from pledgebook.reconcile.block import CROWD, WINDOW, Filed, file, sort
from pledgebook.reconcile.facts import Facts, day_of
from pledgebook.reconcile.hashes import Hashes
from pledgebook.reconcile.interned import Ints

_Place = tuple[int, int, int]


class Cards:
    """All keys of a book's rows, kind by kind, each with its rows in the order of their days."""

    def __init__(self, facts: Facts, content: Hashes) -> None:
        self._filed = [sort(filed) for filed in file(facts)]
        self._day, self._content = day_of(facts), content
        self._new: dict[tuple[int, int], list[_Place]] = {}
        self._new_places: list[_Place] = []
        self._new_ranks = list[int]()
        self._new_lacks: list[list[bool]] = []

    def place(self, row: int) -> _Place:
        """Where a row stands among others: its day, what it says, its number."""
        known = len(self._content)
        return (int(self._day[row]), int(self._content[row]), row) if row < known else self._new_places[row - known]

    def places(self, rows: Ints) -> tuple[Ints, Hashes]:
        """Where rows stand among others: their days and what they say."""
        known = len(self._content)
        first, later = rows[rows < known], [self._new_places[row - known] for row in rows[rows >= known].tolist()]
        day, content = np.empty(len(rows), np.int64), np.empty(len(rows), np.uint64)
        for column, of, n in ((day, self._day, 0), (content, self._content, 1)):
            column[rows < known] = of.take(first)
            column[rows >= known] = [it[n] for it in later]
        return day, content

    def add(self, facts: Facts, content: int) -> tuple[set[int], set[tuple[int, int]]]:
        """Files one more row: the rows that it is to be compared with, and pairs that it came between."""
        row = len(self._content) + len(self._new_places)
        day = int(day_of(facts)[0])
        self._new_places.append((day, content, row))
        start, end = np.searchsorted(self._day, (day, day + 1)).tolist()
        self._new_ranks.append(start + int(np.searchsorted(self._content[start:end], np.uint64(content))))
        filed = list(file(facts))
        self._new_lacks.append([it.lacks is None or bool(it.lacks[0]) for it in filed])
        near: set[int] = set()
        parted: set[tuple[int, int]] = set()
        for kind, it in enumerate(filed):
            for key in set(it.key.tolist()):
                insort(self._new.setdefault((kind, key), []), self.place(row))
                near |= {other for other in self._around(kind, key, row) if self._asked(kind, row, other)}
                parted |= set(self._parted(kind, key, row))
        return near, parted

    def apart(self, pairs: Sequence[tuple[int, int]], facts_of: Callable[[Sequence[int]], Facts]) -> list[bool]:
        """For pairs of rows whether they stand near each other under no key."""
        rows = sorted({row for pair in pairs for row in pair})
        filed = list(file(facts_of(rows))) if rows else []
        found = []
        keys = [{row: set(it.key[it.row == n].tolist()) for n, row in enumerate(rows)} for it in filed]
        for one, other in pairs:
            found.append(
                not any(
                    other in self._around(kind, key, one)
                    for kind in range(len(filed))
                    if self._asked(kind, one, other)
                    for key in keys[kind][one] & keys[kind][other]
                )
            )
        return found

    def _asked(self, kind: int, one: int, other: int) -> bool:
        return self._lacks(kind, one) or self._lacks(kind, other)

    def _lacks(self, kind: int, row: int) -> bool:
        known = len(self._content)
        if row >= known:
            return self._new_lacks[row - known][kind]
        lacks = self._filed[kind].lacks
        return lacks is None or bool(lacks[row])

    def _block(self, kind: int, key: int) -> tuple[Filed, int, int, list[_Place]]:
        filed = self._filed[kind]
        ends = np.searchsorted(filed.key, np.array([key, key + 1], np.uint64))
        return filed, int(ends[0]), int(ends[1]), self._new.get((kind, key), [])

    def _sides(self, kind: int, key: int, row: int, reach: int) -> tuple[list[int], list[int], int]:
        """The rows before (the nearest first) and after a row, at most `reach` each, and how many there are in all."""
        filed, start, end, new = self._block(kind, key)
        size = end - start + len(new)
        # The first rows are numbered in the order of their places.
        at = start + int(np.searchsorted(filed.row[start:end], self._rank(row)))
        local: list[int] = filed.row[max(start, at - reach) : min(end, at + reach + 1)].tolist()
        done = 0
        for _, _, other in new:
            until = bisect_left(local, self._rank(other), done)
            local.insert(until, other)
            done = until + 1
        position = local.index(row)
        return local[max(0, position - reach) : position][::-1], local[position + 1 : position + 1 + reach], size

    def _rank(self, row: int) -> int:
        """How many of the first rows stand before a row."""
        known = len(self._content)
        return row if row < known else self._new_ranks[row - known]

    def _around(self, kind: int, key: int, row: int) -> list[int]:
        before, after, size = self._sides(kind, key, row, CROWD)
        reach = CROWD if size <= CROWD else WINDOW
        return before[:reach] + after[:reach]

    def _parted(self, kind: int, key: int, row: int) -> Iterator[tuple[int, int]]:
        before, after, size = self._sides(kind, key, row, CROWD)
        if size == CROWD + 1:
            # A block has become a crowd: all that are not near each other are let go.
            ordered = [*before[::-1], row, *after]
            yield from (
                (ordered[n], ordered[m])
                for n, m in combinations(range(len(ordered)), 2)
                if m - n > WINDOW and row not in (ordered[n], ordered[m])
            )
        elif size > CROWD + 1:
            for n in range(WINDOW):
                if n < len(before) and WINDOW - 1 - n < len(after):
                    yield before[n], after[WINDOW - 1 - n]
