"""From tellings to groups of one pledge each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Telling
from pledgebook.reconcile.block import divide, find_pairs
from pledgebook.reconcile.cluster import Clusters, Edges, cluster, repeated
from pledgebook.reconcile.compare import THRESHOLD, Likeness, liken_pairs, score_pairs
from pledgebook.reconcile.groups import Told
from pledgebook.reconcile.hashes import Hashes, Key, hash_key
from pledgebook.reconcile.interned import Ints
from pledgebook.reconcile.nodes import Nodes, make_nodes
from pledgebook.reconcile.ordering import is_first, order_of
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.reader import read_facts

Pair = tuple[Key, Key]
_AT_ONCE = 1 << 15
_PAIRS_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Group:
    """Tellings that are one pledge, by their keys, with the weakest likeness that was needed to say so."""

    keys: tuple[Key, ...]
    weakest: Likeness | None = None
    decided: bool = False


def group(
    tellings: Iterable[Telling], rates: Rates, *, same: Sequence[Pair] = (), different: Sequence[Pair] = ()
) -> Iterator[Group]:
    """The tellings in groups of one pledge each; no telling is kept.

    `same` and `different` are pairs of tellings on which people decided; they win over every likeness.
    """
    read = read_facts(tellings, rates)
    nodes = make_nodes(read, {key for pair in (*same, *different) for key in pair})
    together = nodes.pairs(hashes(same))
    apart = nodes.pairs(hashes(different)) + nodes.pairs(read.apart)
    del read
    edges = find_edges(nodes)
    clusters = cluster(nodes.facts, nodes.content, edges, told(nodes), same=together, apart=apart)
    return _groups(nodes, edges, clusters, {one for pair in together for one in pair})


def hashes(pairs: Sequence[Pair]) -> NDArray[np.uint64]:
    """Pairs of keys by their hashes."""
    return np.array([[hash_key(key) for key in pair] for pair in pairs], np.uint64).reshape(-1, 2)


def find_edges(nodes: Nodes) -> Edges:
    """All pairs of nodes whose likeness says that they are one."""
    pairs = find_pairs(nodes.facts)
    score = np.empty(len(pairs))
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        score[part] = score_pairs(nodes.facts, *divide(pairs[part]), least=THRESHOLD)
    good = score >= THRESHOLD
    return Edges(*divide(pairs[good]), score[good])


def told(nodes: Nodes) -> Told:
    """Which documents tell which node, of those that tell something twice or more."""
    return told_by(nodes.node, nodes.document)


def told_by(node: Ints, document: Hashes) -> Told:
    """Pairs of node and document, each once, where the document tells something twice or more."""
    several = np.flatnonzero(repeated(document))
    several = several[np.lexsort((document[several], node[several]))]
    node, document = node[several], document[several]
    new = np.ones(len(several), np.bool_)
    new[1:] = (node[1:] != node[:-1]) | (document[1:] != document[:-1])
    return Told(node[new], document[new])


def _groups(nodes: Nodes, edges: Edges, clusters: Clusters, decided: set[int]) -> Iterator[Group]:
    home = clusters.group.take(nodes.node)
    order = order_of(home)
    starts = is_first(home.take(order))
    ends = np.append(starts[1:], len(order))
    leads, keys, members = home.take(order.take(starts)), nodes.keys, order.tolist()
    chosen = {int(clusters.group[node]) for node in decided}
    for at in range(0, len(starts), _AT_ONCE):
        part = slice(at, at + _AT_ONCE)
        weakest = clusters.weakest[leads[part]]
        asked = weakest[weakest >= 0]
        likenesses = iter(liken_pairs(nodes.facts, edges.one[asked], edges.other[asked]))
        for start, end, lead, edge in zip(
            starts[part].tolist(), ends[part].tolist(), leads[part].tolist(), weakest.tolist(), strict=True
        ):
            likeness = next(likenesses) if edge >= 0 else None
            yield Group(keys.ordered(members[start:end]), likeness, lead in chosen)
