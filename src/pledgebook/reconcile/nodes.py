"""Tellings that say the same in every field that is compared: one node each, in the order of what they say."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.facts import Facts, Key, Read, expand, hash_key, mix, said
from pledgebook.reconcile.interned import Ints


@dataclass(frozen=True, slots=True)
class Nodes:
    """What is said (`facts`, with `content` as its name, in rising order), and which tellings say it.

    `keys` are all tellings; `node` is the node of each.
    """

    facts: Facts
    content: NDArray[np.uint64]
    keys: list[Key]
    node: Ints
    document: NDArray[np.uint64]
    key: NDArray[np.uint64]

    def find(self, hashes: Iterable[int]) -> Ints:
        """The nodes of tellings by the hashes of their keys, -1 where there is none."""
        wanted = np.array(list(hashes), np.uint64)
        order = np.argsort(self.key)
        position = np.minimum(np.searchsorted(self.key[order], wanted), len(order) - 1)
        if not len(order):
            return np.full(len(wanted), -1)
        found = order[position]
        return np.where(self.key[found] == wanted, self.node[found], -1)

    def pairs(self, hashes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The nodes of pairs of tellings that are both here."""
        pairs = list(hashes)
        if not pairs:
            return []
        found = self.find(it for pair in pairs for it in pair).reshape(-1, 2)
        return [(int(one), int(other)) for one, other in found if one >= 0 and other >= 0 and one != other]

    def tellings(self, nodes: Ints) -> tuple[Ints, Ints]:
        """For each telling of these nodes the position of its node in `nodes`, and its own position in `keys`."""
        order = np.argsort(self.node, kind="stable")
        start = np.searchsorted(self.node[order], nodes, "left")
        owner, position = expand(start, np.searchsorted(self.node[order], nodes, "right") - start)
        return owner, order[position]


def make_nodes(read: Read, alone: Iterable[Key] = ()) -> Nodes:
    """The nodes of what was read; the tellings `alone` stand for themselves. The same telling twice is one."""
    facts, content = read.facts, said(read.facts)
    by_itself = np.array(sorted({hash_key(key) for key in alone}), np.uint64)
    if len(by_itself):
        # Tellings that people decided about stand for themselves, so that a decision binds what it names.
        mine = np.isin(facts.rows["key"], by_itself)
        content = np.where(mine, mix(content, facts.rows["key"]), content)
    # Of one telling that is told in two ways the lesser is taken, whichever came first.
    order = np.lexsort((content, facts.rows["key"]))
    key = facts.rows["key"][order]
    first = np.ones(len(order), np.bool_)
    first[1:] = key[1:] != key[:-1]
    kept = np.sort(order[first])
    unique, position, node = np.unique(content[kept], return_index=True, return_inverse=True)
    keys = read.keys if len(kept) == len(read.keys) else [read.keys[n] for n in kept]
    return Nodes(
        facts.take(kept[position]),
        unique,
        keys,
        node.astype(np.int64),
        facts.rows["document"][kept],
        key[first] if len(kept) == 0 else facts.rows["key"][kept],
    )
