"""A book's tellings in groups, kept so that one more document touches only its neighbours.

What `add` leaves is what `group` would make of all tellings together: new rows are filed under their keys, rows that
came near each other are compared, rows that were crowded apart are let go, and only the groups that hang together
with any of these by an edge are made anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pledgebook.domain import Telling
from pledgebook.reconcile.cards import Cards
from pledgebook.reconcile.cluster import Edges, Told, cluster
from pledgebook.reconcile.compare import THRESHOLD, liken_pairs, score_pairs
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.group import Group, Pair, find_edges, hashes, told
from pledgebook.reconcile.hashes import Key
from pledgebook.reconcile.lists import Lists
from pledgebook.reconcile.names import Names
from pledgebook.reconcile.nodes import contents, make_nodes
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.reader import read_facts

Links = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Changed:
    """Groups as they are now, and the keys of the groups that are no more."""

    groups: tuple[Group, ...]
    gone: tuple[tuple[Key, ...], ...]


class Index:
    """Groups of tellings to which more can be added.

    Nodes are numbered: those of the first tellings in the order of their days, later ones as they come.
    """

    def __init__(
        self, tellings: Iterable[Telling], rates: Rates, *, same: Sequence[Pair] = (), different: Sequence[Pair] = ()
    ) -> None:
        self._rates, self._names = rates, Names()
        self._alone = {key for pair in (*same, *different) for key in pair}
        read = read_facts(tellings, rates, self._names)
        nodes = make_nodes(read, self._alone)
        self._base, self._facts, self._content = len(nodes.content), nodes.facts, nodes.content
        self._by_content = np.argsort(nodes.content).astype(np.int32)
        self._more, self._new_content = nodes.facts.take(np.zeros(0, np.int64)), dict[int, int]()
        self._cards = Cards(nodes.facts, nodes.content)
        together, apart = nodes.pairs(hashes(same)), nodes.pairs(hashes(different)) + nodes.pairs(read.apart)
        edges = find_edges(nodes)
        found = cluster(nodes.facts, nodes.content, edges, told(nodes), same=together, apart=apart)
        self._keys, self._document, self._more_documents = list(nodes.keys), nodes.document, list[int]()
        self._known = dict(zip(nodes.key.tolist(), nodes.node.tolist(), strict=True))
        self._tellings, self._members = Lists(nodes.node, self._base), Lists(found.group, self._base)
        self._group, self._new_group = found.group, dict[int, int]()
        self._first_edges, self._weakest = edges, found.weakest
        self._new_weakest: dict[int, tuple[int, int] | None] = {}
        self._near, self._new_near = Lists(np.append(edges.one, edges.other), self._base), dict[int, dict[int, float]]()
        self._bound, self._apart = _both_ways(together), _both_ways(apart)

    def __len__(self) -> int:
        return self._base + len(self._new_content)

    def groups(self) -> Iterator[Group]:
        """All groups as they are now."""
        leads = sorted({self._lead(node) for node in range(len(self))})
        yield from self._described(leads)

    def add(self, tellings: Iterable[Telling]) -> Changed:
        """What changes with these tellings; one that is known already changes nothing."""
        read, start = read_facts(tellings, self._rates, self._names), len(self._keys)
        rows, said = read.facts.rows, contents(read.facts, self._alone).tolist()
        touched: set[int] = set()
        for n in sorted(range(len(read.keys)), key=lambda n: (read.keys[n], said[n])):
            key, content = int(rows["key"][n]), said[n]
            if key in self._known:
                continue
            node = self._node(content)
            if node is None:
                node, facts = len(self), read.facts.take(np.array([n]))
                self._new_content[content] = node
                self._more = self._more.joined(facts)
                touched |= self._file(node, facts, content)
            self._known[key] = node
            self._tellings.append(node, len(self._keys))
            self._keys.append(read.keys[n])
            self._more_documents.append(int(rows["document"][n]))
            touched.add(node)
        for one, other in _known_pairs(read.apart.tolist(), self._known):
            self._apart[one].add(other)
            self._apart[other].add(one)
            touched |= {one, other}
        return self._regroup(touched, start) if touched else Changed((), ())

    def _node(self, content: int) -> int | None:
        at = int(np.searchsorted(self._content, np.uint64(content), sorter=self._by_content))
        if at < self._base and int(self._content[node := int(self._by_content[at])]) == content:
            return node
        return self._new_content.get(content)

    def _place(self, node: int) -> tuple[int, int]:
        """Where a node would stand in a book that is made at once."""
        return self._cards.place(node)[:2]

    def _file(self, node: int, facts: Facts, content: int) -> set[int]:
        """Links a new node with its likes and lets go of those that it came between; all nodes that this touched."""
        near, parted = self._cards.add(facts, content)
        others, touched = sorted(near), set()
        if others:
            row = np.arange(1, len(others) + 1)
            here = self._place(node)
            first = np.array([here < self._place(other) for other in others])
            both = self._facts_of([node, *others])
            score = score_pairs(both, np.where(first, 0, row), np.where(first, row, 0), least=THRESHOLD)
            for other, points in zip(others, score.tolist(), strict=True):
                if points >= THRESHOLD:
                    self._own_edges(node)[other] = self._own_edges(other)[node] = points
                    touched.add(other)
        linked = [pair for pair in sorted(parted) if pair[1] in self._edges(pair[0])]
        for (one, other), is_apart in zip(linked, self._cards.apart(linked, self._facts_of), strict=True):
            if is_apart:
                del self._own_edges(one)[other], self._own_edges(other)[one]
                touched |= {one, other}
        return touched

    def _edges(self, node: int) -> dict[int, float]:
        found = self._new_near.get(node)
        if found is None:
            edges = self._first_edges
            count, found = len(edges.one), {}
            for n in self._near[node]:
                found[int(edges.other[n] if n < count else edges.one[n - count])] = float(edges.score[n % count])
        return found

    def _own_edges(self, node: int) -> dict[int, float]:
        return self._new_near.setdefault(node, self._edges(node))

    def _facts_of(self, nodes: Sequence[int]) -> Facts:
        old = [node for node in nodes if node < self._base]
        both = self._facts.take(np.array(old, np.int64))
        if len(old) < len(nodes):
            both = both.joined(self._more)
        place = {node: n for n, node in enumerate(old)}
        order = [place[node] if node < self._base else len(old) + node - self._base for node in nodes]
        return both.take(np.array(order, np.int64))

    def _lead(self, node: int) -> int:
        found = self._new_group.get(node)
        return int(self._group[node]) if found is None else found

    def _together(self, touched: set[int]) -> list[int]:
        """All nodes that hang together with those that were touched, in the order of their days."""
        waiting, found = list(touched), set(touched)
        while waiting:
            node = waiting.pop()
            for other in {*self._edges(node), *self._bound[node]}:
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return sorted(found, key=self._place)

    def _regroup(self, touched: set[int], start: int) -> Changed:
        # Where an edge is gone, what it held together is found from both of its ends.
        nodes = self._together(touched)
        place = {node: n for n, node in enumerate(nodes)}
        leads = {self._lead(node) for node in nodes if node < self._base or node in self._new_group}
        members = {lead: self._members[lead] for lead in leads}
        was = {
            tuple(sorted(self._keys[n] for node in group for n in self._tellings[node] if n < start))
            for group in members.values()
        }
        ends = sorted(
            (place[one], place[other], score)
            for one in nodes
            for other, score in self._edges(one).items()
            if place[one] < place[other]
        )
        one, other = (np.array([it[n] for it in ends], np.int64) for n in (0, 1))
        edges = Edges(one, other, np.array([it[2] for it in ends], np.float64))
        found = cluster(
            self._facts_of(nodes),
            np.array([self._place(node)[1] for node in nodes], np.uint64),
            edges,
            self._told(nodes),
            same=_within(self._bound, place),
            apart=_within(self._apart, place),
        )
        groups: dict[int, list[int]] = defaultdict(list)
        for node, lead in zip(nodes, found.group.tolist(), strict=True):
            groups[nodes[lead]].append(node)
            self._new_group[node] = nodes[lead]
        for lead in leads:
            self._members.replace(lead, [])
        for lead, group in groups.items():
            self._members.replace(lead, group)
            edge = int(found.weakest[place[lead]])
            self._new_weakest[lead] = None if edge < 0 else (nodes[ends[edge][0]], nodes[ends[edge][1]])
        now = list(self._described(sorted(groups)))
        known = {group.keys for group in now}
        return Changed(
            tuple(group for group in now if group.keys not in was),
            tuple(sorted(keys for keys in was if keys and keys not in known)),
        )

    def _told(self, nodes: Sequence[int]) -> Told:
        first = len(self._document)
        pairs = sorted(
            {
                (n, int(self._document[it]) if it < first else self._more_documents[it - first])
                for n, node in enumerate(nodes)
                for it in self._tellings[node]
            }
        )
        return Told(np.array([it[0] for it in pairs], np.int64), np.array([it[1] for it in pairs], np.uint64))

    def _described(self, leads: Sequence[int]) -> Iterator[Group]:
        weakest = [self._weakest_of(lead) for lead in leads]
        asked = [pair for pair in weakest if pair is not None]
        facts = self._facts_of([node for pair in asked for node in pair])
        at = np.arange(len(asked)) * 2
        likenesses = iter(liken_pairs(facts, at, at + 1))
        for lead, pair in zip(leads, weakest, strict=True):
            members = self._members[lead]
            keys = tuple(sorted(self._keys[n] for node in members for n in self._tellings[node]))
            decided = any(self._bound[node] for node in members if node in self._bound)
            yield Group(keys, None if pair is None else next(likenesses), decided)

    def _weakest_of(self, lead: int) -> tuple[int, int] | None:
        if lead in self._new_weakest:
            return self._new_weakest[lead]
        edge = int(self._weakest[lead])
        return None if edge < 0 else (int(self._first_edges.one[edge]), int(self._first_edges.other[edge]))


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Links:
    found: Links = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _within(links: Links, place: dict[int, int]) -> list[tuple[int, int]]:
    return sorted(
        (place[one], place[other])
        for one in (links if len(links) < len(place) else place)
        if one in place and one in links
        for other in links[one]
        if other in place and place[one] < place[other]
    )


def _known_pairs(pairs: Iterable[Sequence[int]], known: dict[int, int]) -> Iterator[tuple[int, int]]:
    for one, other in pairs:
        if one in known and other in known and known[one] != known[other]:
            yield known[one], known[other]
