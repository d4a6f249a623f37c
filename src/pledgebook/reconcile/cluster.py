"""Which tellings are one pledge: the best likenesses first, as long as nothing in the group contradicts.

The result depends on the tellings and the decisions alone, never on their order: ties are broken by what the
tellings say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pledgebook.reconcile.block import find_pairs
from pledgebook.reconcile.compare import IMPOSSIBLE, THRESHOLD, Likeness, compare
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.sums import Agreement

Key = tuple[str, str]

# One document tells each commitment once; two claims of it are taken for one only where they agree in everything.
REPEATED = 9.0
# How many tellings of either group are asked when two groups meet, and what they must agree on average.
DELEGATES = 5
AVERAGE = 0.5 * THRESHOLD
_SURE = frozenset({Agreement.SAME.value, Agreement.CONVERTED.value})


@dataclass(frozen=True, slots=True)
class Group:
    """Tellings that are one pledge, with the weakest likeness that was needed to say so."""

    keys: tuple[Key, ...]
    weakest: Likeness | None = None
    decided: bool = False


@dataclass(slots=True)
class _Node:
    """Tellings that say the same in every field that is compared."""

    facts: Facts
    content: str
    keys: list[Key]
    documents: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Cluster:
    nodes: list[int]
    documents: set[str]
    delegates: list[int]
    weakest: Likeness | None = None
    decided: bool = False


def cluster(
    facts: Iterable[Facts],
    *,
    same: Sequence[tuple[Key, Key]] = (),
    different: Sequence[tuple[Key, Key]] = (),
) -> tuple[Group, ...]:
    """The tellings in groups of one pledge each, in the order of their keys.

    `same` and `different` are pairs of tellings on which people decided; they win over every likeness.
    """
    nodes = _nodes(facts, {key for pair in (*same, *different) for key in pair})
    book = _Book(nodes, different)
    for left, right in same:
        book.join(left, right)
    for likeness, one, other in _edges(nodes):
        book.merge(one, other, likeness)
    return book.groups()


def _nodes(facts: Iterable[Facts], alone: set[Key]) -> list[_Node]:
    found: dict[object, _Node] = {}
    for item in sorted(facts, key=lambda item: item.key):
        # Tellings that people decided about stand for themselves, so that a decision binds what it names.
        said = item.key if item.key in alone else item.said
        node = found.get(said)
        if node is None:
            node = found[said] = _Node(item, _content(item), [])
        node.keys.append(item.key)
        if item.before is not None and (node.facts.before is None or item.before < node.facts.before):
            node.facts = replace(node.facts, before=item.before)
        node.documents.add(item.document)
    return list(found.values())


def _edges(nodes: Sequence[_Node]) -> list[tuple[Likeness, int, int]]:
    facts = [node.facts for node in nodes]
    found = []
    for one, other in find_pairs(facts):
        likeness = compare(facts[one], facts[other])
        if likeness.is_same:
            found.append((likeness, one, other))
    # Ties are broken by what is said and not by who says it: another name for an outlet changes nothing.
    found.sort(key=lambda edge: (-edge[0].score, *sorted((nodes[edge[1]].content, nodes[edge[2]].content))))
    return found


def _content(item: Facts) -> str:
    """What a telling says, in one order for all."""
    announced = item.announced or item.fresh
    said = (
        sorted(item.investors),
        item.recipient,
        sorted(item.destinations),
        sorted(item.places),
        [(figure.currency, figure.low, figure.high) for figure in item.sums],
        item.deliverables,
        sorted(item.purposes),
        None if announced is None else (announced.earliest.toordinal(), announced.latest.toordinal()),
        None if item.end is None else item.end.toordinal(),
        item.is_total,
    )
    return repr(said)


class _Book:
    """Clusters of nodes as they grow."""

    def __init__(self, nodes: Sequence[_Node], different: Sequence[tuple[Key, Key]]) -> None:
        self._nodes = nodes
        self._node_of = {key: index for index, node in enumerate(nodes) for key in node.keys}
        self._cluster_of = list(range(len(nodes)))
        self._clusters: dict[int, _Cluster] = {
            index: _Cluster([index], set(node.documents), [index]) for index, node in enumerate(nodes)
        }
        self._scores: dict[tuple[int, int], float] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for left, right in different:
            if left in self._node_of and right in self._node_of:
                one, other = self._node_of[left], self._node_of[right]
                self._apart[one].add(other)
                self._apart[other].add(one)

    def join(self, left: Key, right: Key) -> None:
        """Puts two tellings into one group because people said so."""
        if left in self._node_of and right in self._node_of:
            one, other = self._cluster_of[self._node_of[left]], self._cluster_of[self._node_of[right]]
            if one != other:
                self._unite(one, other, None)
            self._clusters[self._cluster_of[self._node_of[left]]].decided = True

    def merge(self, left: int, right: int, likeness: Likeness) -> None:
        """Puts two nodes into one group unless something in their groups contradicts."""
        one, other = self._cluster_of[left], self._cluster_of[right]
        if one == other:
            return
        here, there = self._clusters[one], self._clusters[other]
        if any(self._apart[node] & set(there.nodes) for node in here.nodes if node in self._apart):
            return
        if not here.documents.isdisjoint(there.documents) and not self._repeats(here, there):
            return
        if self._agree(here, there):
            self._unite(one, other, likeness)

    def _repeats(self, here: _Cluster, there: _Cluster) -> bool:
        for one in here.nodes:
            for other in there.nodes:
                left, right = self._nodes[one], self._nodes[other]
                if not left.documents.isdisjoint(right.documents) and not _is_repeat(left.facts, right.facts):
                    return False
        return True

    def _agree(self, here: _Cluster, there: _Cluster) -> bool:
        if len(here.nodes) == len(there.nodes) == 1:
            return True
        total, asked = 0.0, 0
        for one in here.delegates:
            for other in there.delegates:
                score = self._score(one, other)
                if score <= IMPOSSIBLE:
                    return False
                total, asked = total + score, asked + 1
        return total >= AVERAGE * asked

    def _score(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        score = self._scores.get(pair)
        if score is None:
            score = self._scores[pair] = compare(self._nodes[one].facts, self._nodes[other].facts).score
        return score

    def _unite(self, one: int, other: int, likeness: Likeness | None) -> None:
        if len(self._clusters[one].nodes) < len(self._clusters[other].nodes):
            one, other = other, one
        here, there = self._clusters[one], self._clusters.pop(other)
        here.nodes += there.nodes
        here.delegates = sorted((*here.delegates, *there.delegates), key=self._richness)[:DELEGATES]
        here.documents |= there.documents
        here.decided |= there.decided
        weakest = [item for item in (here.weakest, there.weakest, likeness) if item is not None]
        here.weakest = min(weakest, key=lambda item: item.score, default=None)
        for node in there.nodes:
            self._cluster_of[node] = one

    def _richness(self, node: int) -> tuple[int, int, str]:
        facts = self._nodes[node].facts
        told = (facts.announced is not None) + bool(facts.sums) + bool(facts.places) + len(facts.deliverables)
        return (-told, -len(self._nodes[node].keys), self._nodes[node].content)

    def groups(self) -> tuple[Group, ...]:
        """What has come together, in the order of the first keys."""
        found = [
            Group(
                tuple(sorted(key for node in item.nodes for key in self._nodes[node].keys)), item.weakest, item.decided
            )
            for item in self._clusters.values()
        ]
        return tuple(sorted(found, key=lambda group: group.keys))


def _is_repeat(one: Facts, other: Facts) -> bool:
    likeness = compare(one, other)
    return likeness.score >= REPEATED and any(reason in _SURE for reason, _ in likeness.reasons)


def mapped(groups: Iterable[Group]) -> Mapping[Key, int]:
    """The position of each telling's group."""
    return {key: index for index, group in enumerate(groups) for key in group.keys}
