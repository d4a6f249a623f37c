"""Whose "we" is: "We will invest 3 million in Cork", said Ann Pryce, chief executive of Acme."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

# How far from a company's name the office of whoever speaks for it stands, in letters and in words.
_REACH, _WORDS = 60, 5
_MARKS = re.compile(r"[,.;:!?\n()]")


def add_speakers(scene: Scene, actors: Iterable[Actor]) -> None:
    """Adds words for "we" to the company whose head says them, in the same sentence or the one beside it."""
    pattern = _first_person(scene.language.code)
    if pattern is None:
        return
    heads = sorted(_heads(scene, actors), key=lambda item: item[0].span)
    for found in pattern.finditer(scene.text) if heads else ():
        span = Span(found.start(), found.end())
        sentence = scene.sentence_at(span.start)
        near = [item for item in heads if sentence >= 0 and abs(item[0].sentence - sentence) <= 1]
        if near:
            _, actor = min(near, key=lambda item: (item[0].sentence != sentence, abs(item[0].span.start - span.start)))
            actor.anchors.append(Anchor(span, sentence, "pronoun"))


def _heads(scene: Scene, actors: Iterable[Actor]) -> Iterator[tuple[Anchor, Actor]]:
    """The names of companies beside the office of somebody: "vd för Acme", "Acmen toimitusjohtaja"."""
    offices, text = load_name_words(scene.language.code).words("person"), scene.text
    for actor in actors:
        if actor.party is None or actor.is_public:
            continue
        for anchor in actor.names:
            before = _MARKS.split(text[max(0, anchor.span.start - _REACH) : anchor.span.start])[-1].split()
            behind = _MARKS.split(text[anchor.span.end : anchor.span.end + _REACH])[0].split()
            beside = [*before[-_WORDS:], *behind[:1]] if before and not before[-1][:1].isupper() else behind[:1]
            if any(skeleton(word.lstrip("-")) in offices for word in beside):
                yield anchor, actor


@cache
def _first_person(code: str) -> re.Pattern[str] | None:
    words = load_language(code).flow.get("we", ())
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None
