"""What tellings say, in columns: made ready to be compared by the million."""

import struct
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import (
    Claim,
    Deliverable,
    Kind,
    Party,
    PartyKind,
    Purpose,
    RelationType,
    Role,
    Stage,
    Telling,
)
from pledgebook.reconcile.interned import Interned, Ints, Sets
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sums import SUM, CommonValues, pack_sums
from pledgebook.reconcile.table import Table

Key = tuple[str, str]

# A day of announcement that is known to within a month is as good as known for the choice of a rate.
SURE_DAYS = 31
# News without a day of its own is taken to be at most this much older than its publication.
FRESH_DAYS = 31
REPORT_DAYS = 7
# What has come further than a promise, or has been given up, was promised before the report that tells so.
_PROMISED_BEFORE = frozenset(
    id(stage) for stage in (Stage.UNDER_WAY, Stage.COMPLETED, Stage.DELAYED, Stage.CANCELLED, Stage.DENIED)
)

# What the investors of a telling are.
NOBODY, GOVERNMENT, PROJECT, UNLISTED, LISTED = range(5)
# Regions that hold countries: a telling may name the wider one.
WIDE = frozenset({"EU", "150", "142", "002", "019", "001"})

ROW = np.dtype(
    [
        ("document", "<u8"),
        ("key", "<u8"),
        ("investors", "<i4"),
        ("recipient", "<i4"),
        ("destinations", "<i4"),
        ("places", "<i4"),
        ("announced", "<i4", 2),
        ("fresh", "<i4", 2),
        ("before", "<i4"),
        ("end", "<i4"),
        ("end_year", "<i2"),
        ("purposes", "<u2"),
        ("sort", "i1"),
        ("is_total", "?"),
        ("is_report_day", "?"),
        ("sums", "u1"),
        ("things", "u1"),
    ],
    align=False,
)
THING = np.dtype([("kind", "i1"), ("count", "<f8")], align=False)
_ROW = struct.Struct("<QQiiiiiiiiiihHb??BB")
_THING = struct.Struct("<bd")
# By identity, as there is one of each: their own hash takes as long as all else that is done with them here.
_KINDS = {id(kind): n for n, kind in enumerate(Kind)}
_PURPOSES = {id(purpose): 0 if purpose is Purpose.GENERAL else 1 << n for n, purpose in enumerate(Purpose)}
_MOST = 255


