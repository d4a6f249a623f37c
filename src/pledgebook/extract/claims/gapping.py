"""Who pays a sum without a verb of its own, as one that was told before holds for it: "and Bolt 2 million"."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pledgebook.domain import Span
from pledgebook.extract.claims.clauses import is_parted
from pledgebook.extract.claims.described import described_in
from pledgebook.extract.claims.flow import (
    giving,
    taking,
)
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_DESCRIBED = 4
# How far before a name its verb may begin: "trägt Acme 3 Millionen und Bolt 2 Millionen".
_VERB = 20
_SUBJECT = 2
# What may stand between "and" and a name, with it, and in an aside behind that.
_JOINED, _ASIDE = 4, 5
# A dash stands for a verb that is not told again: "Acme pays 3 million, Bolt – 2 million".
_DASHES = " \u00a0-–—"
# Prepositions and articles beside a place.
_SMALL_WORDS = 2
_PAIR = 2
_QUOTES = "«»\"“”„'"


@once
def paying_too(scene: Scene, sentence: int) -> tuple[Span, ...]:
    """Who pays a sum of a sentence without a verb of its own: Bolt in "Acme pays 3 million and Bolt 2 million".

    Words for somebody who was named before count as names: "and the city 2 million", "the insurer 2 million".
    """
    bounds = scene.sentences[sentence].span
    sums = [mention.span for mention in scene.money if bounds.contains(mention.span)]
    named = [mention.span for mention in scene.organisations if bounds.contains(mention.span)]
    # A name of which nothing else tells what it is names somebody where a sum follows.
    named += [mention.span for mention in scene.names if _opens_gap(scene, mention.span, sums)]
    bodies = {cue.span for cue in scene.cues_of(sentence) if cue.label == "government"}
    bodies |= set(described_in(scene, bounds.start, bounds.end))
    names = sorted([*named, *(body for body in bodies if not any(body.overlaps(name) for name in named))])
    found: list[Span] = []
    is_told = False
    for n, (before, money) in enumerate(pairwise(sums)):
        low = sums[n - 1].end if n else bounds.start
        first = max((name for name in names if low <= name.start and name.end <= before.start), default=None)
        start = low if first is None else max(low, first.start - _VERB)
        is_told = is_told or _acts(scene, sentence, Span(start, before.start))
        if not is_told:
            continue
        gapped = _before_gap(scene, before, money, names)
        if gapped is not None:
            found.append(gapped)
            continue
        # What stands before a comma still tells of the sum before: "130 million from the programme, Acme 20 million".
        # Of several parted by semicolons, a comma stands for the verb: "Acme pays 3 million; Bolt, 2 million".
        parted = scene.text.rfind(";", before.end, money.start)
        start = max(before.end, (parted if parted >= 0 else scene.text.rfind(",", before.end, money.start)) + 1)
        signs = _DASHES + _QUOTES + ("," if parted >= 0 else "")
        between = [name for name in names if start <= name.start and name.end <= money.start]
        if len(between) == 1 and _is_name(scene, _rest_of(scene, Span(between[0].end, money.start)).strip(signs)):
            found.append(between[0])
        elif between or len(scene.text[start : money.start].split()) > _SUBJECT:
            break  # "The university will pay 3 million, the town 2 million": somebody without a name goes on
    return tuple(found)


def _opens_gap(scene: Scene, name: Span, sums: Sequence[Span]) -> bool:
    """Whether a sum follows a name right behind, or behind a comma or a dash, or behind where it goes."""
    money = next((one for one in sums if one.start >= name.end), None)
    if money is None or len(sums) < _PAIR or money == sums[0]:
        return False
    between = Span(name.end, money.start)
    signs = between.of(scene.text).strip(_DASHES + _QUOTES + ",")
    return not signs or _tells_where(scene, between)


def _before_gap(scene: Scene, before: Span, money: Span, names: Sequence[Span]) -> Span | None:
    """The only name between two sums, behind "and" and before a comma for the verb: "3 million and Bolt, 2 million"."""
    between = [name for name in names if before.end <= name.start and name.end <= money.start]
    if len(between) != 1:
        return None
    name, joins = between[0], load_name_words(scene.language.code).words("and")
    ahead = [skeleton(word) in joins for word in scene.text[before.end : name.start].split()]
    return name if any(ahead[-_JOINED:]) and is_gap(scene, Span(name.end, money.start)) else None


def _rest_of(scene: Scene, span: Span) -> str:
    """What stands between a name and its sum, without what goes with a sum: "Bolt otros 2 millones"."""
    cues = [cue.span for cue in scene.cues_in(span.start, span.end) if cue.label in ("with_it", "add")]
    last = next((cue for cue in cues if not scene.text[cue.end : span.end].strip()), None)
    rest = Span(span.start, span.end if last is None else last.start)
    return "" if _tells_where(scene, rest) else rest.of(scene.text)


def _tells_where(scene: Scene, span: Span) -> bool:
    """Whether words only say where a sum goes, or nothing: "Bolt in Lyon 2 million", "Bolt na drugie 2 mln", "zelf"."""
    places = [place.span for place in scene.places if span.contains(place.span)]
    told = [
        skeleton(found[0])
        for found in re.finditer(r"[^\W\d_]+", span.of(scene.text))
        if not any(place.start <= span.start + found.start() < place.end for place in places)
    ]
    words = [word for word in told if word not in _listed(scene.language.code, "gapped")]
    if told and not words:
        return True
    another = [word for word in words if word in _listed(scene.language.code, "another")]
    if not (places or another) or len(words) - len(another) > _SMALL_WORDS:
        return False
    names = load_name_words(scene.language.code)
    to = frozenset(scene.language.flow.get("to", ()))
    small = names.words("at"), names.words("of")
    return all(word in another or word in to or word in small[0] or word in small[1] for word in words)


@cache
def _listed(code: str, flow: str) -> frozenset[str]:
    """The words of a list of a language, those of several words apart."""
    return frozenset(part for words in load_language(code).flow.get(flow, ()) for part in skeleton(words).split())


def is_gap(scene: Scene, span: Span) -> bool:
    """Whether between a name and its sum stand a comma, a few words and a comma, and what goes with a sum: ", con"."""
    words = span.of(scene.text).strip()
    aside, _, rest = words[1:].rpartition(",")
    if not words.startswith(",") or len(aside.split()) > _ASIDE or is_parted(aside):
        return False
    start = span.end - len(span.of(scene.text).rpartition(",")[2])
    cues = [cue.span for cue in scene.cues_in(start, span.end) if cue.label in ("with_it", "add")]
    return len(cues) >= len(rest.split())


def _is_name(scene: Scene, words: str) -> bool:
    """Whether words may be the rest of a name, if there are any: "Ministerstwo", "Rozwoju i Technologii".

    What it is for may be told with a small word: "il ministero", "delle Imprese".
    """
    names = load_name_words(scene.language.code)
    told = words.replace("'", " ").replace("’", " ").split()
    to = frozenset(scene.language.flow.get("to", ()))  # "per" and "alla" stand before who is given as well
    small = (names.words("and"), frozenset(names.words("of").whole) - to)
    return len(told) <= _DESCRIBED and all(
        word[0].isupper() or any(skeleton(word) in several for several in small) for word in told
    )


def _acts(scene: Scene, sentence: int, span: Span) -> bool:
    """Whether a verb of giving or investing stands in a stretch, and none of taking."""
    if any(span.contains(verb) for verb in taking(scene, sentence)):
        return False
    gives = any(span.contains(verb) for verb in giving(scene, sentence))
    return gives or any(cue.label == "invest" for cue in scene.cues_in(span.start, span.end))
