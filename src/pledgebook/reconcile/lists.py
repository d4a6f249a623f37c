"""Columns and lists of numbers, of a million of which a few change."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.facts import expand
from pledgebook.reconcile.interned import Ints, Whole
from pledgebook.reconcile.ordering import order_of


class Grown:
    """A column to which numbers can be added.

    >>> grown = Grown(np.array([3, 4]))
    >>> grown.append(5), grown.values.tolist()
    (None, [3, 4, 5])
    """

    def __init__(self, values: NDArray[Any]) -> None:
        self._length = len(values)
        self._values = self._with_room(values)

    @staticmethod
    def _with_room(values: NDArray[Any]) -> NDArray[Any]:
        # What is never written takes no memory.
        found = np.empty(2 * len(values) + 64, values.dtype)
        found[: len(values)] = values
        return found

    @property
    def values(self) -> NDArray[Any]:
        """All of them; what is written here stays."""
        return self._values[: self._length]

    def append(self, value: float) -> None:
        """Adds one at the end."""
        if self._length == len(self._values):
            self._values = self._with_room(self._values)
        self._values[self._length] = value
        self._length += 1


class Lists:
    """For each number below `count` the positions at which it stands in `of`; single lists can be replaced.

    >>> lists = Lists(np.array([1, 0, 1]), 2)
    >>> lists[1], lists.append(1, 9), lists[1], lists[7]
    ([0, 2], None, [0, 2, 9], [])
    >>> [it.tolist() for it in lists.many(np.array([1, 7, 0]))]
    [[0, 0, 0, 2], [0, 2, 9, 1]]
    """

    def __init__(self, of: Whole, count: int) -> None:
        self._order = order_of(of).astype(np.int32)
        self._start = np.append(0, np.cumsum(np.bincount(of, minlength=count))).astype(np.int32)
        self._changed: dict[int, list[int]] = {}

    def __getitem__(self, number: int) -> list[int]:
        found = self._changed.get(number)
        if found is not None:
            return found
        if number + 1 >= len(self._start):
            return []
        listed: list[int] = self._order[self._start[number] : self._start[number + 1]].tolist()
        return listed

    def many(self, numbers: Ints) -> tuple[Ints, Ints]:
        """For each position in the lists of these numbers which of them it belongs to, and the position."""
        later = numbers + 1 >= len(self._start)
        if not (self._changed or later.any()):
            start = self._start.take(numbers).astype(np.int64)
            owner, position = expand(start, self._start.take(numbers + 1) - start)
            return owner, self._order.take(position).astype(np.int64)
        told = numbers.tolist()
        changed = [
            n
            for n, (number, new) in enumerate(zip(told, later.tolist(), strict=True))
            if new or number in self._changed
        ]
        known = np.ones(len(told), np.bool_)
        known[changed] = False
        kept = np.flatnonzero(known)
        start = self._start.take(numbers[kept]).astype(np.int64)
        owner, position = expand(start, self._start.take(numbers[kept] + 1) - start)
        owners, positions = [kept.take(owner)], [self._order.take(position).astype(np.int64)]
        for n in changed:
            listed = self[told[n]]
            owners.append(np.full(len(listed), n))
            positions.append(np.array(listed, np.int64))
        order = order_of(together := np.concatenate(owners))
        return together.take(order), np.concatenate(positions).take(order)

    def append(self, number: int, position: int) -> None:
        """Adds to one of the lists."""
        self._changed[number] = [*self[number], position]

    def replace(self, number: int, positions: Sequence[int]) -> None:
        """Makes one of the lists anew."""
        self._changed[number] = list(positions)
