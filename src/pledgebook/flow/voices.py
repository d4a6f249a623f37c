"""Whose voice a document is: copies of a story, of a press release or of an agency are one, however many printed it."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Document
from pledgebook.lexicon.agencies import load_agencies
from pledgebook.lexicon.own_texts import load_own_texts
from pledgebook.reconcile.ordering import is_first

# A run of this many words is hardly ever written twice by chance; of scripts without blanks, so many characters.
_WORDS_IN_RUN = 6
# Two documents speak with one voice where this share of the shorter one's runs stands in the other, too.
_SHARED = 0.5
_FEWEST_RUNS = 8
# One run in so many is compared: chosen by its hash, so that all documents choose the same.
_ONE_IN = np.uint64(4)
# A run in so many documents is a formula (a firm's boilerplate, a site's footer) and says nothing.
_FORMULA = 200
# The head of a text, in which a press release says that it is one.
_OPENING = 300
# So many words in quotation marks (or characters, where there are no blanks) are nobody else's.
_FEWEST_QUOTED = 8
_QUOTED = re.compile(
    r"[\u201c\u201e\u201f\u00ab\u300c\u300e]([^\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f]{20,600})"
    r"[\u201c\u201d\u00bb\u300d\u300f]|\"([^\"\n]{20,600})\""
)
_QUOTES = re.compile('[\u201c\u201e\u201f\u00ab\u300c\u300e"]')
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")
# An odd number to tell the places of a run apart, and two that stir its bits (those of splitmix64).
_STEP, _STIR = np.uint64(0x9E3779B97F4A7C15), (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
# So many pairs of documents are counted at once.
_PAIRS_AT_ONCE = 4_000_000

_Hashes = NDArray[np.uint64]
_Ints = NDArray[np.int64]


class Voices:
    """Documents as they are heard, one after the other: of each only hashes of what it says are held."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._runs, self._counts, self._texts = array("Q"), array("L"), array("Q")
        self._quotations: dict[str, frozenset[int]] = {}
        self._credited: dict[str, frozenset[str]] = {}
        self._releases: set[str] = set()

    def add(self, document: Document) -> None:
        """Hears one more document."""
        name, runs = document.id, _runs(document)
        self.meet(document)
        self._names.append(name)
        self._runs.frombytes(runs.tobytes())
        self._counts.append(len(runs))
        self._texts.append(int.from_bytes(blake2b(runs.tobytes(), digest_size=8).digest(), "little"))
        if quotations := _quotations(document.text):
            self._quotations[name] = quotations
        if credited := load_agencies().credited(document.text):
            self._credited[name] = credited

    def meet(self, document: Document) -> None:
        """Remembers whether it is a press release, which follows from its address, too: of one heard before, anew."""
        own = load_own_texts()
        opening = f"{document.title or ''}\n{document.text[:_OPENING]}"
        self._releases.discard(document.id)
        if own.is_release(opening) or own.is_wire(document.source):
            self._releases.add(document.id)

    def found(self) -> dict[str, str]:
        """The voice of each document, by id: the least id of all documents that are copies of each other.

        Copied is what shares half of its runs of words with a longer text: a reprint, an agency's story in a paper, a
        press release with another headline. Who tells it in other words, but with a quotation from one press release,
        speaks with the voice of that release; who credits one news agency, with the agency's, which goes by its name.
        Whoever else tells the same in other words has a voice of his own.
        """
        order = sorted(range(len(self._names)), key=self._names.__getitem__)
        names = [self._names[n] for n in order]
        at = np.array(order, np.int64)
        counts = np.frombuffer(self._counts, np.dtype(f"u{self._counts.itemsize}")).astype(np.int64)
        starts, counts = (np.cumsum(counts) - counts)[at], counts[at]
        leader = list(range(len(names)))
        # Copies to the letter are most of all copies: each such text is compared once.
        texts = np.frombuffer(self._texts, np.uint64)[at] if names else np.zeros(0, np.uint64)
        _, least, text = np.unique(texts, return_index=True, return_inverse=True)
        same = np.where(counts >= _FEWEST_RUNS, least[text], np.arange(len(names)))
        for n in np.flatnonzero(same != np.arange(len(names))).tolist():
            leader[n] = int(same[n])
        distinct = np.flatnonzero(same == np.arange(len(names)))
        runs = np.frombuffer(self._runs, np.uint64) if len(self._runs) else np.zeros(0, np.uint64)
        for one, other in _copies(runs, starts[distinct], counts[distinct]):
            here, there = _leader(leader, int(distinct[one])), _leader(leader, int(distinct[other]))
            leader[max(here, there)] = min(here, there)
        copied = {name: names[_leader(leader, n)] for n, name in enumerate(names)}
        heard = self._heard(copied)
        return {name: heard.get(voice, voice) for name, voice in copied.items()}

    def _heard(self, copied: Mapping[str, str]) -> dict[str, str]:
        """For texts, by their least ids, whose voice they are, where that is another: a release's or an agency's."""
        credited: dict[str, set[str]] = defaultdict(set)
        released: dict[int, set[str]] = defaultdict(set)
        said: dict[str, set[int]] = defaultdict(set)
        releases = {copied[name] for name in self._releases}
        for name, agencies in self._credited.items():
            credited[copied[name]] |= agencies
        for name, quotations in self._quotations.items():
            said[copied[name]] |= quotations
            if name in self._releases:
                for quotation in quotations:
                    released[quotation].add(copied[name])
        found = {}
        for voice in ({*credited, *said}) - releases:
            quoted = {it for quotation in said.get(voice, ()) for it in released.get(quotation, ())}
            if len(quoted) == 1:
                found[voice] = next(iter(quoted))
            elif len(credited.get(voice, ())) == 1:
                found[voice] = next(iter(credited[voice]))
        return found


