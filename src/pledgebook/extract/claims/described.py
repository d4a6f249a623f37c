"""Whom words mean that told what a party is when it was named: "the insurer" behind "the insurer Acme"."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_runs import introduces
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_WORD = re.compile(r"[^\W\d_][\w-]*")
# How far before a name what it is may stand, and how much may follow its comma: "Acme, an insurer from Cork, ...".
_BEFORE, _BEHIND = 40, 60
_WORDS_BEFORE, _WORDS_BEHIND = 3, 4
_SHORTEST, _ADDED = 4, 3
# How often phrases for "the company" begin with a word that is an article.
_OFTEN, _LONGEST_ARTICLE = 4, 4
_UNSPACED = frozenset(("hani", "thai"))
_COMMAS = (",", " (", " –", " —")


_KEPT = "told by what they are"


def described_in(scene: Scene, start: int, end: int) -> list[Span]:
    """The words of a stretch that tell of a party by what it is, once its parties are found."""
    return [span for span in scene.kept.get(_KEPT, ()) if start <= span.start and span.end <= end]


class Descriptions:
    """What the parties of a document are called besides their names, each word with whom it tells of and where."""

    def __init__(self, scene: Scene, actors: Mapping[str, Actor]) -> None:
        self._scene = scene
        self._told: dict[str, list[tuple[int, Actor]]] = {}
        ends = sorted(mention.span.end for mention in (*scene.organisations, *scene.names))
        for actor in actors.values():
            if actor.party is None or actor.party.kind is PartyKind.GOVERNMENT:
                continue
            for anchor in actor.names:
                for word in (*_words_beside(scene, anchor.span, ends), *_words_inside(scene, anchor.span)):
                    self._told.setdefault(word, []).append((anchor.span.start, actor))

    def meant(self, span: Span) -> Actor | None:
        """Whom words such as "the Swiss insurer" at `span` tell of: who was called so last before."""
        words = [skeleton(word) for word in _WORD.findall(span.of(self._scene.text))]
        told = [item for word in words for item in self._before(word, span.start)]
        if not told:
            return None
        self._keep(span)
        return max(told, key=lambda item: item[0])[1]

    def others(self, taken: Sequence[Span]) -> Iterator[tuple[Span, Actor]]:
        """Further words that tell of somebody, outside of `taken`: "the insurer", "den Versicherer"."""
        scene = self._scene
        if not self._told:
            return
        articles, ones = _articles(scene.language.code), scene.language.numbers.articles
        pattern = _acting(scene.language.code, self._told)
        endings = tuple(load_name_words(scene.language.code).words("article_endings").whole)
        names = [mention.span for mention in (*scene.organisations, *scene.names)]
        starts = {span.start for span in names}
        for found in pattern.finditer(scene.text):
            word = skeleton(found[0])
            meant = self._before(word, found.start())
            if not meant:
                continue
            span = Span(found.start(), found.end())
            if any(span.overlaps(other) for other in (*taken, *names)) or _is_followed(scene, span, starts):
                continue
            before = [skeleton(one) for one in scene.text[max(0, span.start - _BEFORE) : span.start].split()[-2:]]
            if before and before[-1] in ones:
                continue
            if before and articles and not word.endswith(endings) and not articles.intersection(before):
                continue
            at, actor = max(meant, key=lambda item: item[0])
            if scene.sentence_at(at) < scene.sentence_at(span.start):
                self._keep(span)
                yield span, actor

    def _keep(self, span: Span) -> None:
        self._scene.kept.setdefault(_KEPT, set()).add(span)

    def _before(self, word: str, start: int) -> list[tuple[int, Actor]]:
        """Who was called by a form of `word` before `start`."""
        told = self._told.get(word)
        if told is None and len(word) >= _SHORTEST:
            forms = [known for known in self._told if _is_form(known, word)]
            told = [item for known in forms for item in self._told[known]]
        return [item for item in told or () if item[0] < start]


def _words_beside(scene: Scene, name: Span, ends: Sequence[int]) -> Iterator[str]:
    """The words right before a name, or behind its comma, that say what it is and not only that it is a company.

    `ends` are where the names of the text end: what stands before one of them tells of another.
    """
    words, text = load_name_words(scene.language.code), scene.text
    introducers, firms = words.words("introduce"), words.words("any_firm")
    if words.script in _UNSPACED:
        at = bisect_right(ends, name.start)
        ahead = text[max(0, name.start - _BEFORE, ends[at - 1] if at else 0) : name.start]
        for mark in ("、", *load_language(scene.language.code).flow.get("owning", ())):
            ahead = ahead.removesuffix(mark)
        yield from (word for word in introducers.whole - firms.whole if len(word) > 1 and ahead.endswith(word))
        return
    line = max(text.rfind(mark, 0, name.start) for mark in "\n.,;:!?") + 1
    at = bisect_right(ends, name.start)
    start = max(line, name.start - _BEFORE, ends[at - 1] if at else 0)
    before = _WORD.findall(text[start : name.start])[-_WORDS_BEFORE:]
    behind: list[str] = []
    if text.startswith(_COMMAS, name.end):
        behind = re.split(r"[,.;:)\n]", text[name.end + 2 : name.end + _BEHIND])[0].split()[:_WORDS_BEHIND]
    for word in (*before, *behind):
        low = skeleton(word)
        if len(low) >= _SHORTEST and low not in firms and introduces(low, introducers):
            yield low


def _words_inside(scene: Scene, name: Span) -> Iterator[str]:
    """The first of several words of a name where it says what its bearer is: "Stadtwerke Suhl"."""
    words = load_name_words(scene.language.code)
    inside = _WORD.findall(name.of(scene.text))
    low = skeleton(inside[0]) if len(inside) > 1 else ""
    if len(low) >= _SHORTEST and low in words.words("introduce") and low not in words.words("any_firm"):
        yield low


def _is_form(one: str, other: str) -> bool:
    """Whether two words are one but for what an article or a case adds: "fond" and "fonden"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and long.startswith(short) and len(long) - len(short) <= _ADDED


def _is_followed(scene: Scene, span: Span, starts: set[int]) -> bool:
    """Whether a name stands right behind, be it behind one more word: "the French operator Acme"."""
    rest = scene.text[span.end : span.end + _BEFORE]
    second = re.match(r"[ -][^\W\d_]+[ -]", rest)
    return span.end + 1 in starts or (second is not None and span.end + second.end() in starts)


def _acting(code: str, told: Iterable[str]) -> re.Pattern[str]:
    """Any word; where no blanks part words, one of those `told` of somebody, with what acts behind it."""
    names, particles = load_name_words(code), load_language(code).flow.get("acting", ())
    if names.script not in _UNSPACED:
        return _WORD
    told = sorted(told, key=len, reverse=True)
    acting = sorted({*particles, *names.words("opens_with").whole} or names.words("says").whole, key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, told))})(?={'|'.join(map(re.escape, acting))})")


@cache
def _articles(code: str) -> frozenset[str]:
    """The words that phrases for "the company" begin with in a language that has articles before its nouns."""
    if "acting" in load_language(code).flow:
        return frozenset()  # What nouns do particles tell behind them.
    phrases = [cue.split() for cue in load_language(code).cues.get("company", ())]
    firsts = Counter(phrase[0] for phrase in phrases if len(phrase) > 1)
    return frozenset(word for word, count in firsts.items() if count >= _OFTEN and len(word) <= _LONGEST_ARTICLE)