def hash_text(text: str) -> int:
    """64 bits that follow from `text` on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(eq=False)
class Names:
    """The words of all tellings of a book, with a number each: parties, places and codes of destinations."""

    words: Interned = field(default_factory=Interned)
    sets: Sets = field(default_factory=Sets)
    _parties: dict[tuple[str, ...], list[tuple[tuple[Party, ...], int, int]]] = field(default_factory=dict)
    _sets: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    _hashes: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))

    def __post_init__(self) -> None:
        self._wide = np.array([self.words.number("destination", code) for code in sorted(WIDE)], np.int32)
        self._wide_sets = np.zeros(0, np.bool_)
        self._heads, self._tails = np.zeros(0, np.int32), np.zeros(0, np.int32)
        self._waiting: dict[str, list[tuple[str, int]]] = {}

    def party(self, name: str) -> int:
        """The number of a party."""
        return self.words.number("party", fold(name))

    def parties(self, parties: tuple[Party, ...]) -> tuple[int, int]:
        """The number of a set of parties, and what they are."""
        known = self._parties.setdefault(tuple([party.name for party in parties]), [])
        for those, number, sort in known:
            if those == parties:
                return number, sort
        number, sort = self.sets.number(self.party(it.name) for it in parties), _sort(parties)
        known.append((parties, number, sort))
        return number, sort

    def set_of(self, what: str, words: tuple[str, ...]) -> int:
        """The number of a set of places or destinations."""
        found = self._sets.get((what, words))
        if found is None:
            found = self.sets.number(self.words.number(what, word) for word in words)
            self._sets[what, words] = found
        return found

    @property
    def wide(self) -> NDArray[np.bool_]:
        """For each set whether it holds a region that holds countries."""
        known = len(self._wide_sets)
        if known < len(self.sets):
            more: NDArray[np.bool_] = np.logical_or.reduce(np.isin(self.sets.rows[known:], self._wide), axis=1)
            self._wide_sets = np.concatenate([self._wide_sets, more])
        return self._wide_sets

    @property
    def hashes(self) -> NDArray[np.uint64]:
        """What follows from each word, whatever its number."""
        known = len(self._hashes)
        if known < len(self.words):
            more = [hash_text("\x1f".join(word)) for word in self.words.values[known:]]
            self._hashes = np.concatenate([self._hashes, np.array(more, np.uint64)])
        return self._hashes

    @property
    def ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """For each word of three or more parts the party of its first two and of its last two parts, else -2."""
        known, count = len(self._heads), len(self.words)
        if known < count:
            more = np.full(count - known, -2, np.int32)
            self._heads, self._tails = np.concatenate([self._heads, more]), np.concatenate([self._tails, more])
            for number, (what, word) in enumerate(self.words.values[known:], known):
                if what == "party":
                    self._link_ends(number, word)
        return self._heads, self._tails

    def _link_ends(self, number: int, word: str) -> None:
        for ends, longer in self._waiting.pop(word, ()):
            ends_of = self._heads if ends == "head" else self._tails
            ends_of[longer] = number
        parts = word.split()
        if len(parts) > 2:
            for ends, ends_of, short in (("head", self._heads, parts[:2]), ("tail", self._tails, parts[-2:])):
                there = self.words.known("party", " ".join(short))
                # One that comes later is linked then.
                if 0 <= there < len(ends_of):
                    ends_of[number] = there
                else:
                    self._waiting.setdefault(" ".join(short), []).append((ends, number))


@dataclass(eq=False)
class Facts:
    """What tellings say, a row each: `rows`, with `sums` and `things` in order of the rows they belong to."""

    names: Names
    rows: Table
    sums: Table
    things: Table

    def __post_init__(self) -> None:
        self.sum_start = _starts(self.rows["sums"])
        self.thing_start = _starts(self.rows["things"])

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, positions: Ints) -> "Facts":
        """The rows at these positions, in that order."""
        sums = expand(self.sum_start[positions], self.rows["sums"][positions])[1]
        things = expand(self.thing_start[positions], self.rows["things"][positions])[1]
        return Facts(self.names, self.rows.take(positions), self.sums.take(sums), self.things.take(things))

    def joined(self, other: "Facts") -> "Facts":
        """These rows and those of `other`, which has the same names."""
        return Facts(
            self.names,
            self.rows.joined(other.rows),
            self.sums.joined(other.sums),
            self.things.joined(other.things),
        )


def _starts(counts: NDArray[np.uint8]) -> Ints:
    found = np.zeros(len(counts), np.int64)
    np.cumsum(counts[:-1], out=found[1:], dtype=np.int64)
    return found


def expand(starts: Ints, counts: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """For slices of a long column the number of the slice and the position in the column, item by item.

    >>> [it.tolist() for it in expand(np.array([5, 9]), np.array([2, 1]))]
    [[0, 0, 1], [5, 6, 9]]
    """
    counts = counts.astype(np.int64)
    owner = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - first[owner] + starts[owner]


@dataclass(frozen=True, slots=True)
class Read:
    """Facts with the key of each row, and the claims of one document that bear on each other.

    `related` are hashes of keys, two by two; `adds` tells which of them add to each other.
    """

    facts: Facts
    keys: list[Key]
    related: NDArray[np.uint64]
    adds: NDArray[np.bool_]

    @property
    def apart(self) -> NDArray[np.uint64]:
        """Claims that can't be one: what comes on top of a sum is not that sum, however alike they look."""
        return self.related[self.adds]