def voices(documents: Iterable[Document]) -> dict[str, str]:
    """The voice of each document, by id: see `Voices.found`."""
    heard = Voices()
    for document in documents:
        heard.add(document)
    return heard.found()


def _quotations(text: str) -> frozenset[int]:
    """What somebody is quoted with at some length: in so many words hardly anybody says the same twice."""
    if _QUOTES.search(text) is None:
        return frozenset()
    found = set()
    for marked, plain in _QUOTED.findall(text):
        words = _words(marked or plain)
        if len(words) >= _FEWEST_QUOTED:
            found.add(_hash(" ".join(words)))
    return frozenset(found)


def _words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.lower())
    return _WORD.findall(_UNSPACED.sub(r" \1 ", text).casefold())


def _copies(runs: _Hashes, starts: _Ints, counts: _Ints) -> Iterator[tuple[int, int]]:
    """The pairs of texts of which half of the shorter one's runs stand in the other; `starts` are those of theirs."""
    owner = np.repeat(np.arange(len(counts)), counts)
    own = runs[np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(starts, counts)]
    order = np.lexsort((owner, own))
    own, owner = own[order], owner[order]
    first = is_first(own)
    size = np.diff(np.append(first, len(own)))
    end = np.repeat(first + size, size)
    says = np.repeat(size <= _FORMULA, size)
    # After each run of a text come those of later texts that have it, too.
    place = np.flatnonzero(says & (np.arange(len(own)) + 1 < end))
    place = place[np.argsort(owner[place], kind="stable")]
    owners, later = owner[place], end[place] - place - 1
    done = 0
    for stop in _stops(owners, later):
        part = slice(done, stop)
        done = stop
        one = np.repeat(owners[part], later[part])
        begins = np.repeat(place[part] + 1 - (np.cumsum(later[part]) - later[part]), later[part])
        other = owner[begins + np.arange(len(one))]
        pair, shared = np.unique(one * len(counts) + other, return_counts=True)
        one, other = np.divmod(pair, len(counts))
        shorter = np.minimum(counts[one], counts[other])
        good = (shorter >= _FEWEST_RUNS) & (shared >= _SHARED * shorter)
        yield from zip(one[good].tolist(), other[good].tolist(), strict=True)


def _stops(owners: _Ints, later: _Ints) -> Sequence[int]:
    """Where to stop so that no text is cut in two, after so many pairs or a little more."""
    if not len(owners):
        return ()
    ends = np.append(np.flatnonzero(owners[1:] != owners[:-1]) + 1, len(owners))
    batch = np.cumsum(later)[ends - 1] // _PAIRS_AT_ONCE
    return [int(it) for it in ends[np.append(batch[1:] != batch[:-1], True)]]


def _runs(document: Document) -> _Hashes:
    """The hashes of one in so many runs of the text's words, each once, in order."""
    kept, start = [], 0
    for span in document.noise:
        kept.append(document.text[start : span.start])
        start = span.end
    kept.append(document.text[start:])
    words = np.array([_hash(word) for word in _words("\n".join(kept))], np.uint64)
    count = len(words) - _WORDS_IN_RUN + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    mixed = np.zeros(count, np.uint64)
    for n in range(_WORDS_IN_RUN):
        mixed = mixed * _STEP + words[n : n + count]
    for shift, stir in zip((30, 27), _STIR, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * stir
    mixed ^= mixed >> np.uint64(31)
    return np.unique(mixed[mixed % _ONE_IN == 0])


@lru_cache(maxsize=100_000)
def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _leader(leader: list[int], name: int) -> int:
    while leader[name] != name:
        leader[name] = leader[leader[name]]
        name = leader[name]
    return name
