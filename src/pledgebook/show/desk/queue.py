"""What waits for a reviewer: one queue for the pages and the API."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from pledgebook.domain import Conflict, Decision, DecisionKind, Entry, Telling
from pledgebook.flow.doubts import Doubt, Waiting, doubts_of, settled_by
from pledgebook.reconcile.decided import in_force
from pledgebook.show.desk.ledger import Key, Ledger
from pledgebook.store import Book, LineQuery

__all__ = ["Item", "Queue", "Waiting"]

# Two pledges may be one where their sums differ by at most one in so many, and their days by at most so many.
_ALIKE, _DAYS = 20, 120
# Of very many alike, only neighbours are held against each other; and so many pairs are kept.
_CROWD, _MOST_PAIRS = 40, 2000
_Pair = tuple[str, str]


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

    def _of_pairs(self, pairs: Sequence[_Pair]) -> Iterator[Item]:
        known = self._ledger.some([name for pair in pairs for name in pair], has_claims=True)
        apart = _decided(self._ledger.decisions)
        for pair in pairs:
            entries = tuple(known[name] for name in pair if name in known)
            if len(entries) == len(pair) and not _is_decided(entries, apart):
                keys = tuple(telling.key for entry in entries for telling in entry.pledge.tellings)
                yield Item(Waiting.MATCH, entries, keys, "the same investor, country, sum and time")

    def _pairs(self) -> tuple[_Pair, ...]:
        """Lines that count with an investor and a country in common, about the same sum and time, held to be two."""
        return self._ledger.remembered("pairs", lambda book: _pairs(book, self._ledger.decisions))


def _asked(kind: Waiting) -> LineQuery:
    return LineQuery(traits=(("doubt", (kind.value,)),), sort="amount", descending=True)


def _item(entry: Entry, doubt: Doubt) -> Item:
    return Item(doubt.kind, (entry,), doubt.claims, doubt.why, doubt.conflict, doubt.telling, doubt.score)


@dataclass(frozen=True, slots=True)
class _Line:
    cents: int
    id: str
    earliest: str
    latest: str


def _pairs(book: Book, decisions: Iterable[Decision]) -> tuple[_Pair, ...]:
    counted = LineQuery(counted=True, whole=True)
    lines = {
        name: _Line(cents, name, earliest, latest)
        for name, cents, earliest, latest in book.lines.sums(counted)
        if cents > 0
    }
    countries: dict[str, list[str]] = {}
    for code, name in book.lines.traits(counted, "country")[0]:
        countries.setdefault(name, []).append(code)
    groups: dict[tuple[str, str], list[_Line]] = {}
    for investor, name in book.lines.traits(counted, "investor")[0]:
        if name in lines:
            for code in countries.get(name, ()):
                groups.setdefault((investor, code), []).append(lines[name])
    related = {(name, other) for other, name in book.lines.traits(counted, "relation")[0]}
    found: dict[_Pair, int] = {}
    for several in groups.values():
        for one, other in _neighbours(sorted(several, key=lambda it: (it.cents, it.id))):
            if _is_near(one, other) and not related & {(one.id, other.id), (other.id, one.id)}:
                found[min(one.id, other.id), max(one.id, other.id)] = -one.cents
    ordered = sorted(found, key=lambda pair: (found[pair], pair))
    parted = _parted(book, decisions)
    return tuple(pair for pair in ordered if pair not in parted)[:_MOST_PAIRS]


def _neighbours(ordered: Sequence[_Line]) -> Iterator[tuple[_Line, _Line]]:
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 : n + 1 + _CROWD]:
            if (other.cents - one.cents) * _ALIKE > other.cents:
                break
            yield one, other


def _is_near(one: _Line, other: _Line) -> bool:
    if not one.earliest or not other.earliest:
        return True
    first, last = sorted((one, other), key=lambda it: it.earliest)
    return (date.fromisoformat(last.earliest) - date.fromisoformat(first.latest)).days <= _DAYS


def _parted(book: Book, decisions: Iterable[Decision]) -> set[_Pair]:
    """Pairs of lines of which somebody has decided something about both."""
    wanted = [pair for item in in_force(decisions) if _is_about_two(item) for pair in combinations(item.subjects, 2)]
    keys = sorted({"/".join(key) for pair in wanted for key in pair})
    lines: dict[str, set[str]] = {}
    told = LineQuery(traits=(("telling", tuple(keys)),))
    for value, name in book.lines.traits(told, "telling")[0] if keys else ():
        lines.setdefault(value, set()).add(name)
    return {
        (min(one, other), max(one, other))
        for a, b in wanted
        for one in lines.get("/".join(a), ())
        for other in lines.get("/".join(b), ())
        if one != other
    }


def _decided(decisions: Iterable[Decision]) -> set[frozenset[Key]]:
    return {
        frozenset(pair)
        for item in in_force(decisions)
        if _is_about_two(item)
        for pair in combinations(item.subjects, 2)
    }


def _is_about_two(item: Decision) -> bool:
    return item.kind in (DecisionKind.SAME, DecisionKind.DIFFERENT)


def _is_decided(entries: Sequence[Entry], apart: set[frozenset[Key]]) -> bool:
    one, other = entries
    return any(frozenset((a.key, b.key)) in apart for a in one.pledge.tellings for b in other.pledge.tellings)
