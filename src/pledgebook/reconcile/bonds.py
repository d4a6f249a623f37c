"""Pairs of claims that people hold to be one pledge or two, and which of them can stand together."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pledgebook.domain import Decision

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bond:
    """Two claims and the decision about them; `links` where they belong to two things that the reviewer named."""

    pair: frozenset[Key]
    decision: Decision
    links: bool = True


class Bonds:
    """Decisions as they come in: each new one is kept, and drops those before it that it contradicts.

    "a is b" and "b is c" contradict "a is not c" as well: then the oldest decision on the way from a to c gives way.
    """

    def __init__(self) -> None:
        self._same: dict[frozenset[Key], Bond] = {}
        self._different: dict[frozenset[Key], Bond] = {}
        self._next: dict[Key, set[Key]] = defaultdict(set)
        self._apart: dict[Key, set[Key]] = defaultdict(set)

    @property
    def same(self) -> tuple[Bond, ...]:
        """The pairs that are one pledge."""
        return tuple(self._same.values())

    @property
    def different(self) -> tuple[Bond, ...]:
        """The pairs that are two."""
        return tuple(self._different.values())

    def add(self, bond: Bond, *, is_same: bool) -> list[Decision]:
        """Keeps a bond; the decisions that had to give way to it."""
        return self._add_same(bond) if is_same else self._add_different(bond)

    def _add_different(self, bond: Bond) -> list[Decision]:
        one, other = sorted(bond.pair)
        beaten = []
        while way := self._way(one, other):
            # Of one decision the pair that links what the reviewer named goes first: the others lie within.
            weakest = min(way, key=lambda item: (item.decision.at, item.decision.id, not item.links))
            self._drop_same(weakest)
            if weakest.decision.id != bond.decision.id:
                beaten.append(weakest.decision)
        self._different[bond.pair] = bond
        self._apart[one].add(other)
        self._apart[other].add(one)
        return beaten

    def _add_same(self, bond: Bond) -> list[Decision]:
        one, other = sorted(bond.pair)
        here, there = self._group(one), self._group(other)
        beaten = []
        for left in sorted(here):
            for right in sorted(self._apart[left] & there):
                lost = self._different.pop(frozenset((left, right)), None)
                self._apart[left].discard(right)
                self._apart[right].discard(left)
                if lost is not None:
                    beaten.append(lost.decision)
        self._same[bond.pair] = bond
        self._next[one].add(other)
        self._next[other].add(one)
        return beaten

    def _drop_same(self, bond: Bond) -> None:
        one, other = bond.pair
        self._same.pop(bond.pair, None)
        self._next[one].discard(other)
        self._next[other].discard(one)

    def _group(self, start: Key) -> set[Key]:
        waiting, seen = [start], {start}
        while waiting:
            for there in self._next[waiting.pop()]:
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
        return seen

    def _way(self, start: Key, goal: Key) -> list[Bond]:
        """The bonds of the shortest way from one claim to another, empty where there is none."""
        came: dict[Key, Key] = {start: start}
        waiting = [start]
        for here in waiting:
            if here == goal:
                return list(self._back(came, goal))
            for there in sorted(self._next[here]):
                if there not in came:
                    came[there] = here
                    waiting.append(there)
        return []

    def _back(self, came: dict[Key, Key], goal: Key) -> Iterator[Bond]:
        here = goal
        while came[here] != here:
            yield self._same[frozenset((here, came[here]))]
            here = came[here]
