"""Clauses that tell of the company named right before: "Acme, into which Bolt put 3 million, builds for 20 million"."""

import re
from functools import cache
from typing import NamedTuple

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher

_INTO, _WHOM, _OTHER = "into", "whom", "other"
_COMMA = re.compile(r"[,،]\s?")
_MARKS = " ,،”“\"»«'’)"
# A clause of fewer words tells of nobody, one of more has lost its comma.
_SHORTEST, _LONGEST = 2, 40
# How near behind a word that is no more than "that" somebody is named who acts in its clause.
_NEAR, _TWO = 3, 2


class Clause(NamedTuple):
    """A clause from its comma to the next one behind it, the name that it tells of, whether money went into that."""

    span: Span
    name: Span
    is_into: bool


@once
def clauses_about(scene: Scene, sentence: int) -> tuple[Clause, ...]:
    """The clauses of a sentence that stand between commas behind a name."""
    opening, bounds = _opening(scene.language.code), scene.sentences[sentence].span
    if opening is None or len(parties := _named(scene, bounds)) < _TWO:
        return ()
    found: list[Clause] = []
    text = bounds.of(scene.text)
    for match in opening.find(text):
        start = bounds.start + match.span.start
        name = next((one for one in parties if one.end < start and not _between(scene, one, start)), None)
        if name is None or (found and found[-1].span.end > start):
            continue
        end = _end(scene, start, bounds, parties)
        if end is not None and _SHORTEST <= _words(scene, start, end) <= _LONGEST:
            behind = bounds.start + match.span.end
            is_near = any(one.start >= behind and _words(scene, behind, one.start) <= _NEAR for one in parties)
            is_into = match.label == _INTO or (match.label == _WHOM and is_near)
            found.append(Clause(Span(start, end), name, is_into))
    return tuple(found)


def put_in_before(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums of such clauses with the company into which somebody else named there put them."""
    found: dict[Span, Span] = {}
    for clause in clauses_about(scene, sentence):
        sums = [money for money in sums_of(scene, sentence) if clause.span.contains(money)]
        others = [name for name in _named(scene, scene.sentences[sentence].span) if clause.span.contains(name)]
        if clause.is_into and len(sums) == 1 and len(others) == 1:
            found[sums[0]] = clause.name
    return found


def only_in_clause(scene: Scene, mention: Mention, actor: Actor) -> bool:
    """Whether a sum's sentence names an actor only in such a clause, in which the sum does not stand."""
    sentence = scene.sentence_at(mention.span.start)
    outside = [one.span for one in clauses_about(scene, sentence) if not one.span.contains(mention.span)]
    here = [anchor.span for anchor in actor.anchors if anchor.sentence == sentence] if outside else []
    return bool(here) and all(any(clause.contains(span) for clause in outside) for span in here)


def _named(scene: Scene, bounds: Span) -> list[Span]:
    """The names of a sentence, those too of which nothing else tells what they are."""
    return sorted({m.span for m in (*scene.organisations, *scene.names) if bounds.contains(m.span)})


def _between(scene: Scene, name: Span, start: int) -> str:
    """What stands between a name and a place but a comma and quotation marks; something where there is no comma."""
    words = scene.text[name.end : start]
    return words.strip(_MARKS) if words.strip() and set(words) & set(",،") else "none"


def _words(scene: Scene, start: int, end: int) -> int:
    return len(scene.text[start:end].split())


def _end(scene: Scene, start: int, bounds: Span, parties: list[Span]) -> int | None:
    """Where the clause ends: at the first comma that is in no sum and no name, and before no further name of a list."""
    inside = [*sums_of(scene, scene.sentence_at(start)), *parties]
    starts = {one.start for one in parties}
    for mark in _COMMA.finditer(scene.text, start, bounds.end):
        if mark.end() not in starts and not any(one.start <= mark.start() < one.end for one in inside):
            return mark.start()
    return None


@cache
def _opening(code: str) -> PhraseMatcher | None:
    flow = load_language(code).flow
    into, whom = flow.get("into_whom", ()), flow.get("whom", ())
    other = [words for words in flow.get("relative", ()) if words not in (*into, *whom)]
    return PhraseMatcher({_INTO: into, _WHOM: whom, _OTHER: other}) if other else None
