"""Whose voice a document is: copies of a story, of a press release or of an agency are one, however many printed it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from pledgebook.domain import Document
from pledgebook.lexicon.agencies import load_agencies
from pledgebook.lexicon.own_texts import load_own_texts

# A run of this many words is hardly ever written twice by chance; of scripts without blanks, so many characters.
_WORDS_IN_RUN = 6
# Two documents speak with one voice where this share of the shorter one's runs stands in the other, too.
_SHARED = 0.5
_FEWEST_RUNS = 4
# One run in so many is compared: chosen by its hash, so that all documents choose the same.
_ONE_IN = 4
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
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")


def voices(documents: Sequence[Document]) -> dict[str, str]:
    """The voice of each document, by id: the least id of all documents that are copies of each other.

    Copied is what shares half of its runs of words with a longer text: a reprint, an agency's story in a paper, a
    press release with another headline. Who tells it in other words, but with a quotation from one press release,
    speaks with the voice of that release; who credits one news agency, with the agency's, which goes by its name.
    Whoever else tells the same in other words has a voice of his own.
    """
    runs = {document.id: _runs(document) for document in documents}
    leader = {name: name for name in runs}
    # Copies to the letter are most of all copies: each such text is compared once.
    first: dict[frozenset[int], str] = {}
    for name in sorted(runs):
        if len(runs[name]) >= _FEWEST_RUNS:
            leader[name] = first.setdefault(runs[name], name)
    distinct = {name: runs[name] for name in runs if leader[name] == name}
    for one, other in _copies(distinct):
        here, there = _leader(leader, one), _leader(leader, other)
        leader[max(here, there)] = min(here, there)
    copied = {name: _leader(leader, name) for name in leader}
    heard = _heard(documents, copied)
    return {name: heard[copied[name]] for name in copied}


def _heard(documents: Sequence[Document], copied: Mapping[str, str]) -> dict[str, str]:
    """For each text, by its least id, whose voice it is: its own, that of a release that it quotes, or an agency's."""
    own, agencies = load_own_texts(), load_agencies()
    credited: dict[str, set[str]] = defaultdict(set)
    released: dict[int, set[str]] = defaultdict(set)
    said: dict[str, set[int]] = defaultdict(set)
    releases = set()
    for document in documents:
        voice, quotations = copied[document.id], _quotations(document.text)
        said[voice] |= quotations
        credited[voice] |= agencies.credited(document.text)
        if own.is_release(f"{document.title or ''}\n{document.text[:_OPENING]}") or own.is_wire(document.source):
            releases.add(voice)
            for quotation in quotations:
                released[quotation].add(voice)
    found = {}
    for voice in set(copied.values()):
        quoted = {it for quotation in said[voice] for it in released.get(quotation, ())}
        found[voice] = voice
        if voice not in releases and len(quoted) == 1:
            found[voice] = next(iter(quoted))
        elif voice not in releases and len(credited[voice]) == 1:
            found[voice] = next(iter(credited[voice]))
    return found


def _quotations(text: str) -> set[int]:
    """What somebody is quoted with at some length: in so many words hardly anybody says the same twice."""
    found = set()
    for marked, plain in _QUOTED.findall(text):
        words = _words(marked or plain)
        if len(words) >= _FEWEST_QUOTED:
            found.add(_hash(" ".join(words)))
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(_UNSPACED.sub(r" \1 ", text).casefold())


def _copies(runs: dict[str, frozenset[int]]) -> Iterable[tuple[str, str]]:
    holders: dict[int, list[str]] = defaultdict(list)
    for name in sorted(runs):
        for run in runs[name]:
            holders[run].append(name)
    for name in sorted(runs):
        shared: Counter[str] = Counter()
        for run in runs[name]:
            if len(holders[run]) <= _FORMULA:
                shared.update(other for other in holders[run] if other > name)
        for other, count in sorted(shared.items()):
            shorter = min(len(runs[name]), len(runs[other]))
            if shorter >= _FEWEST_RUNS and count >= _SHARED * shorter:
                yield name, other


def _runs(document: Document) -> frozenset[int]:
    kept, start = [], 0
    for span in document.noise:
        kept.append(document.text[start : span.start])
        start = span.end
    kept.append(document.text[start:])
    words = _words("\n".join(kept))
    hashes = (_hash(" ".join(words[n : n + _WORDS_IN_RUN])) for n in range(max(0, len(words) - _WORDS_IN_RUN + 1)))
    return frozenset(value for value in hashes if value % _ONE_IN == 0)


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _leader(leader: dict[str, str], name: str) -> str:
    while leader[name] != name:
        leader[name] = leader[leader[name]]
        name = leader[name]
    return name
