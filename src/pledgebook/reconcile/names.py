"""The words of a book with a number each: parties, places and codes of destinations."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Party, PartyKind
from pledgebook.reconcile.hashes import hash_text, mix
from pledgebook.reconcile.interned import Interned, Sets

# What the investors of a telling are.
NOBODY, GOVERNMENT, PROJECT, UNLISTED, LISTED = range(5)
# A party by its name, its kind (by identity: the hash of a kind takes longer than all else here) and its id.
_One = tuple[str, int, str | None]
_Known = _One | tuple[_One, ...]
# Regions that hold countries: a telling may name the wider one.
WIDE = frozenset({"EU", "150", "142", "002", "019", "001"})


class Looked(dict[tuple[str, ...], int]):
    """Numbers that are worked out at the first question."""

    def __init__(self, find: Callable[[tuple[str, ...]], int]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, words: tuple[str, ...]) -> int:
        found = self[words] = self._find(words)
        return found


@dataclass(eq=False)
class Names:
    """The words of all tellings of a book, with a number each: parties, places and codes of destinations."""

    words: Interned = field(default_factory=Interned)
    sets: Sets = field(default_factory=Sets)
    _parties: dict[_Known, int] = field(default_factory=dict)
    _told: list[tuple[int, int, int]] = field(default_factory=lambda: [(0, 0, NOBODY)])
    _told_columns: NDArray[np.int32] = field(default_factory=lambda: np.zeros((3, 0), np.int32))
    _hashes: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    _set_hashes: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))

    def __post_init__(self) -> None:
        # The numbers of sets of places, however their names are capitalised, and of destinations.
        self.places = Looked(lambda names: self.sets.number(self.words.number("place", it.casefold()) for it in names))
        self.destinations = Looked(lambda codes: self.sets.number(self.words.number("destination", it) for it in codes))
        self._wide = np.array([self.words.number("destination", code) for code in sorted(WIDE)], np.int32)
        self._wide_sets = np.zeros(0, np.bool_)
        self._heads, self._tails = np.zeros(0, np.int32), np.zeros(0, np.int32)
        self._waiting: dict[str, list[tuple[str, int]]] = {}

    def party(self, name: str) -> int:
        """The number of a party."""
        return self.words.number("party", fold(name))

    def parties(self, parties: tuple[Party, ...]) -> int:
        """The number of what is told of some parties, 0 of none."""
        if len(parties) == 1:
            (party,) = parties
            key: _Known = party.name, id(party.kind), party.id
        else:
            key = tuple([(party.name, id(party.kind), party.id) for party in parties])
        found = self._parties.get(key)
        if found is None:
            found = self._parties[key] = len(self._told)
            names = self.sets.number(self.party(it.name) for it in parties)
            ids = self.sets.number(self.words.number("id", it.id) for it in parties if it.id is not None)
            self._told.append((names, ids, _sort(parties)))
        return found

    def told(self, numbers: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
        """For numbers of what is told of parties the sets of their names, those of their ids, and what they are."""
        known = self._told_columns.shape[1]
        if known < len(self._told):
            self._told_columns = np.hstack([self._told_columns, np.array(self._told[known:], np.int32).T])
        names, ids, sorts = self._told_columns
        return names.take(numbers), ids.take(numbers), sorts.astype(np.int8).take(numbers)

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
    def set_hashes(self) -> NDArray[np.uint64]:
        """What follows from the words of each set, whatever its number."""
        known = len(self._set_hashes)
        if known < len(self.sets):
            where, members = self.sets.incidence(np.arange(known, len(self.sets)))
            more = np.zeros(len(self.sets) - known, np.uint64)
            words = self.hashes.take(members)
            np.add.at(more, where, mix(words, words))
            self._set_hashes = np.concatenate([self._set_hashes, more])
        return self._set_hashes

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


def _sort(parties: tuple[Party, ...]) -> int:
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
