"""The pledges of a book, worked out a little at a time: first all of them, then only those that more documents change.

Of a document no more is remembered than what others are compared by; its claims are fetched from the book when their
pledge is worked out. Most pledges stand alone: they are worked out and let go. Those that may bear on each other (see
`bearing.py`) are looked at together.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pledgebook.domain import Pledge, ReadDocument, Telling
from pledgebook.flow.bearing import Bearing, Key, Keys
from pledgebook.flow.doubts import Settled, settled_by
from pledgebook.flow.heard import Heard, bare_tellings
from pledgebook.ledger.ports import Rates
from pledgebook.reconcile.decided import Decided
from pledgebook.reconcile.group import Group
from pledgebook.reconcile.index import Index
from pledgebook.reconcile.marks import bind, concerned
from pledgebook.reconcile.pledges import decided_about, draft, finished, rejected_id
from pledgebook.store import Book
from pledgebook.store.ports import Progress

# So many pledges are fetched and worked out at once.
_AT_ONCE = 400


class MovedOn(Exception):  # noqa: N818 - nobody's fault: it is worked out again
    """Somebody has written to the book since it was looked at."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided about the claims of today."""

    decided: Decided
    settled: Settled

    @classmethod
    def of(cls, book: Book) -> "Judged":
        """What was decided in a book."""
        decisions = book.decisions()
        if not decisions:
            return cls(Decided(), {})
        is_concerned = concerned(decisions)
        names = [name for name, source in book.first_sources() if is_concerned(name, source)]
        known = {it.key: it for item in book.some(names, has_text=False) for it in bare_tellings(item)}
        return cls(decided_about(known, decisions), settled_by(bind(decisions, known.values()).decisions))

    def groups_as(self, other: "Judged") -> bool:
        """Whether the tellings fall into the same groups."""
        return all(
            getattr(self.decided, name) == getattr(other.decided, name) for name in ("same", "different", "rejected")
        )

    @property
    def grouped(self) -> set[Key]:
        """The tellings about whose groups, or rejection, something was decided."""
        pairs = (*self.decided.same, *self.decided.different)
        return {*self.decided.rejected, *(key for pair in pairs for key in pair)}

    def unlike(self, other: "Judged") -> tuple[set[Key], set[str]]:
        """The tellings, and the documents, about which not the same was decided."""
        keys = {key for key in {*self.settled, *other.settled} if self.settled.get(key) != other.settled.get(key)}
        one, two = self.decided, other.decided
        for item in (*one.values, *two.values):
            if (item in one.values) != (item in two.values):
                keys |= set(item.subjects)
        for clash in (*one.contradictions, *two.contradictions):
            if (clash in one.contradictions) != (clash in two.contradictions):
                keys |= {*clash.kept.subjects, *clash.deprecated.subjects}
        findings = (it for it in (*one.findings, *two.findings) if (it in one.findings) != (it in two.findings))
        return keys, {finding.document for finding in findings}


