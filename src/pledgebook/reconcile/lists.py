"""Lists of numbers, one for each of a million others, of which a few change."""

from collections.abc import Sequence

import numpy as np

from pledgebook.reconcile.interned import Whole


class Lists:
    """For each number below `count` the positions at which it stands in `of`; single lists can be replaced.

    >>> lists = Lists(np.array([1, 0, 1]), 2)
    >>> lists[1], lists.append(1, 9), lists[1], lists[7]
    ([0, 2], None, [0, 2, 9], [])
    """

    def __init__(self, of: Whole, count: int) -> None:
        self._order = np.argsort(of, kind="stable").astype(np.int32)
        self._start = np.searchsorted(of[self._order], np.arange(count + 1)).astype(np.int32)
        self._changed: dict[int, list[int]] = {}

    def __getitem__(self, number: int) -> list[int]:
        found = self._changed.get(number)
        if found is not None:
            return found
        if number + 1 >= len(self._start):
            return []
        return [int(position) for position in self._order[self._start[number] : self._start[number + 1]]]

    def append(self, number: int, position: int) -> None:
        """Adds to one of the lists."""
        self._changed[number] = [*self[number], position]

    def replace(self, number: int, positions: Sequence[int]) -> None:
        """Makes one of the lists anew."""
        self._changed[number] = list(positions)
