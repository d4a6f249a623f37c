"""Which rows are one pledge: the best likenesses first, as long as nothing in the group contradicts.

Rounds: in each, every group looks at its best likeness to another group; two groups that are each other's best become
one. The result depends on the rows and the decisions alone, never on their order: ties are broken by what is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.block import number
from pledgebook.reconcile.compare import THRESHOLD, score_pairs
from pledgebook.reconcile.facts import Facts, expand
from pledgebook.reconcile.hashes import mix
from pledgebook.reconcile.interned import Bools, Ints, Small, Whole
from pledgebook.reconcile.ordering import is_first, order_of
from pledgebook.reconcile.pairs import IMPOSSIBLE, Floats, Pairs
from pledgebook.reconcile.traits import agreement, size_of

# One document tells each commitment once; two claims of it are taken for one only where they agree in everything.
REPEATED = 9.0
# A sum so large is hardly told of two commitments in one story.
HUGE, REPEATED_HUGE = 2e11, 7.0
# How many rows of either group are asked when two groups meet, and what they must agree on average.
DELEGATES = 5
AVERAGE = 0.5 * THRESHOLD
_NONE = np.iinfo(np.int32).max
# So many pairs of groups are asked at once: what they take stays small.
_AT_ONCE = 1 << 13
_WRITTEN = 1 << 18
_RANK_BITS = 32
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
class Told:
    """Which documents tell which row: pairs of row and document, each once."""

    row: Ints
    document: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The group of each row, by the least row in it, and the weakest likeness that each row's group needed."""

    group: Small
    weakest: Small


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
        self._facts = facts
        self._rank = _ranked(edges, content)
        self._home = np.arange(count, dtype=np.int32)
        self._weakest = np.full(count, -1, np.int32)
        rows = facts.rows
        full = (rows["announced"][:, 0] > 0).astype(np.int64) + (rows["sums"] > 0) + (rows["places"] > 0)
        self._by_rich = np.lexsort((content, -(full + rows["things"])))
        self._rich = np.empty(count, np.int64)
        self._rich[self._by_rich] = np.arange(count)
        self._delegates = np.full((count, DELEGATES), -1, np.int32)
        self._delegates[:, 0] = np.arange(count)
        self._grown = np.zeros(count, np.bool_)
        self._best, self._slot = np.full(count, _NONE, np.int32), np.full(count, -1, np.int64)
        # The groups of both ends of all open edges, and of rows whose document tells of others, too.
        self._one, self._other = (side.astype(np.int32).take(self._rank) for side in (edges.one, edges.other))
        shared = repeated(told.document)
        self._told_row = told.row[shared]
        self._told_group = self._told_row.astype(np.int32)
        self._document = told.document[shared]
        self._apart = np.array(sorted(apart), np.int64).reshape(-1, 2)

    def run(self, same: Iterable[tuple[int, int]]) -> Clusters:
        """The groups when no more can be united."""
        for one, other in same:
            here, there = self._now(np.array([one])), self._now(np.array([other]))
            if here != there:
                self._unite(np.maximum(here, there), np.minimum(here, there), np.array([-1]))
        live = np.arange(len(self._one), dtype=np.int32)
        while len(live):
            self._one, self._other = self._now(self._one), self._now(self._other)
            open_ = self._one != self._other
            live, self._one, self._other = live[open_], self._one[open_], self._other[open_]
            if len(live):
                open_ = self._round(live)
                live, self._one, self._other = live[open_], self._one[open_], self._other[open_]
        group = self._now(np.arange(len(self._home)))
        return Clusters(group, np.append(self._rank, -1)[self._weakest][group])

    def _now(self, groups: Whole) -> Small:
        """What has become of these groups."""
        found = self._home.take(groups)
        while not np.array_equal(again := self._home.take(found), found):
            found = again
        return found

    def _round(self, live: Whole) -> Bools:
        """Unites groups that are each other's best, then adds those whose best has just grown; the edges still open."""
        here, there, position = self._one, self._other, np.arange(len(live), dtype=np.int32)
        # Of repeated places the last one written stays: the best edge, as the edges come best first.
        for start in reversed(range(0, len(live), _WRITTEN)):
            part = slice(start, start + _WRITTEN)
            ends = np.stack([here[part], there[part]], axis=1).ravel()[::-1]
            self._best[ends] = np.repeat(position[part], 2)[::-1]
        first, second = self._best.take(here) == position, self._best.take(there) == position
        pairs = np.flatnonzero(first & second)
        into, gone = np.minimum(here[pairs], there[pairs]), np.maximum(here[pairs], there[pairs])
        good = self._may(gone, into)
        self._unite(gone[good], into[good], live[pairs[good]])
        bad = pairs[~good]
        self._slot[into[good]] = self._slot[gone[good]] = 0
        leaves = np.flatnonzero(
            (first & (self._slot[there] == 0)) ^ (second & (self._slot[here] == 0)) & ~(first & second)
        )
        self._slot[into[good]] = self._slot[gone[good]] = -1
        if len(leaves):
            leaf = np.where(first[leaves], here[leaves], there[leaves])
            target = self._now(np.where(first[leaves], there[leaves], here[leaves]))
            free = self._free(leaf, target)
            leaf, target, leaves = leaf[free], target[free], leaves[free]
            good = self._agree(leaf, target)
            self._unite(leaf[good], target[good], live[leaves[good]])
            bad = np.append(bad, leaves[~good])
        open_ = np.ones(len(live), np.bool_)
        if len(bad):
            # What has been refused is asked again only by other edges, when one of the two has grown.
            refused = np.zeros(len(self._home), np.bool_)
            refused[here[bad]] = refused[there[bad]] = True
            asked = np.flatnonzero(refused.take(here) & refused.take(there))
            open_[asked] = ~np.isin(number(here[asked], there[asked]), number(here[bad], there[bad]))
        return open_

    def _may(self, one: Whole, other: Whole) -> Bools:
        """Which pairs of groups, no group in two of them, may become one."""
        found = ~self._told_twice(one, other)
        if len(self._apart):
            apart = self._now(self._apart.ravel()).reshape(-1, 2)
            found &= ~np.isin(number(one, other), number(apart[:, 0], apart[:, 1]))
        asked = np.flatnonzero(found & (self._grown[one] | self._grown[other]))
        if len(asked):
            found[asked] = self._agree(one[asked], other[asked])
        return found

    def _told_twice(self, one: Whole, other: Whole) -> Bools:
        """Which pairs of groups hold claims of one document that are no repeats of each other."""
        found = np.zeros(len(one), np.bool_)
        slot, document, row = self._met(one, other, np.arange(len(one)))
        meeting = mix((slot // 2).astype(np.uint64), document)
        order = np.argsort(meeting)
        meeting, slot, row = meeting[order], slot[order], row[order]
        starts = is_first(meeting)
        counts = np.diff(np.append(starts, len(slot)))
        several = np.flatnonzero(counts > 1)
        # Each claim with each other one of the same document in the two groups, of either side.
        owner, left = expand(starts[several], counts[several])
        again, right = expand(starts[several][owner], counts[several][owner])
        left = left[again]
        met = (slot[left] & 1 == 0) & (slot[right] & 1 == 1)
        left, right = left[met], right[met]
        if len(left):
            found[slot[left[~self._repeats(row[left], row[right])]] // 2] = True
        return found

    def _free(self, leaf: Whole, target: Whole) -> Bools:
        """Which groups share no document and no decision with their target or others on their way to it."""
        stars, star = np.unique(target, return_inverse=True)
        side = np.append(leaf, stars), np.append(star, np.arange(len(stars)))
        held = np.zeros(len(leaf) + len(stars), np.bool_)
        if len(self._document):
            self._slot[side[0]] = np.arange(len(held))
            self._told_group = self._now(self._told_group)
            mine = np.flatnonzero(self._slot[self._told_group] >= 0)
            slot, document = self._slot[self._told_group[mine]], self._document[mine]
            self._slot[side[0]] = -1
            meeting = mix(side[1][slot].astype(np.uint64), document)
            order = np.lexsort((slot, meeting))
            meeting, slot = meeting[order], slot[order]
            again = 1 + np.flatnonzero((meeting[1:] == meeting[:-1]) & (slot[1:] != slot[:-1]))
            held[slot[again]] = held[slot[again - 1]] = True
        if len(self._apart):
            self._slot[side[0]] = side[1]
            apart = self._now(self._apart.ravel())
            one, other = apart.reshape(-1, 2).T
            bound = (self._slot[one] >= 0) & (self._slot[one] == self._slot[other])
            self._slot[side[0]] = np.arange(len(held))
            held[self._slot[one[bound]]] = held[self._slot[other[bound]]] = True
            self._slot[side[0]] = -1
        return ~held[: len(leaf)]

    def _met(self, one: Whole, other: Whole, pair: Whole) -> tuple[Ints, NDArray[np.uint64], Ints]:
        """Rows of documents that tell of several: twice the number of their pair (and one for the other side)."""
        if not len(self._document):
            return self._told_row, self._document, self._told_row
        self._slot[one], self._slot[other] = pair * 2, pair * 2 + 1
        self._told_group = self._now(self._told_group)
        slot = self._slot[self._told_group]
        self._slot[one] = self._slot[other] = -1
        mine = np.flatnonzero(slot >= 0)
        return slot[mine], self._document[mine], self._told_row[mine]

    def _repeats(self, one: Ints, other: Ints) -> Bools:
        facts = self._facts
        told = (facts.rows["sums"][one] > 0) & (facts.rows["sums"][other] > 0)
        same = np.zeros(len(one), np.bool_)
        rank, _ = agreement(Pairs(facts, one[told], other[told]))
        same[told] = rank < 2
        huge = np.minimum(size_of(facts, one), size_of(facts, other)) >= HUGE
        return same & (score_pairs(facts, one, other) >= np.where(huge, REPEATED_HUGE, REPEATED))

    def _agree(self, one: Whole, other: Whole) -> Bools:
        """Whether the delegates of two groups agree on average, and none says that it can't be."""
        found = np.empty(len(one), np.bool_)
        # Groups of the same days lie together in memory, and what is asked of them, too.
        order = order_of(one)
        for start in range(0, len(one), _AT_ONCE):
            part = order[start : start + _AT_ONCE]
            found[part] = self._delegates_agree(
                self._delegates.take(one.take(part), 0), self._delegates.take(other.take(part), 0)
            )
        return found

    def _delegates_agree(self, here: NDArray[np.int32], there: NDArray[np.int32]) -> Bools:
        pair, left, right = np.nonzero((here[:, :, None] >= 0) & (there[:, None, :] >= 0))
        score = score_pairs(self._facts, here[pair, left].astype(np.int64), there[pair, right].astype(np.int64))
        total = np.bincount(pair, score, len(here))
        asked = np.bincount(pair, minlength=len(here))
        refused = np.bincount(pair, score <= IMPOSSIBLE, len(here)) > 0
        return ~refused & (np.round(total, 6) >= AVERAGE * asked)

    def _unite(self, gone: Whole, into: Whole, edge: Whole) -> None:
        """Makes groups part of others; several may go into one, none of which goes anywhere."""
        if not len(gone):
            return
        grown, star = np.unique(into, return_inverse=True)
        delegates = np.concatenate([self._delegates[gone], self._delegates[grown]]).ravel()
        star = np.repeat(np.append(star, np.arange(len(grown))), DELEGATES)
        chosen_from = np.flatnonzero(delegates >= 0)
        star, delegates = star.take(chosen_from), delegates.take(chosen_from)
        # Sorted as one number: star by star, the rich first.
        ranks = (star << _RANK_BITS) | self._rich.take(delegates)
        ranks.sort()
        star, delegates = ranks >> _RANK_BITS, self._by_rich.take(ranks & ((1 << _RANK_BITS) - 1))
        rank = np.arange(len(star)) - np.searchsorted(star, star)
        best = rank < DELEGATES
        chosen = np.full((len(grown), DELEGATES), -1, np.int32)
        chosen[star[best], rank[best]] = delegates[best]
        self._delegates[grown] = chosen
        self._grown[grown] = True
        # Edges come best first: the weakest of all that were needed is the last one.
        np.maximum.at(self._weakest, into, np.maximum(self._weakest[gone], edge))
        self._home[gone] = into


def _ranked(edges: Edges, content: NDArray[np.uint64]) -> Small:
    """The edges, best first.

    Ties are broken by what is said and not by who says it: another name for an outlet changes nothing.
    """
    here, there = content.take(edges.one), content.take(edges.other)
    tie = mix(here ^ there, here + there)
    # One number for both: sorting by two columns takes twice as long. Points are rounded to hundredths or coarser.
    tie >>= np.uint64(_POINT_BITS)
    tie |= (_MOST_POINTS - np.round(edges.score * 1000).astype(np.uint64)) << np.uint64(64 - _POINT_BITS)
    return np.argsort(tie, kind="stable").astype(np.int32)


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
