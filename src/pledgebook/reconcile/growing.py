"""A book's pledges, kept so that more tellings touch only their neighbours."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pledgebook.domain import Decision, Pledge, Telling
from pledgebook.reconcile.decided import Decided
from pledgebook.reconcile.group import Group
from pledgebook.reconcile.index import Index
from pledgebook.reconcile.pledges import Key, decided_about, draft, finished
from pledgebook.reconcile.ports import Rates


class Growing:
    """Pledges of a book that grows.

    `pledges` gives what `reconcile` gives, and remembers it: when it is asked again with more tellings, only these
    are compared, with what stands near them, and only the pledges that they change are worked out anew. What can't be
    added to (other decisions, tellings that are gone or say something else) is worked out from the beginning.
    """

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._known: dict[Key, Telling] = {}
        self._decided = Decided()
        self._index: Index | None = None
        self._home: dict[Key, Group] = {}
        self._drafts: dict[tuple[Key, ...], Pledge] = {}

    def pledges(self, tellings: Iterable[Telling], *, decisions: Iterable[Decision] = ()) -> tuple[Pledge, ...]:
        """One pledge for every commitment that the tellings tell of, in the order of their ids."""
        known = {telling.key: telling for telling in tellings}
        decided = decided_about(known, decisions)
        taken = {key: telling for key, telling in known.items() if key not in decided.rejected}
        # Whoever is interrupted half-way begins anew.
        index, self._index = self._index, None
        if index is None or decided != self._decided or not self._goes_on(taken):
            index = Index(taken.values(), self._rates, same=decided.same, different=decided.different)
            self._home, self._drafts = {}, {}
            groups: Iterable[Group] = index.groups()
        else:
            groups = self._added(index, taken)
        for it in groups:
            self._drafts[it.keys] = draft(it, taken, decided, self._rates)
            self._home |= dict.fromkeys(it.keys, it)
        self._known, self._decided, self._index = taken, decided, index
        return finished(self._drafts.values(), known, decided, self._rates)

    def _goes_on(self, taken: Mapping[Key, Telling]) -> bool:
        """Whether all that was known is known still and says the same."""
        return all(
            key in taken and (taken[key] is it or _said(taken[key]) == _said(it)) for key, it in self._known.items()
        )

    def _added(self, index: Index, taken: Mapping[Key, Telling]) -> Iterable[Group]:
        """Adds the tellings that are new; the groups that these change, and those heard in another voice now."""
        changed = index.add(telling for key, telling in taken.items() if key not in self._known)
        for keys in changed.gone:
            self._drafts.pop(keys)
        groups = {it.keys: it for it in changed.groups}
        still = (self._home[key] for key, it in self._known.items() if it != taken[key])
        return (groups | {it.keys: it for it in still if it.keys in self._drafts}).values()


def _said(telling: Telling) -> Telling:
    """A telling without whose voice it is, which is heard by what else is in the book, and changes no group."""
    return replace(telling, voice="", shows=())
