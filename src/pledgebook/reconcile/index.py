"""A book's tellings in groups, kept so that one more document touches only its neighbours.

What `add` leaves is what `group` would make of all tellings together: new rows are filed under their keys, rows that
came near each other are compared, rows that were crowded apart are let go, and the rounds in which groups unite are
gone through again where any of these edges changes something.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pledgebook.domain import Telling
from pledgebook.reconcile.cards import Cards
from pledgebook.reconcile.cluster import cluster
from pledgebook.reconcile.compare import THRESHOLD, liken_pairs, score_pairs
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.group import Group, Pair, find_edges, hashes, told, told_by
from pledgebook.reconcile.groups import Told, richness
from pledgebook.reconcile.hashes import Key
from pledgebook.reconcile.interned import Ints
from pledgebook.reconcile.lists import Grown, Lists
from pledgebook.reconcile.names import Names
from pledgebook.reconcile.near import Near
from pledgebook.reconcile.nodes import contents, make_nodes
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.reader import read_facts
from pledgebook.reconcile.replay import Known, Replay, Replayed


@dataclass(frozen=True, slots=True)
class Changed:
    """Groups as they are now, and the keys of the groups that are no more."""

    groups: tuple[Group, ...]
    gone: tuple[tuple[Key, ...], ...]


class Index:
    """Groups of tellings to which more can be added.

    Nodes are numbered: those of the first tellings in the order of their days, later ones as they come. A group has
    the number of its least node.
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
        self._key_node = dict(zip(nodes.key.tolist(), nodes.node.tolist(), strict=True))
        self._tellings, self._weakest = Lists(nodes.node, self._base), Grown(found.weakest)
        self._bound = {one for pair in together for one in pair}
        self._known = Known(
            self._facts_of,
            Grown(nodes.content),
            Grown(richness(nodes.facts).astype(np.int16)),
            Near(edges, found.refused, self._base),
            found.past.with_room(),
            found.past.with_room(),
            Grown(found.group),
            Lists(found.group, self._base),
            self._told,
            _both_ways(apart),
        )

    def __len__(self) -> int:
        return self._base + len(self._new_content)

    def groups(self) -> Iterator[Group]:
        """All groups as they are now."""
        yield from self._described(sorted(set(self._known.group.values.tolist())))

    def add(self, tellings: Iterable[Telling]) -> Changed:
        """What changes with these tellings; one that is known already changes nothing."""
        read, start = read_facts(tellings, self._rates, self._names), len(self._keys)
        rows, said = read.facts.rows, contents(read.facts, self._alone).tolist()
        # Nodes that other documents tell now, edges that are new or gone, and nodes that more is told of.
        touched, changed, heard = set[int](), set[int](), set[int]()
        for n in sorted(range(len(read.keys)), key=lambda n: (read.keys[n], said[n])):
            key, content, document = int(rows["key"][n]), said[n], int(rows["document"][n])
            if key in self._key_node:
                continue
            node = self._node(content)
            if node is None:
                node = self._new_node(read.facts.take(np.array([n])), content)
                changed |= self._file(node, content)
            if self._has_told(document):
                touched.add(node)
            heard.add(node)
            self._key_node[key] = node
            self._tellings.append(node, len(self._keys))
            self._keys.extend((read.keys.documents[n],), (read.keys.claims[n],))
            self._document.append(document)
            self._new_documents.add(document)
        for one, other in _known_pairs(read.apart.tolist(), self._key_node):
            self._known.apart[one].add(other)
            self._known.apart[other].add(one)
            touched |= {one, other}
        replayed = Replay(self._known, touched, changed).run()
        return self._changed(replayed, heard, start)

    def _new_node(self, facts: Facts, content: int) -> int:
        node, known = len(self), self._known
        self._new_content[content] = node
        self._more.append(facts)
        known.content.append(content)
        known.rich.append(int(richness(facts)[0]))
        known.group.append(node)
        known.members.replace(node, [node])
        self._weakest.append(-1)
        if node >= len(known.past.into):
            known.make_room()
        return node

    def _has_told(self, document: int) -> bool:
        """Whether a document has told anything so far."""
        at = int(np.searchsorted(self._documents, np.uint64(document)))
        return document in self._new_documents or (at < len(self._documents) and self._documents[at] == document)

    def _told(self, nodes: Ints) -> Told:
        """Which documents tell which of some nodes, of those that tell several of them."""
        owner, telling = self._tellings.many(nodes)
        return told_by(nodes.take(owner), self._document.values.take(telling))

    def _node(self, content: int) -> int | None:
        at = int(np.searchsorted(self._content, np.uint64(content), sorter=self._by_content))
        if at < self._base and int(self._content[node := int(self._by_content[at])]) == content:
            return node
        return self._new_content.get(content)

    def _place(self, node: int) -> tuple[int, int]:
        """Where a node would stand in a book that is made at once."""
        return self._cards.place(node)[:2]

    def _file(self, node: int, content: int) -> set[int]:
        """Links a new node with its likes and lets go of those that it came between; all edges new or gone."""
        near, parted = self._cards.add(self._more[-1], content)
        others, touched = sorted(near), set()
        if others:
            row = np.arange(1, len(others) + 1)
            here = self._place(node)
            first = np.array([here < self._place(other) for other in others])
            both = self._facts_of(np.array([node, *others]))
            score = score_pairs(both, np.where(first, 0, row), np.where(first, row, 0), least=THRESHOLD)
            for other, points, is_first in zip(others, score.tolist(), first.tolist(), strict=True):
                if points >= THRESHOLD:
                    ends = (node, other) if is_first else (other, node)
                    touched.add(self._known.near.add(*ends, points))
        linked = self._known.near.between(sorted(parted))
        pairs = sorted(linked)
        for pair, is_apart in zip(pairs, self._cards.apart(pairs, self._facts_of), strict=True):
            if is_apart:
                self._known.near.drop(linked[pair])
                touched.add(linked[pair])
        return touched

    def _facts_of(self, asked: Sequence[int] | Ints) -> Facts:
        nodes = np.asarray(asked, np.int64)
        later = np.flatnonzero(nodes >= self._base)
        both = self._facts.take(nodes[nodes < self._base])
        if not len(later):
            return both
        row = np.cumsum(nodes < self._base) - 1
        row[later] = len(both) + np.arange(len(later))
        both = both.joined(*(self._more[node - self._base] for node in nodes[later].tolist()))
        return both.take(row)

    def _changed(self, replayed: Replayed, heard: set[int], start: int) -> Changed:
        """What the nodes whose groups are others now, and those that were heard of, make of the book."""
        known, nodes = self._known, replayed.nodes
        before = known.group.values.take(nodes)
        gone = {lead: known.members[lead] for lead in sorted(set(before.tolist()))}
        members: dict[int, list[int]] = defaultdict(list)
        for node, lead in zip(nodes.tolist(), replayed.groups.tolist(), strict=True):
            members[lead].append(node)
        known.group.values[nodes] = replayed.groups
        for lead, those in {**dict.fromkeys(gone, ()), **members}.items():
            known.members.replace(lead, those)
        other = [lead for lead, edge in replayed.weakest.items() if self._weakest.values[lead] != edge]
        for lead in other:
            self._weakest.values[lead] = replayed.weakest[lead]
        alone = {int(known.group.values[node]) for node in heard} - members.keys()
        unlike = {lead for lead in other if lead not in members and lead not in alone}
        was = {self._keys_of(those, until=start) for those in gone.values()}
        was |= {self._keys_of(known.members[lead], until=start) for lead in alone}
        now = tuple(self._described(sorted({*members, *alone, *unlike})))
        keys = {group.keys for group in now}
        return Changed(now, tuple(sorted(it for it in was if it and it not in keys)))

    def _keys_of(self, members: Iterable[int], *, until: int) -> tuple[Key, ...]:
        return self._keys.ordered(n for node in members for n in self._tellings[node] if n < until)

    def _described(self, leads: Sequence[int]) -> Iterator[Group]:
        weakest = self._weakest.values.take(np.array(leads, np.int64))
        edges = self._known.near.edges(weakest[weakest >= 0])
        facts = self._facts_of(np.stack([edges.one, edges.other], axis=1).ravel())
        at = np.arange(len(edges.one)) * 2
        likenesses = iter(liken_pairs(facts, at, at + 1))
        for lead, edge in zip(leads, weakest.tolist(), strict=True):
            members = self._known.members[lead]
            decided = any(node in self._bound for node in members)
            keys = self._keys_of(members, until=len(self._keys))
            yield Group(keys, next(likenesses) if edge >= 0 else None, decided)


def _both_ways(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _known_pairs(pairs: Iterable[Sequence[int]], known: dict[int, int]) -> Iterator[tuple[int, int]]:
    for one, other in pairs:
        if one in known and other in known and known[one] != known[other]:
            yield known[one], known[other]