def read_facts(tellings: Iterable[Telling], rates: Rates, names: Names | None = None) -> Read:
    """The facts of tellings, row by row; no telling is kept."""
    reader = _Reader(names or Names(), rates)
    keys: list[Key] = []
    related, adds = array("Q"), array("B")
    for telling in tellings:
        claim = telling.claim
        reader.add(telling)
        keys.append((telling.document, claim.id))
        for relation in claim.relations:
            related.extend((hash_key(keys[-1]), hash_key((telling.document, relation.claim))))
            adds.append(relation.type is RelationType.ADDS_TO)
    return Read(
        reader.facts(),
        keys,
        np.array(related, np.uint64).reshape(-1, 2),
        np.array(adds, np.bool_),
    )


def hash_key(key: Key) -> int:
    """64 bits that follow from the key of a telling."""
    document, claim = (np.array([hash_text(part)], np.uint64) for part in key)
    return int(mix(document, claim)[0])


class _Reader:
    """Packs tellings, a row each: a million of them have to be read in seconds."""

    def __init__(self, names: Names, rates: Rates) -> None:
        self._names = names
        self._common = CommonValues(rates)
        self._rows, self._sums, self._things = bytearray(), bytearray(), bytearray()
        self._document, self._hash = "", hash_text("")

    def facts(self) -> Facts:
        """What was packed."""
        kinds = ((self._rows, ROW), (self._sums, SUM), (self._things, THING))
        rows, sums, things = (Table.packed(np.frombuffer(column, kind)) for column, kind in kinds)
        rows["key"][:] = mix(rows["document"], rows["key"])
        return Facts(self._names, rows, sums, things)

    def add(self, telling: Telling) -> None:
        """Packs one telling."""
        claim, published, names = telling.claim, telling.published, self._names
        if telling.document != self._document:
            self._document, self._hash = telling.document, hash_text(telling.document)
        begins, ends = (0, 0) if published is None else (published.earliest.toordinal(), published.latest.toordinal())
        told = claim.announced
        first, last = (0, 0) if told is None else (told.earliest.toordinal(), told.latest.toordinal())
        sums = 0
        if claim.amount is not None:
            is_sure = (told is not None and last - first < SURE_DAYS) or (
                published is not None and ends - begins < SURE_DAYS
            )
            rate_day = first + (last - first) // 2 if first else begins
            sums = pack_sums(self._sums, claim.amount, day=rate_day, sure_day=is_sure, common=self._common)
        first, last, is_report_day, is_fresh = _announced(claim, (first, last), (begins, ends))
        things = claim.deliverables
        if things:
            things = things if len(things) == 1 else tuple(sorted(things, key=_by_kind)[:_MOST])
            for item in things:
                self._things += _THING.pack(*_by_kind(item))
        investors, sort = names.parties(claim.investors) if claim.investors else (0, NOBODY)
        purposes = 0
        for purpose in claim.purposes:
            purposes |= _PURPOSES[id(purpose)]
        end = claim.term.end
        self._rows += _ROW.pack(
            self._hash,
            hash_text(claim.id),
            investors,
            -1 if claim.recipient is None else names.party(claim.recipient.name),
            names.set_of("destination", claim.destinations) if claim.destinations else 0,
            names.set_of("place", tuple([place.casefold() for place in claim.places])) if claim.places else 0,
            first,
            last,
            begins - FRESH_DAYS if is_fresh else 0,
            ends if is_fresh else 0,
            # Of a day that is told nobody asks until when it can have been.
            0 if first else ends,
            0 if end is None else end.toordinal(),
            0 if end is None else end.year,
            purposes,
            sort,
            claim.role is Role.TOTAL,
            is_report_day,
            sums,
            len(things),
        )


def _by_kind(item: Deliverable) -> tuple[int, float]:
    return _KINDS[id(item.kind)], _middle(item)


