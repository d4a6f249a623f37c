"""Groups of rows as they grow, and which of them may become one."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.block import number
from pledgebook.reconcile.compare import THRESHOLD, score_pairs
from pledgebook.reconcile.facts import Facts, expand
from pledgebook.reconcile.hashes import Hashes, mix
from pledgebook.reconcile.interned import Bools, Ints, Small, Whole
from pledgebook.reconcile.ordering import is_first, order_of
from pledgebook.reconcile.pairs import IMPOSSIBLE, Pairs
from pledgebook.reconcile.past import Past
from pledgebook.reconcile.traits import agreement, size_of

# One document tells each commitment once; two claims of it are taken for one only where they agree in everything.
REPEATED = 9.0
# A sum so large is hardly told of two commitments in one story.
HUGE, REPEATED_HUGE = 2e11, 7.0
# How many rows of either group are asked when two groups meet, and what they must agree on average.
DELEGATES = 5
AVERAGE = 0.5 * THRESHOLD
# So many pairs of groups are asked at once: what they take stays small.
_AT_ONCE = 1 << 13
_RANK_BITS = 32


@dataclass(frozen=True, slots=True)
class Told:
    """Which documents tell which row: pairs of row and document, each once."""

    row: Ints
    document: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Speakers:
    """Rows that may speak for a group: what they say, and how rich that is, 0 for the richest; no two are equal."""

    facts: Facts
    by_rich: Ints
    rich: Ints

    @classmethod
    def of(cls, facts: Facts, content: Hashes) -> "Speakers":
        """The speakers of these rows; which is the richer depends on what they say alone."""
        by_rich = np.lexsort((content, -richness(facts)))
        rich = np.empty(len(by_rich), np.int64)
        rich[by_rich] = np.arange(len(by_rich))
        return cls(facts, by_rich, rich)


def richness(facts: Facts) -> Ints:
    """How much each row says."""
    rows = facts.rows
    full = (rows["announced"][:, 0] > 0).astype(np.int64) + (rows["sums"] > 0) + (rows["places"] > 0)
    return full + rows["things"]


class Groups:
    """Groups by their numbers, which unite round by round; one that holds several has the least of their numbers.

    `delegates` are the speakers of each group, -1 where there are no more; `told` says of which groups documents
    tell, and `apart` are pairs of groups that must not become one.
    """

    def __init__(
        self,
        speakers: Speakers,
        delegates: NDArray[np.int32],
        grown: Bools,
        *,
        told: Told,
        told_group: Small,
        apart: Iterable[tuple[int, int]],
    ) -> None:
        self._speakers, self._delegates, self._grown = speakers, delegates, grown
        self._slot = np.full(len(delegates), -1, np.int64)
        self._told_row, self._document, self._told_group = told.row, told.document, told_group
        self._apart = np.array(sorted(apart), np.int64).reshape(-1, 2)
        self.past = Past.of(len(delegates))
        self.round = 0

    def now(self, groups: Whole) -> Small:
        """What has become of these groups."""
        return self.past.now(groups)

    def settle(self, here: Whole, there: Whole, *, best: tuple[Bools, Bools], edge: Whole) -> Ints:
        """Unites groups that are each other's best, then adds those whose best has just grown.

        `best` tells of edges whether they are the best of either side. Gives the positions of edges that were refused.
        """
        first, second = best
        pairs = np.flatnonzero(first & second)
        one, other = here[pairs], there[pairs]
        good = self._may(one, other)
        self.unite(one[good], other[good], edge[pairs[good]])
        bad = pairs[~good]
        self._slot[one[good]] = self._slot[other[good]] = 0
        joins, is_joined = first & (self._slot[there] == 0), second & (self._slot[here] == 0)
        leaves = np.flatnonzero((joins ^ is_joined) & ~(first & second))
        self._slot[one[good]] = self._slot[other[good]] = -1
        if len(leaves):
            leaf = np.where(first[leaves], here[leaves], there[leaves])
            target = self.now(np.where(first[leaves], there[leaves], here[leaves]))
            free = self._free(leaf, target)
            leaf, target, leaves = leaf[free], target[free], leaves[free]
            good = self._agree(leaf, target)
            self.unite(leaf[good], target[good], edge[leaves[good]])
            bad = np.append(bad, leaves[~good])
        return bad

    def _may(self, one: Whole, other: Whole) -> Bools:
        """Which pairs of groups, no group in two of them, may become one."""
        found = ~self._told_twice(one, other)
        if len(self._apart):
            apart = self.now(self._apart.ravel()).reshape(-1, 2)
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
            self._told_group = self.now(self._told_group)
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
            apart = self.now(self._apart.ravel())
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
        self._told_group = self.now(self._told_group)
        slot = self._slot[self._told_group]
        self._slot[one] = self._slot[other] = -1
        mine = np.flatnonzero(slot >= 0)
        return slot[mine], self._document[mine], self._told_row[mine]

    def _repeats(self, one: Ints, other: Ints) -> Bools:
        facts = self._speakers.facts
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
        one, other = here[pair, left].astype(np.int64), there[pair, right].astype(np.int64)
        score = score_pairs(self._speakers.facts, one, other)
        total = np.bincount(pair, score, len(here))
        asked = np.bincount(pair, minlength=len(here))
        refused = np.bincount(pair, score <= IMPOSSIBLE, len(here)) > 0
        return ~refused & (np.round(total, 6) >= AVERAGE * asked)

    def unite(self, gone: Whole, into: Whole, edge: Whole) -> None:
        """Makes groups part of others; several may go into one, none of which goes anywhere."""
        if not len(gone):
            return
        grown, star = np.unique(into, return_inverse=True)
        delegates = np.concatenate([self._delegates[gone], self._delegates[grown]]).ravel()
        of = np.repeat(np.append(star, np.arange(len(grown))), DELEGATES)
        chosen_from = np.flatnonzero(delegates >= 0)
        of, rich = of.take(chosen_from), self._speakers.rich.take(delegates.take(chosen_from))
        # Sorted as one number: star by star, the rich first.
        ranks = (of << _RANK_BITS) | rich
        ranks.sort()
        of, delegates = ranks >> _RANK_BITS, self._speakers.by_rich.take(ranks & ((1 << _RANK_BITS) - 1))
        rank = np.arange(len(of)) - np.searchsorted(of, of)
        best = rank < DELEGATES
        chosen = np.full((len(grown), DELEGATES), -1, np.int32)
        chosen[of[best], rank[best]] = delegates[best]
        # The least of all that unite gives its number; where that is one of those that go, the other goes instead.
        least = grown.astype(np.int64)
        np.minimum.at(least, star, gone)
        self._delegates[least] = chosen
        self._grown[least] = True
        number_of = least.take(star)
        self.past.tell(np.where(gone == number_of, into, gone), number_of, edge, self.round)
