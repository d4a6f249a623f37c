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
from pledgebook.reconcile.block import divide, number
from pledgebook.reconcile.cards import Cards
from pledgebook.reconcile.cluster import Edges, cluster
from pledgebook.reconcile.compare import THRESHOLD, liken_pairs, score_pairs
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.group import Group, Pair, find_edges, hashes, told, told_by
from pledgebook.reconcile.hashes import Key
from pledgebook.reconcile.interned import Bools, Ints, Whole
from pledgebook.reconcile.lists import Grown, Lists
from pledgebook.reconcile.names import Names
from pledgebook.reconcile.nodes import contents, make_nodes
from pledgebook.reconcile.ordering import is_first, order_of
from pledgebook.reconcile.pairs import Floats
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.reader import read_facts

Links = dict[int, set[int]]
# What has no group yet.
_NONE = -1


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
        self._more, self._new_content = list[Facts](), dict[int, int]()
        self._cards = Cards(nodes.facts, nodes.content)
        together, apart = nodes.pairs(hashes(same)), nodes.pairs(hashes(different)) + nodes.pairs(read.apart)
        edges = find_edges(nodes)
        found = cluster(nodes.facts, nodes.content, edges, told(nodes), same=together, apart=apart)
        self._keys, self._document = nodes.keys, Grown(nodes.document)
        self._documents, self._new_documents = np.sort(nodes.document), set[int]()
        self._known = dict(zip(nodes.key.tolist(), nodes.node.tolist(), strict=True))
        self._tellings, self._members = Lists(nodes.node, self._base), Lists(found.group, self._base)
        self._group, self._first_edges, self._weakest = Grown(found.group), edges, found.weakest
        self._new_weakest: dict[int, tuple[int, int] | None] = {}
        self._near, self._new_near = Lists(np.append(edges.one, edges.other), self._base), dict[int, dict[int, float]]()
        # Which nodes have edges in `_new_near`, in place of those that they had first.
        self._is_own = Grown(np.zeros(self._base, np.bool_))
        self._bound, self._apart = _both_ways(together), _both_ways(apart)

    def __len__(self) -> int:
        return self._base + len(self._new_content)

    def groups(self) -> Iterator[Group]:
        """All groups as they are now."""
        yield from self._described(sorted(set(self._group.values.tolist())))

    def add(self, tellings: Iterable[Telling]) -> Changed:
        """What changes with these tellings; one that is known already changes nothing."""
        read, start = read_facts(tellings, self._rates, self._names), len(self._keys)
        rows, said = read.facts.rows, contents(read.facts, self._alone).tolist()
        touched, heard = set[int](), set[int]()
        for n in sorted(range(len(read.keys)), key=lambda n: (read.keys[n], said[n])):
            key, content, document = int(rows["key"][n]), said[n], int(rows["document"][n])
            if key in self._known:
                continue
            node = self._node(content)
            if node is None:
                node, facts = len(self), read.facts.take(np.array([n]))
                self._new_content[content] = node
                self._more.append(facts)
                self._group.append(_NONE)
                self._is_own.append(0)
                touched |= {node, *self._file(node, facts, content)}
            elif self._has_told(document):
                touched.add(node)
            heard.add(node)
            self._known[key] = node
            self._tellings.append(node, len(self._keys))
            self._keys.extend((read.keys.documents[n],), (read.keys.claims[n],))
            self._document.append(document)
            self._new_documents.add(document)
        for one, other in _known_pairs(read.apart.tolist(), self._known):
            self._apart[one].add(other)
            self._apart[other].add(one)
            touched |= {one, other}
        return self._changed(touched, heard, start)

    def _has_told(self, document: int) -> bool:
        """Whether a document has told anything so far."""
        at = int(np.searchsorted(self._documents, np.uint64(document)))
        return document in self._new_documents or (at < len(self._documents) and self._documents[at] == document)

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
        linked = self._linked(sorted(parted))
        for (one, other), is_apart in zip(linked, self._cards.apart(linked, self._facts_of), strict=True):
            if is_apart:
                del self._own_edges(one)[other], self._own_edges(other)[one]
                touched |= {one, other}
        return touched

    def _linked(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of pairs of nodes between which there is an edge."""
        ones = np.array(sorted({one for one, _ in pairs if one not in self._new_near}), np.int64)
        owner, other, _ = self._first_near(ones)
        known = set(zip(ones.take(owner).tolist(), other.tolist(), strict=True))
        return [(one, other) for one, other in pairs if (one, other) in known or other in self._new_near.get(one, ())]

    def _edges(self, node: int) -> dict[int, float]:
        found = self._new_near.get(node)
        if found is None:
            _, other, score = self._first_near(np.array([node]))
            found = dict(zip(other.tolist(), score.tolist(), strict=True))
        return found

    def _first_near(self, nodes: Ints) -> tuple[Ints, Ints, Floats]:
        """For some nodes which of them it is, who was near it in the beginning, and with how many points."""
        edges = self._first_edges
        owner, end = self._near.many(nodes)
        is_one = end < len(edges.one)
        edge = np.where(is_one, end, end - len(edges.one))
        return owner, np.where(is_one, edges.other.take(edge), edges.one.take(edge)), edges.score.take(edge)

    def _own_edges(self, node: int) -> dict[int, float]:
        self._is_own.values[node] = True
        return self._new_near.setdefault(node, self._edges(node))

    def _facts_of(self, nodes: Sequence[int] | Ints) -> Facts:
        asked = np.asarray(nodes, np.int64)
        later = np.flatnonzero(asked >= self._base)
        both = self._facts.take(asked[asked < self._base])
        if not len(later):
            return both
        row = np.cumsum(asked < self._base) - 1
        row[later] = len(both) + np.arange(len(later))
        both = both.joined(*(self._more[node - self._base] for node in asked[later].tolist()))
        return both.take(row)

    def _together(self, touched: set[int]) -> Ints:
        """All nodes that hang together with those that were touched, in the order of their days."""
        is_found, is_own = np.zeros(len(self), np.bool_), self._is_own.values
        found, reached = list[Ints](), np.array(sorted(touched), np.int64)
        while len(reached):
            is_found[reached] = True
            found.append(reached)
            owned = is_own.take(reached)
            linked = {other for node in reached[owned].tolist() for other in self._new_near[node]}
            if self._bound:
                linked.update(*(self._bound[node] for node in reached.tolist() if node in self._bound))
            more = np.append(self._first_near(reached[~owned])[1], np.array(sorted(linked), np.int64))
            reached = np.unique(more[~is_found.take(more)])
        nodes = np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)
        day, content = self._cards.places(nodes)
        return nodes[np.lexsort((content, day))]

    def _edges_within(self, nodes: Ints) -> Edges:
        """The edges of nodes that hang together, by their positions."""
        place = np.empty(len(self), np.int32)
        place[nodes] = np.arange(len(nodes))
        is_own = self._is_own.values.take(nodes)
        first = nodes[~is_own]
        owner, other, score = self._first_near(first)
        kept = (first.take(owner) < other) & ~self._is_own.values.take(other)
        more = [
            (node, other, score)
            for node in nodes[is_own].tolist()
            for other, score in self._new_near[node].items()
            if node < other or other not in self._new_near
        ]
        ends = [
            np.append(known, np.array([it[n] for it in more], np.int64))
            for n, known in enumerate((first.take(owner[kept]), other[kept]))
        ]
        pairs = number(*(place.take(end) for end in ends))
        order = np.argsort(pairs)
        score = np.append(score[kept], np.array([it[2] for it in more], np.float64))
        return Edges(*divide(pairs[order]), score[order])

    def _changed(self, touched: set[int], heard: set[int], start: int) -> Changed:
        """What the nodes that were touched make of all that hangs together with them, and those that were heard of."""
        # Where an edge is gone, what it held together is found from both of its ends.
        nodes = self._together(touched)
        parted, leads = self._regrouped(nodes, heard)
        alone = sorted({int(self._group.values[node]) for node in heard.difference(nodes.tolist())})
        was = {self._keys_of(members, until=start) for members in (*parted, *(self._members[lead] for lead in alone))}
        now = tuple(self._described(sorted({*leads, *alone})))
        known = {group.keys for group in now}
        return Changed(
            tuple(group for group in now if group.keys not in was),
            tuple(sorted(keys for keys in was if keys and keys not in known)),
        )

    def _regrouped(self, nodes: Ints, heard: set[int]) -> tuple[Sequence[list[int]], Sequence[int]]:
        """Of nodes that hang together the members of groups that are no more, and the leads of those that are new."""
        if not len(nodes):
            return (), ()
        edges = self._edges_within(nodes)
        place = {node: n for n, node in enumerate(nodes.tolist())} if self._bound or self._apart else {}
        owner, telling = self._tellings.many(nodes)
        found = cluster(
            self._facts_of(nodes),
            self._cards.places(nodes)[1],
            edges,
            told_by(owner, self._document.values.take(telling)),
            same=_within(self._bound, place),
            apart=_within(self._apart, place),
        )
        before = self._group.values.take(nodes)
        same = _is_same(before, found.group, np.isin(nodes, sorted(heard)))
        after = np.where(same, before, nodes.take(found.group))
        self._group.values[nodes] = after
        other = np.flatnonzero(~same)
        gone = {lead: self._members[lead] for lead in sorted(set(before[other].tolist()) - {_NONE})}
        members: dict[int, list[int]] = defaultdict(list)
        for node, lead in zip(nodes[other].tolist(), after[other].tolist(), strict=True):
            members[lead].append(node)
        for lead in gone:
            self._members.replace(lead, [])
        for lead, those in members.items():
            self._members.replace(lead, those)
        for n in np.unique(after, return_index=True)[1].tolist():
            edge = int(found.weakest[n])
            ends = None if edge < 0 else (int(nodes[edges.one[edge]]), int(nodes[edges.other[edge]]))
            self._new_weakest[int(after[n])] = ends
        return tuple(gone.values()), sorted(members)

    def _keys_of(self, members: Iterable[int], *, until: int) -> tuple[Key, ...]:
        return self._keys.ordered(n for node in members for n in self._tellings[node] if n < until)

    def _described(self, leads: Sequence[int]) -> Iterator[Group]:
        weakest = [self._weakest_of(lead) for lead in leads]
        asked = [pair for pair in weakest if pair is not None]
        facts = self._facts_of([node for pair in asked for node in pair])
        at = np.arange(len(asked)) * 2
        likenesses = iter(liken_pairs(facts, at, at + 1))
        for lead, pair in zip(leads, weakest, strict=True):
            members = self._members[lead]
            decided = any(self._bound[node] for node in members if node in self._bound)
            keys = self._keys_of(members, until=len(self._keys))
            yield Group(keys, None if pair is None else next(likenesses), decided)

    def _weakest_of(self, lead: int) -> tuple[int, int] | None:
        if lead in self._new_weakest:
            return self._new_weakest[lead]
        edge = int(self._weakest[lead])
        return None if edge < 0 else (int(self._first_edges.one[edge]), int(self._first_edges.other[edge]))


def _is_same(before: Whole, group: Whole, heard: Bools) -> Bools:
    """Which nodes stand together with those that they stood with, and with no others, and nothing was heard of any."""
    order = order_of(group)
    starts = is_first(group.take(order))
    size = np.diff(np.append(starts, len(order)))
    old = before.take(order)
    least, most = np.minimum.reduceat(old, starts), np.maximum.reduceat(old, starts)
    _, position, count = np.unique(before, return_inverse=True, return_counts=True)
    whole = size == count.take(position).take(order.take(starts))
    good = (least == most) & (least != _NONE) & whole & ~np.logical_or.reduceat(heard.take(order), starts)
    found = np.empty(len(order), np.bool_)
    found[order] = np.repeat(good, size)
    return found


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
