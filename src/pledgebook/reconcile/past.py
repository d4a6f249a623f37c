"""How groups came to be: in which round each became part of which other, and by which edge."""

from dataclasses import dataclass

import numpy as np

from pledgebook.reconcile.interned import Small, Whole

# The round after all rounds.
NEVER = int(np.iinfo(np.int32).max)
# What people decided comes before the first round.
DECIDED = 0


@dataclass(frozen=True, slots=True)
class Past:
    """Of each group into which other it went, in which round (NEVER: it is there still) and by which edge (-1: none).

    >>> past = Past.of(3)
    >>> past.tell(np.array([2]), np.array([1]), np.array([7]), 1)
    >>> past.tell(np.array([1]), np.array([0]), np.array([9]), 2)
    >>> past.now(np.arange(3)).tolist(), past.at(np.arange(3), 2).tolist()
    ([0, 0, 0], [0, 1, 1])
    """

    into: Small
    until: Small
    edge: Small

    @classmethod
    def of(cls, count: int) -> "Past":
        """Groups that have never met."""
        return cls(np.arange(count, dtype=np.int32), np.full(count, NEVER, np.int32), np.full(count, -1, np.int32))

    def with_room(self) -> "Past":
        """The same with room for more groups."""
        more = Past.of(len(self.into) + len(self.into) // 4 + 64)
        more.tell(np.arange(len(self.into)), self.into, self.edge, self.until)
        return more

    def now(self, groups: Whole) -> Small:
        """What has become of these groups."""
        found = self.into.take(groups)
        while not np.array_equal(again := self.into.take(found), found):
            found = again
        return found

    def at(self, groups: Whole, round_: int) -> Small:
        """What these groups were part of when a round began."""
        found = groups.astype(np.int32)
        while len(moved := np.flatnonzero(self.until.take(found) < round_)):
            found[moved] = self.into.take(found[moved])
        return found

    def tell(self, gone: Whole, into: Whole, edge: Whole, round_: int | Small) -> None:
        """Remembers that groups became part of others."""
        self.into[gone], self.until[gone], self.edge[gone] = into, round_, edge

    def forget(self, groups: Whole) -> None:
        """Takes back what groups became part of."""
        self.tell(groups, groups, np.full(len(groups), -1), NEVER)

    def differs(self, other: "Past", groups: Small) -> Small:
        """Those of some groups that another past tells otherwise."""
        columns = ((self.into, other.into), (self.until, other.until), (self.edge, other.edge))
        odd = np.logical_or.reduce([mine[groups] != theirs[groups] for mine, theirs in columns])
        return groups[np.flatnonzero(odd)]

    def adopt(self, other: "Past", groups: Small) -> None:
        """Tells of some groups what another past tells of them."""
        self.tell(groups, other.into[groups], other.edge[groups], other.until[groups])
