"""Tellings that say the same in every field that is compared: one node each, in the order of their days."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pledgebook.reconcile.facts import Facts, day_of, said
from pledgebook.reconcile.hashes import Key, hash_key, mix
from pledgebook.reconcile.interned import Ints
from pledgebook.reconcile.keys import Keys
from pledgebook.reconcile.ordering import is_first, order_of
from pledgebook.reconcile.reader import Read


@dataclass(frozen=True, slots=True)
class Nodes:
    """What is said (`facts`, with `content` as its name), and which tellings say it.

    Nodes stand in the order of their days, then of what they say: what may be one stands together, in memory too.
    `keys` are all tellings; `node` is the node of each.
    """

    facts: Facts
    content: NDArray[np.uint64]
    keys: Keys
    node: Ints
    document: NDArray[np.uint64]
    key: NDArray[np.uint64]

    def find(self, hashes: NDArray[np.uint64]) -> Ints:
        """The nodes of tellings by the hashes of their keys, -1 where there is none."""
        if not len(self.key):
            return np.full(len(hashes), -1)
        order = np.argsort(self.key)
        position = np.minimum(np.searchsorted(self.key[order], hashes), len(order) - 1)
        found = order[position]
        return np.where(self.key[found] == hashes, self.node[found], -1)

    def pairs(self, hashes: NDArray[np.uint64]) -> list[tuple[int, int]]:
        """The nodes of pairs of tellings that are both here, in nodes of their own."""
        if not len(hashes):
            return []
        found = self.find(hashes.ravel()).reshape(-1, 2)
        return [(one, other) for one, other in found.tolist() if one >= 0 and other >= 0 and one != other]


def make_nodes(read: Read, alone: Iterable[Key] = ()) -> Nodes:
    """The nodes of what was read; the tellings `alone` stand for themselves. The same telling twice is one."""
    facts, content = read.facts, contents(read.facts, alone)
    # Of one telling that is told in two ways the lesser is taken, whichever came first.
    key = facts.rows["key"]
    kept = np.arange(len(key))
    if len(is_first(np.sort(key))) < len(key):
        order = np.lexsort((content, key))
        kept = np.sort(order[is_first(key[order])])
    order = np.argsort(content[kept])
    starts = is_first(content[kept][order])
    unique = content[kept][order[starts]]
    node = np.empty(len(kept), np.int64)
    node[order] = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(order))))
    rows = facts.take(kept[order[starts]])
    order = order_of(day_of(rows))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    keys = read.keys if len(kept) == len(read.keys) else read.keys.take(kept.tolist())
    return Nodes(rows.take(order), unique[order], keys, number[node], facts.rows["document"][kept], key[kept])


def contents(facts: Facts, alone: Iterable[Key] = ()) -> NDArray[np.uint64]:
    """What each row says; of tellings that people decided about, what nobody else says.

    So that a decision binds what it names, and not who says the same.
    """
    found = said(facts)
    by_itself = np.array(sorted({hash_key(key) for key in alone}), np.uint64)
    if len(by_itself):
        key = facts.rows["key"]
        found = np.where(np.isin(key, by_itself), mix(found, key), found)
    return found