class Standing:
    """The pledges of a book as they stand, to which more can be added.

    `all` works out every pledge, `more` those that may have changed since. Both give pledges that are complete, some
    at a time: those that bear on each other come together, at the end. Whoever does not take them to the end has to
    begin with `all` again.
    """

    def __init__(self, rates: Rates, *, grows: bool = True) -> None:
        """Without `grows` it forgets what only `more` needs."""
        self._rates, self._grows = rates, grows
        self.judged = Judged(Decided(), {})
        # The ids of pledges that may be gone, or other ones, after `more`.
        self.may_change: set[str] = set()
        self._heard, self._bearing = Heard(), Bearing()
        self._index: Index | None = None
        self._groups: dict[Keys, Group] = {}
        self._home: dict[Key, Keys] = {}

    def all(
        self, book: Book, items: Iterable[ReadDocument], progress: Progress | None = None
    ) -> Iterator[tuple[Pledge, ...]]:
        """Every pledge of a book; `items` are all its documents."""
        self._index, self._home = None, {}
        self.judged, self._heard, self._bearing = Judged.of(book), Heard(), Bearing()
        decided = self.judged.decided
        index = Index(self._taken(items), self._rates, same=decided.same, different=decided.different)
        self._groups = {group.keys: group for group in index.groups()}
        self._home |= {key: keys for keys in self._groups for key in keys}
        self._heard.listen()
        kept = index if self._grows else None
        del index
        if progress is not None:
            progress("pledges to work out", len(self._groups))
        yield from self._pledges(book, sorted(set(self._home.values())), set())
        self._index = kept

    def more(self, book: Book, names: Collection[str]) -> Iterator[tuple[Pledge, ...]] | None:
        """The pledges that may have changed since, where documents of these ids have come, or come again.

        None where all have to be worked out: where a document says something else now, or people have decided that
        other tellings are one, or none.
        """
        index, self._index = self._index, None
        if index is None:
            return None
        known = {name for name in names if self._heard.knows(name)}
        again = list(book.some(known))
        before, self.judged = self.judged, Judged.of(book)
        # A decision about what was not there yet would be missing among those that the index knows.
        awaited = {name for name, _ in self.judged.grouped} & set(names) - known
        if awaited or not all(map(self._heard.is_as_before, again)) or not self.judged.groups_as(before):
            return None
        changed = index.add(self._taken(book.some(set(names) - known)))
        keys, documents = self.judged.unlike(before)
        documents |= {item.document.id for item in again} | self._heard.listen(again)
        keys |= {key for key in self._home if key[0] in documents}
        stale = {self._home[key] for key in keys if key in self._home} | set(changed.gone)
        self.may_change = {self._id(group) for group in stale}
        beside: set[Keys] = set()
        for group in stale:
            slim = self._bearing.drop(group)
            beside |= set() if slim is None else self._bearing.beside(slim)
        for gone in changed.gone:
            del self._groups[gone]
        self._groups |= {group.keys: group for group in changed.groups}
        self._home |= {key: group.keys for group in changed.groups for key in group.keys}
        touched = {self._home[key] for group in stale for key in group} | {group.keys for group in changed.groups}
        return self._growing(index, self._pledges(book, sorted(touched), beside - stale))

    def _growing(self, index: Index, found: Iterator[tuple[Pledge, ...]]) -> Iterator[tuple[Pledge, ...]]:
        yield from found
        self._index = index

    def _taken(self, items: Iterable[ReadDocument]) -> Iterator[Telling]:
        """The tellings of documents that are heard for the first time, without those that somebody rejected."""
        for item in items:
            self._bearing.hear(item)
            for telling in self._heard.add(item):
                if telling.key in self.judged.decided.rejected:
                    self._home[telling.key] = (telling.key,)
                else:
                    yield telling

    def _pledges(self, book: Book, touched: Sequence[Keys], beside: set[Keys]) -> Iterator[tuple[Pledge, ...]]:
        """The pledges of groups that are new or other ones, and of all that hang together with these or `beside`."""
        drafts: dict[Keys, Pledge] = {}
        rejected: dict[Key, Telling] = {}
        waiting = set(beside)
        # Totals first: then it is known of each of the others whether one of them may hold it.
        valued = {key for item in self.judged.decided.values for key in item.subjects}
        first = {
            keys
            for keys in touched
            if keys not in self._groups or self._bearing.may_bear(keys) or not valued.isdisjoint(keys)
        }
        for some in _several(keys for keys in touched if keys in first):
            drafts |= self._drafts(book, some, rejected)
        for keys, pledge in drafts.items():
            self._bearing.put(keys, pledge, only_totals=not self._grows)
        for keys in first:
            waiting |= self._linked(keys)
            waiting |= self._bearing.beside(drafts[keys]) if keys in drafts else set()
        for some in _several(keys for keys in touched if keys not in first):
            alone = []
            for keys, pledge in self._drafts(book, some, rejected).items():
                self._bearing.put(keys, pledge, only_totals=not self._grows)
                if holders := self._bearing.beside(pledge):
                    drafts[keys] = pledge
                    waiting |= holders
                else:
                    alone.append(pledge)
            yield tuple(alone)
        seen = first | drafts.keys()
        while waiting := waiting - seen:
            seen |= waiting
            for some in _several(sorted(waiting)):
                drafts |= self._drafts(book, some, rejected)
            self.may_change |= {self._id(keys) for keys in waiting}
            waiting = {other for keys in waiting for other in (*self._linked(keys), *self._bearing.beside_known(keys))}
        yield finished(drafts.values(), rejected, self.judged.decided, self._rates)

    def _linked(self, keys: Keys) -> set[Keys]:
        return {self._home[key] for key in self._bearing.linked(keys) if key in self._home}

    def _id(self, keys: Keys) -> str:
        return self._bearing.id_of(keys) if keys in self._groups else rejected_id(keys[0])

    def _drafts(self, book: Book, some: Sequence[Keys], rejected: dict[Key, Telling]) -> dict[Keys, Pledge]:
        """The pledges of groups, before they are seen beside others; the tellings of rejected ones go to `rejected`.

        Raises MovedOn where the book has not got them any more.
        """
        names = {key[0] for keys in some for key in keys}
        told = self._heard.tellings(book.some(names, has_text=False))
        if not all(key in told for keys in some for key in keys):
            raise MovedOn
        rejected |= {keys[0]: told[keys[0]] for keys in some if keys not in self._groups}
        return {
            keys: draft(self._groups[keys], told, self.judged.decided, self._rates)
            for keys in some
            if keys in self._groups
        }


def _several(groups: Iterable[Keys]) -> Iterator[list[Keys]]:
    waiting = iter(groups)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
