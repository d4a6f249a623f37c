"""From tellings to groups of one pledge each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pledgebook.domain import Telling
from pledgebook.reconcile.block import find_pairs, number, order_of
from pledgebook.reconcile.cluster import Clusters, Edges, Told, cluster
from pledgebook.reconcile.compare import THRESHOLD, Likeness, liken_pairs, score_pairs
from pledgebook.reconcile.facts import Key, hash_key, mix, read_facts
from pledgebook.reconcile.nodes import Nodes, make_nodes
from pledgebook.reconcile.ports import Rates

Pair = tuple[Key, Key]
_AT_ONCE = 4096


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
    together = nodes.pairs((hash_key(one), hash_key(other)) for one, other in same)
    apart = nodes.pairs((hash_key(one), hash_key(other)) for one, other in different)
    apart += nodes.pairs(read.apart)
    del read
    edges = find_edges(nodes)
    clusters = cluster(nodes.facts, nodes.content, edges, told(nodes), same=together, apart=apart)
    return _groups(nodes, edges, clusters, {one for pair in together for one in pair})


def find_edges(nodes: Nodes) -> Edges:
    """All pairs of nodes whose likeness says that they are one."""
    found, scores = [np.zeros(0, np.uint64)], [np.zeros(0)]
    for one, other in find_pairs(nodes.facts, order_of(nodes.facts, nodes.content)):
        score = score_pairs(nodes.facts, one, other, least=THRESHOLD)
        good = score >= THRESHOLD
        found.append(number(one[good], other[good]))
        scores.append(score[good])
    pairs, first = np.unique(np.concatenate(found), return_index=True)
    one, other = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return Edges(one, other, np.concatenate(scores)[first])


def told(nodes: Nodes) -> Told:
    """Which documents tell which node."""
    _, first = np.unique(mix(nodes.node.astype(np.uint64), nodes.document), return_index=True)
    return Told(nodes.node[first], nodes.document[first])


def _groups(nodes: Nodes, edges: Edges, clusters: Clusters, decided: set[int]) -> Iterator[Group]:
    home = clusters.group[nodes.node]
    order = np.argsort(home, kind="stable")
    grouped = home[order]
    starts = np.flatnonzero(np.append(True, grouped[1:] != grouped[:-1])) if len(order) else order
    ends = np.append(starts[1:], len(order))
    chosen = {int(clusters.group[node]) for node in decided}
    for at in range(0, len(starts), _AT_ONCE):
        part = slice(at, at + _AT_ONCE)
        leads = grouped[starts[part]]
        weakest = clusters.weakest[leads]
        asked = np.flatnonzero(weakest >= 0)
        likenesses = iter(liken_pairs(nodes.facts, edges.one[weakest[asked]], edges.other[weakest[asked]]))
        for start, end, lead, edge in zip(
            starts[part].tolist(), ends[part].tolist(), leads.tolist(), weakest.tolist(), strict=True
        ):
            keys = tuple(sorted(nodes.keys[n] for n in order[start:end].tolist()))
            yield Group(keys, next(likenesses) if edge >= 0 else None, lead in chosen)
