"""Which rows are one pledge: the best likenesses first, as long as nothing in the group contradicts.

Rounds: in each, every group looks at its best likeness to another group; two groups that are each other's best become
one. The result depends on the rows and the decisions alone, never on their order: ties are broken by what is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.compare import THRESHOLD, score_pairs
from pledgebook.reconcile.facts import Facts, expand, mix
from pledgebook.reconcile.interned import Bools, Ints
from pledgebook.reconcile.traits import IMPOSSIBLE, Floats, Pairs, agreement, size_of

# One document tells each commitment once; two claims of it are taken for one only where they agree in everything.
REPEATED = 9.0
# A sum so large is hardly told of two commitments in one story.
HUGE, REPEATED_HUGE = 2e11, 7.5
# How many rows of either group are asked when two groups meet, and what they must agree on average.
DELEGATES = 5
AVERAGE = 0.5 * THRESHOLD


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of rows that may be one, with their points."""

    one: Ints
    other: Ints
    score: Floats


@dataclass(frozen=True, slots=True)
class Told:
    """Which documents tell which row: pairs of row and document, each once."""

    row: Ints
    document: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The group of each row, by the least row in it, and the weakest likeness that each row's group needed."""

    group: Ints
    weakest: Ints


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
    """Groups of rows as they grow."""

    def __init__(
        self,
        facts: Facts,
        content: NDArray[np.uint64],
        edges: Edges,
        told: Told,
        apart: Iterable[tuple[int, int]],
    ) -> None:
        count = len(facts)
        self._facts, self._told = facts, told
        # Ties are broken by what is said and not by who says it: another name for an outlet changes nothing.
        tie = mix(content[edges.one] ^ content[edges.other], content[edges.one] + content[edges.other])
        order = np.lexsort((tie, -edges.score))
        self._one, self._other, self._score = edges.one[order], edges.other[order], edges.score[order]
        self._rank = order
        self._group = np.arange(count)
        self._weakest = np.full(count, -1, np.int64)
        rows = facts.rows
        full = (rows["announced"][:, 0] > 0).astype(np.int64) + (rows["sums"] > 0) + (rows["places"] > 0)
        self._rich = np.empty(count, np.int64)
        self._rich[np.lexsort((content, -(full + rows["things"])))] = np.arange(count)
        self._delegates = np.full((count, DELEGATES), -1, np.int64)
        self._delegates[:, 0] = np.arange(count)
        self._size = np.ones(count, np.int64)
        self._apart = np.array(sorted(apart), np.int64).reshape(-1, 2)

    def run(self, same: Iterable[tuple[int, int]]) -> Clusters:
        for one, other in same:
            here, there = self._group[one], self._group[other]
            if here != there:
                self._unite(np.array([here]), np.array([there]), np.array([-1]))
        live = np.arange(len(self._one))
        while len(live):
            here, there = self._group[self._one[live]], self._group[self._other[live]]
            apart = here != there
            live, here, there = live[apart], here[apart], there[apart]
            if not len(live):
                break
            live = live[self._round(live, here, there)]
        weakest = np.append(self._rank, -1)[self._weakest]
        return Clusters(self._group, weakest[self._group])

    def _round(self, live: Ints, here: Ints, there: Ints) -> Bools:
        """Unites groups that are each other's best; which edges are still open."""
        best = np.full(len(self._group), len(live), np.int64)
        position = np.arange(len(live))[::-1]
        # Of repeated places the last one written stays: the best edge, as the edges come best first.
        best[here[::-1]] = position
        mine = best[here].copy()
        best[:] = len(live)
        best[there[::-1]] = position
        least = np.full(len(self._group), len(live), np.int64)
        least[here] = mine
        least = np.minimum(least, best)
        chosen = np.flatnonzero((least[here] == np.arange(len(live))) & (least[there] == np.arange(len(live))))
        one, other = here[chosen], there[chosen]
        good = self._may(one, other)
        self._unite(one[good], other[good], live[chosen[good]])
        open_ = np.ones(len(live), np.bool_)
        # What has been refused is asked again only when one of the two has grown: its own edges are done with.
        bad = chosen[~good]
        if len(bad):
            refused = np.unique(_pair(here[bad], there[bad]))
            open_ &= ~np.isin(_pair(here, there), refused)
        return open_

    def _may(self, one: Ints, other: Ints) -> Bools:
        found = np.ones(len(one), np.bool_)
        if not len(one):
            return found
        if len(self._apart):
            forbidden = _pair(self._group[self._apart[:, 0]], self._group[self._apart[:, 1]])
            found &= ~np.isin(_pair(one, other), forbidden)
        found &= ~self._told_twice(one, other)
        asked = np.flatnonzero(found & ((self._size[one] > 1) | (self._size[other] > 1)))
        if len(asked):
            found[asked] = self._agree(one[asked], other[asked])
        return found

    def _told_twice(self, one: Ints, other: Ints) -> Bools:
        """Which pairs of groups hold claims of one document that are no repeats of each other."""
        side = np.full(len(self._group), -1, np.int64)
        side[one], side[other] = np.arange(len(one)) * 2, np.arange(len(one)) * 2 + 1
        slot = side[self._group[self._told.row]]
        mine = np.flatnonzero(slot >= 0)
        slot, document, row = slot[mine], self._told.document[mine], self._told.row[mine]
        meeting = mix((slot // 2).astype(np.uint64), document)
        order = np.argsort(meeting)
        meeting, slot, row = meeting[order], slot[order], row[order]
        starts = np.flatnonzero(np.append(True, meeting[1:] != meeting[:-1])) if len(slot) else slot
        counts = np.diff(np.append(starts, len(slot)))
        several = np.flatnonzero(counts > 1)
        # Each claim with each other one of the same document in the two groups, of either side.
        owner, left = expand(starts[several], counts[several])
        again, right = expand(starts[several][owner], counts[several][owner])
        left = left[again]
        met = (slot[left] & 1 == 0) & (slot[right] & 1 == 1)
        left, right = left[met], right[met]
        found = np.zeros(len(one), np.bool_)
        found[slot[left[~self._repeats(row[left], row[right])]] // 2] = True
        return found

    def _repeats(self, one: Ints, other: Ints) -> Bools:
        facts = self._facts
        sums, other_sums = facts.rows["sums"][one] > 0, facts.rows["sums"][other] > 0
        told = sums & other_sums
        same = np.zeros(len(one), np.bool_)
        if told.any():
            rank, _ = agreement(Pairs(facts, one[told], other[told]))
            same[told] = rank < 2
        huge = np.minimum(size_of(facts, one), size_of(facts, other)) >= HUGE
        return same & (score_pairs(facts, one, other) >= np.where(huge, REPEATED_HUGE, REPEATED))

    def _agree(self, one: Ints, other: Ints) -> Bools:
        """Whether the delegates of two groups agree on average, and none says that it can't be."""
        here, there = self._delegates[one], self._delegates[other]
        pair, left, right = np.nonzero((here[:, :, None] >= 0) & (there[:, None, :] >= 0))
        score = score_pairs(self._facts, here[pair, left], there[pair, right])
        total = np.bincount(pair, score, len(one))
        asked = np.bincount(pair, minlength=len(one))
        refused = np.bincount(pair, score <= IMPOSSIBLE, len(one)) > 0
        return ~refused & (np.round(total, 6) >= AVERAGE * asked)

    def _unite(self, one: Ints, other: Ints, edge: Ints) -> None:
        if not len(one):
            return
        into, gone = np.minimum(one, other), np.maximum(one, other)
        delegates = np.concatenate([self._delegates[into], self._delegates[gone]], axis=1)
        rank = np.where(delegates >= 0, self._rich[delegates], len(self._group))
        best = np.argsort(rank, axis=1, kind="stable")[:, :DELEGATES]
        self._delegates[into] = np.take_along_axis(delegates, best, axis=1)
        self._size[into] += self._size[gone]
        # Edges come best first: the weakest of all that were needed is the last one.
        self._weakest[into] = np.maximum(np.maximum(self._weakest[into], self._weakest[gone]), edge)
        home = np.arange(len(self._group))
        home[gone] = into
        self._group = home[self._group]


def _pair(one: Ints, other: Ints) -> NDArray[np.uint64]:
    low, high = np.minimum(one, other).astype(np.uint64), np.maximum(one, other).astype(np.uint64)
    return (low << np.uint64(32)) | high
