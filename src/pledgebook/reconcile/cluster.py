"""Which rows are one pledge: the best likenesses first, as long as nothing in the group contradicts.

Rounds: in each, every group looks at its best likeness to another group; two groups that are each other's best become
one. The result depends on the rows and the decisions alone, never on their order: ties are broken by what is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.block import number
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.groups import DELEGATES, Groups, Speakers, Told
from pledgebook.reconcile.hashes import Hashes, mix
from pledgebook.reconcile.interned import Bools, Ints, Small, Whole
from pledgebook.reconcile.pairs import Floats
from pledgebook.reconcile.past import NEVER, Past

_NONE = np.iinfo(np.int32).max
_WRITTEN = 1 << 18
# Points in thousandths take so many bits.
_POINT_BITS = 20
_MOST_POINTS = np.uint64((1 << _POINT_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of rows that may be one, with their points."""

    one: Ints
    other: Ints
    score: Floats


@dataclass(frozen=True, slots=True)
class Clusters:
    """The group of each row, by the least row in it, the weakest edge that each row's group needed, and how it came.

    `past` names rows and edges, and `refused` the round in which each edge was refused, NEVER where it was not.
    """

    group: Small
    weakest: Small
    past: Past
    refused: Small


def cluster(
    facts: Facts,
    content: NDArray[np.uint64],
    edges: Edges,
    told: Told,
    *,
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Clusters:
    """The groups of rows; `same` and `apart` are pairs of rows on which people or documents decided: they win."""
    return _Rounds(facts, content, edges, told, apart).run(same)


class _Rounds:
    """Groups of rows as they grow; a group is named by one of its rows."""

    def __init__(
        self,
        facts: Facts,
        content: NDArray[np.uint64],
        edges: Edges,
        told: Told,
        apart: Iterable[tuple[int, int]],
    ) -> None:
        count = len(facts)
        self._rank = np.argsort(tie_of(edges, content), kind="stable").astype(np.int32)
        delegates = np.full((count, DELEGATES), -1, np.int32)
        delegates[:, 0] = np.arange(count)
        shared = repeated(told.document)
        told = Told(told.row[shared], told.document[shared])
        self._groups = Groups(
            Speakers.of(facts, content),
            delegates,
            np.zeros(count, np.bool_),
            told=told,
            told_group=told.row.astype(np.int32),
            apart=apart,
        )
        self._best = np.full(count, _NONE, np.int32)
        # The groups of both ends of all open edges, the best edges first.
        self._one, self._other = (side.astype(np.int32).take(self._rank) for side in (edges.one, edges.other))
        self._refused = np.full(len(self._rank), NEVER, np.int32)

    def run(self, same: Iterable[tuple[int, int]]) -> Clusters:
        """The groups when no more can be united."""
        groups = self._groups
        for one, other in same:
            here, there = groups.now(np.array([one])), groups.now(np.array([other]))
            if here != there:
                groups.unite(np.maximum(here, there), np.minimum(here, there), np.array([-1]))
        live = np.arange(len(self._one), dtype=np.int32)
        while len(live):
            self._one, self._other = groups.now(self._one), groups.now(self._other)
            open_ = self._one != self._other
            live, self._one, self._other = live[open_], self._one[open_], self._other[open_]
            if len(live):
                groups.round += 1
                open_ = self._round(live)
                self._refused[live[~open_]] = groups.round
                live, self._one, self._other = live[open_], self._one[open_], self._other[open_]
        return self._clusters()

    def _clusters(self) -> Clusters:
        past = self._groups.past
        group = past.now(np.arange(len(past.into)))
        weakest = np.full(len(group), -1, np.int32)
        # Edges come best first: the weakest of all that were needed is the last one.
        np.maximum.at(weakest, group, past.edge)
        rank = np.append(self._rank, np.int32(-1))
        refused = np.empty_like(self._refused)
        refused[self._rank] = self._refused
        return Clusters(group, rank[weakest][group], Past(past.into, past.until, rank[past.edge]), refused)

    def _round(self, live: Whole) -> Bools:
        """Makes of the groups what they become in a round; the edges still open, even if between rows of one group."""
        here, there, position = self._one, self._other, np.arange(len(live), dtype=np.int32)
        # Of repeated places the last one written stays: the best edge, as the edges come best first.
        for start in reversed(range(0, len(live), _WRITTEN)):
            part = slice(start, start + _WRITTEN)
            ends = np.stack([here[part], there[part]], axis=1).ravel()[::-1]
            self._best[ends] = np.repeat(position[part], 2)[::-1]
        best = self._best.take(here) == position, self._best.take(there) == position
        bad = self._groups.settle(here, there, best=best, edge=live)
        open_ = np.ones(len(live), np.bool_)
        if len(bad):
            # What has been refused is asked again only by other edges, when one of the two has grown.
            refused = np.zeros(len(self._best), np.bool_)
            refused[here[bad]] = refused[there[bad]] = True
            asked = np.flatnonzero(refused.take(here) & refused.take(there))
            open_[asked] = ~np.isin(number(here[asked], there[asked]), number(here[bad], there[bad]))
        return open_


def tie_of(edges: Edges, content: Hashes) -> Hashes:
    """A number for each edge, the less the better.

    Ties are broken by what is said and not by who says it: another name for an outlet changes nothing.
    """
    here, there = content.take(edges.one), content.take(edges.other)
    tie = mix(here ^ there, here + there)
    # One number for both: sorting by two columns takes twice as long. Points are rounded to hundredths or coarser.
    tie >>= np.uint64(_POINT_BITS)
    tie |= (_MOST_POINTS - np.round(edges.score * 1000).astype(np.uint64)) << np.uint64(64 - _POINT_BITS)
    return tie


def repeated(values: NDArray[np.uint64]) -> Bools:
    """Which values stand there more than once.

    >>> repeated(np.array([3, 5, 3, 4], np.uint64)).tolist()
    [True, False, True, False]
    """
    order = np.argsort(values)
    ordered, found = values[order], np.zeros(len(values), np.bool_)
    again = np.flatnonzero(ordered[1:] == ordered[:-1])
    found[order[again]] = found[order[again + 1]] = True
    return found