def _announced(claim: Claim, told: tuple[int, int], published: tuple[int, int]) -> tuple[int, int, bool, bool]:
    """The first and last day of the announcement (0 for none), whether they are the report's, whether it is fresh news.

    A report that dates by itself what it tells as background, or as begun, done, late or given up, names no day of
    announcement: that was earlier.
    """
    (first, last), (begins, ends) = told, published
    if not first:
        return 0, 0, False, bool(begins) and claim.role is Role.NEW
    if not begins or begins - last > REPORT_DAYS or first - ends > REPORT_DAYS:
        return first, last, False, False
    if last - first < SURE_DAYS and (claim.role is Role.EARLIER or id(claim.stage) in _PROMISED_BEFORE):
        return 0, 0, False, False
    return first, last, True, False


def _sort(parties: tuple[Party, ...]) -> int:
    if not parties:
        return NOBODY
    if all(party.kind is PartyKind.GOVERNMENT for party in parties):
        return GOVERNMENT
    if any(party.id is not None for party in parties):
        return LISTED
    return PROJECT if all(party.kind is PartyKind.ORGANISATION for party in parties) else UNLISTED


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without its case and signs, for comparing.

    >>> fold("MGX") == fold("Mgx"), fold("x.AI")
    (True, 'x ai')
    """
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())


def _middle(item: Deliverable) -> float:
    return float(item.count if item.count_max is None else (item.count + item.count_max) / 2)


def day_of(facts: Facts) -> Ints:
    """The day that each row stands under: that of the announcement, else the last on which it can have been."""
    rows = facts.rows
    day = np.where(rows["announced"][:, 0] > 0, rows["announced"][:, 0], rows["fresh"][:, 0])
    return np.where(day > 0, day, rows["before"]).astype(np.int64)


def said(facts: Facts) -> NDArray[np.uint64]:
    """For each row what follows from all that is compared, whoever said it: equal for equal rows, and only for those.

    64 bits: of a million different rows two are taken for one once in forty million books.
    """
    rows, names = facts.rows, facts.names
    words = names.hashes
    found = mix(np.full(len(rows), 1, np.uint64), _of_sets(names, rows["investors"]))
    recipients = np.where(rows["recipient"] < 0, np.uint64(0), words[np.maximum(rows["recipient"], 0)])
    found = mix(found, recipients) if len(words) else found
    found = mix(found, _of_sets(names, rows["destinations"]))
    found = mix(found, _of_sets(names, rows["places"]))
    days = np.concatenate([rows["announced"], rows["fresh"]], axis=1)
    for column in (*days.T, rows["before"], rows["end"], rows["purposes"], rows["sort"]):
        found = mix(found, column.astype(np.int64).view(np.uint64))
    flags = rows["is_total"] * 2 + rows["is_report_day"]
    found = mix(found, flags.astype(np.uint64))
    found = _with_items(found, facts.sum_start, rows["sums"], facts.sums)
    return _with_items(found, facts.thing_start, rows["things"], facts.things)


def _of_sets(names: Names, numbers: NDArray[np.int32]) -> NDArray[np.uint64]:
    used, position = np.unique(numbers, return_inverse=True)
    where, members = names.sets.incidence(used.astype(np.int64))
    found = np.zeros(len(used), np.uint64)
    np.add.at(found, where, mix(names.hashes[members], names.hashes[members]))
    return found[position]


def _with_items(found: NDArray[np.uint64], starts: Ints, counts: NDArray[np.uint8], items: Table) -> NDArray[np.uint64]:
    found = mix(found, counts.astype(np.uint64))
    for n in range(int(counts.max(initial=0))):
        has = np.flatnonzero(counts > n)
        for column in items.take(starts[has] + n).columns():
            whole = column.view(np.uint64) if column.dtype == np.float64 else column.astype(np.int64).view(np.uint64)
            found[has] = mix(found[has], whole)
    return found


def mix(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """64 bits that follow from both, in this order (the finaliser of splitmix64)."""
    found = (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other + np.uint64(0x632BE59BD9B4E019))
    found ^= found >> np.uint64(30)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    found *= np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return found
