"""What waits for a reviewer: one queue for the pages and the API."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pledgebook.domain import Conflict, Decision, Entry, Telling
from pledgebook.flow.alike import Pair, alike, is_about_two
from pledgebook.flow.doubts import Doubt, Waiting, doubts_of, settled_by
from pledgebook.reconcile.decided import in_force
from pledgebook.show.desk.ledger import Key, Ledger
from pledgebook.store import LineQuery

__all__ = ["Item", "Queue", "Waiting"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: why, about which lines and claims; `score` is how sure we are, if we know.

    Of an uncertain match, two lines may be one pledge, and one line may be two.
    """

    kind: Waiting
    entries: tuple[Entry, ...]
    claims: tuple[Key, ...]
    why: str
    conflict: Conflict | None = None
    telling: Telling | None = None
    score: float | None = None

    @property
    def field(self) -> str | None:
        """The field that tellings disagree about."""
        return None if self.conflict is None else self.conflict.field

    @property
    def key(self) -> str:
        """What tells it from the others of its kind."""
        told = "" if self.telling is None else "/".join(self.telling.key)
        return "+".join(entry.id for entry in self.entries) + (f".{self.field or told}" if self.field or told else "")


class Queue:
    """The queue of a ledger: within each kind what counts goes first, and of that the largest sums."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._settled = settled_by(ledger.decisions)

    def counts(self) -> Mapping[Waiting, int]:
        """How many pledges, or pairs of them, wait for each reason."""
        names = self._ledger.names("doubt")
        found = {kind: names.get(kind.value, 0) for kind in Waiting}
        found[Waiting.MATCH] += len(self._pairs())
        return found

    def items(self, kind: Waiting, *, offset: int = 0, limit: int) -> tuple[Item, ...]:
        """What waits for one reason; `offset` and `limit` count lines and pairs, each of which has one item or more."""
        pairs = self._pairs() if kind is Waiting.MATCH else ()
        some = pairs[offset : offset + limit]
        found = list(self._of_pairs(some))
        left = limit - len(some)
        if left > 0:
            asked = replace(_asked(kind), offset=max(0, offset - len(pairs)), limit=left)
            for entry in self._ledger.find(asked, has_claims=True):
                found += [_item(entry, doubt) for doubt in doubts_of(entry, self._settled) if doubt.kind is kind]
        return tuple(found)

    def all(self, *, offset: int = 0, limit: int) -> tuple[Item, ...]:
        """What waits for any reason, the most urgent first."""
        counts = self.counts()
        found: list[Item] = []
        for kind in Waiting:
            if limit > 0 and offset < counts[kind]:
                found += self.items(kind, offset=offset, limit=limit)
                limit -= min(limit, counts[kind] - offset)
            offset = max(0, offset - counts[kind])
        return tuple(found)

    def _of_pairs(self, pairs: Sequence[Pair]) -> Iterator[Item]:
        known = self._ledger.some([name for pair in pairs for name in pair], has_claims=True)
        apart = _decided(self._ledger.decisions)
        for pair in pairs:
            entries = tuple(known[name] for name in pair if name in known)
            if len(entries) == len(pair) and not _is_decided(entries, apart):
                keys = tuple(telling.key for entry in entries for telling in entry.pledge.tellings)
                yield Item(Waiting.MATCH, entries, keys, "the same investor, country, sum and time")

    def _pairs(self) -> tuple[Pair, ...]:
        """Lines that count with an investor and a country in common, about the same sum and time, held to be two."""
        return self._ledger.remembered("pairs", lambda book: alike(book, self._ledger.decisions))


def _asked(kind: Waiting) -> LineQuery:
    return LineQuery(traits=(("doubt", (kind.value,)),), sort="amount", descending=True)


def _item(entry: Entry, doubt: Doubt) -> Item:
    return Item(doubt.kind, (entry,), doubt.claims, doubt.why, doubt.conflict, doubt.telling, doubt.score)


def _decided(decisions: Iterable[Decision]) -> set[frozenset[Key]]:
    return {
        frozenset(pair) for item in in_force(decisions) if is_about_two(item) for pair in combinations(item.subjects, 2)
    }


def _is_decided(entries: Sequence[Entry], apart: set[frozenset[Key]]) -> bool:
    one, other = entries
    return any(frozenset((a.key, b.key)) in apart for a in one.pledge.tellings for b in other.pledge.tellings)
