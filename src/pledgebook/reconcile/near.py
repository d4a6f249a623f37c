"""Which nodes may be one with which: edges by their ends, to which more can be added and which can be let go."""

from collections.abc import Iterable

import numpy as np

from pledgebook.reconcile.cluster import Edges
from pledgebook.reconcile.interned import Ints, Small, Whole
from pledgebook.reconcile.lists import Grown, Lists
from pledgebook.reconcile.past import NEVER

# An edge that is not there was refused before the first round.
ABSENT = -1


class Near:
    """Edges by their numbers, with the round in which each was refused: now, and before the last documents came."""

    def __init__(self, edges: Edges, refused: Small, count: int) -> None:
        self._one, self._other = (Grown(side.astype(np.int32)) for side in (edges.one, edges.other))
        self._score = Grown(edges.score)
        self._refused, self._before = Grown(refused), Grown(refused)
        # Edge by edge its two ends.
        self._ends = Lists(np.stack([self._one.values, self._other.values], axis=1).ravel(), count)

    @property
    def refused(self) -> Small:
        """In which round each edge was refused; may be written."""
        return self._refused.values

    @property
    def before(self) -> Small:
        """The same before the last documents came."""
        return self._before.values

    def edges(self, numbers: Whole) -> Edges:
        """Some edges."""
        one, other = (column.values.take(numbers).astype(np.int64) for column in (self._one, self._other))
        return Edges(one, other, self._score.values.take(numbers))

    def of(self, nodes: Ints) -> tuple[Ints, Ints, Small]:
        """For some nodes which of them it is, its edges, and who stands at their other ends."""
        owner, end = self._ends.many(nodes)
        edge = end >> 1
        return owner, edge, np.where(end & 1, self._one.values.take(edge), self._other.values.take(edge))

    def add(self, one: int, other: int, score: float) -> int:
        """Adds an edge, which was not there before; its number."""
        edge = len(self.refused)
        for column, value in (
            (self._one, one), (self._other, other), (self._score, score), (self._refused, NEVER), (self._before, ABSENT)
        ):  # fmt: skip
            column.append(value)
        self._ends.append(one, edge * 2)
        self._ends.append(other, edge * 2 + 1)
        return edge

    def between(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """The edges between pairs of nodes, where there are some."""
        asked = set(pairs)
        ones = np.array(sorted({one for one, _ in asked}), np.int64)
        owner, edge, other = self.of(ones)
        there = self.refused.take(edge) != ABSENT
        found = zip(ones.take(owner[there]).tolist(), other[there].tolist(), edge[there].tolist(), strict=True)
        return {(one, two): number for one, two, number in found if (one, two) in asked}

    def drop(self, edge: int) -> None:
        """Lets an edge go."""
        self.refused[edge] = ABSENT

    def settle(self, edges: Whole) -> None:
        """Makes what these edges are now what they were before."""
        self.before[edges] = self.refused[edges]
