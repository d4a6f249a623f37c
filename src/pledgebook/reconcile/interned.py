"""Small sets with a number each, so that millions of pairs of them can be compared at once."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Whole = Ints | Small
Bools = NDArray[np.bool_]

# Sets of up to so many members are compared side by side; the few larger ones one by one.
WIDTH = 4


class Interned:
    """Words with a number each, in the order in which they were met: what a word is for, and how it is written."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, what: str, word: str) -> int:
        """The number of a word, a new one where it has not been met."""
        return self._numbers.setdefault((what, word), len(self._numbers))

    def known(self, what: str, word: str) -> int:
        """The number of a word, -1 where it has not been met."""
        return self._numbers.get((what, word), -1)

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """All words, in the order of their numbers."""
        return tuple(self._numbers)


class Sets:
    """Sets of numbers with a number each; 0 is the empty one."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[int], int] = {frozenset(): 0}
        self._members: list[frozenset[int]] = [frozenset()]
        self._rows: NDArray[np.int32] = np.full((1, WIDTH), -1, np.int32)
        self._sizes: NDArray[np.int32] = np.zeros(1, np.int32)

    def number(self, members: Iterable[int]) -> int:
        """The number of the set of these members.

        >>> sets = Sets()
        >>> sets.number([]), sets.number([3, 5]), sets.number([5, 3, 3])
        (0, 1, 1)
        """
        key = frozenset(members)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self._members)
            self._members.append(key)
        return found

    def members(self, number: int) -> frozenset[int]:
        """What the set of that number holds."""
        return self._members[number]

    def __len__(self) -> int:
        return len(self._members)

    def _table(self) -> None:
        known = len(self._rows)
        if known == len(self._members):
            return
        rows = np.full((len(self._members) - known, WIDTH), -1, np.int32)
        sizes = np.empty(len(rows), np.int32)
        for n, members in enumerate(self._members[known:]):
            sizes[n] = len(members)
            if len(members) <= WIDTH:
                rows[n, : len(members)] = sorted(members)
        self._rows, self._sizes = np.concatenate([self._rows, rows]), np.concatenate([self._sizes, sizes])

    @property
    def rows(self) -> NDArray[np.int32]:
        """The members of each set side by side, -1 where there are no more; all -1 of a set that is too wide."""
        self._table()
        return self._rows

    @property
    def sizes(self) -> NDArray[np.int32]:
        """How many members each set has."""
        self._table()
        return self._sizes

    def incidence(self, numbers: Ints) -> tuple[Ints, Ints]:
        """For each member of each of these sets the position of the set in `numbers`, and the member."""
        sizes = self.sizes[numbers]
        wide = np.flatnonzero(sizes > WIDTH)
        members = self.rows[numbers]
        where, column = np.nonzero(members >= 0)
        found = members[where, column].astype(np.int64)
        if len(wide):
            more = [(position, member) for position in wide for member in sorted(self._members[numbers[position]])]
            where = np.concatenate([where, np.array([it[0] for it in more], np.int64)])
            found = np.concatenate([found, np.array([it[1] for it in more], np.int64)])
        return where.astype(np.int64), found

    def shared(self, here: Ints, there: Ints) -> NDArray[np.int32]:
        """How many members two sets have in common, for each pair of numbers.

        >>> sets = Sets()
        >>> one, other = sets.number([1, 2, 3]), sets.number(range(2, 9))
        >>> sets.shared(np.array([one, one]), np.array([other, 0])).tolist()
        [2, 0]
        """
        rows, sizes = self.rows, self.sizes
        found = np.zeros(len(here), np.int32)
        left, right = rows[here], rows[there]
        for n in range(WIDTH):
            column = left[:, n]
            told = column >= 0
            if not told.any():
                break
            for m in range(WIDTH):
                found += told & (column == right[:, m])
        wide = np.flatnonzero((sizes[here] > WIDTH) | (sizes[there] > WIDTH))
        for position in wide:
            found[position] = len(self._members[here[position]] & self._members[there[position]])
        return found
