"""Who pays a sum behind a word that sets one clause against another: "Acme still builds, while Bolt announced 3"."""

from collections.abc import Sequence

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor, Anchor, named_between
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import flow_words, mark_of, taking
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

_OPENING = 3
_PARTING = frozenset(",;，、،؛")


def contrasted(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """Those who open the clause of each of a draft's sums behind such a word, with whoever they are listed with.

    Nobody where a sum stands behind no such word, where its clause names others as well, and where it tells of taking.
    """
    found: dict[str, Actor] = {}
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        opens = [end for end in _openings(scene, sentence) if end <= mention.span.start]
        if not opens or any(opens[-1] <= one.span.start < mention.span.start for one in scene.money):
            return []
        clause = Span(opens[-1], mention.span.start)
        if any(clause.overlaps(verb) for verb in taking(scene, sentence)):
            return []
        named = sorted(named_between(actors, clause.start, clause.end), key=lambda item: item[0].span)
        if not named or not _opens(scene, clause, named):
            return []
        found |= {actor.key: actor for _, actor in named}
    return list(found.values())


def _opens(scene: Scene, clause: Span, named: Sequence[tuple[Anchor, Actor]]) -> bool:
    """Whether the first of those who are named opens a clause, unmarked, and all others are listed with it."""
    first, actor = named[0]
    if len(scene.text[clause.start : first.span.start].split()) > _OPENING or first.kind != "name":
        return False
    if mark_of(scene, first, actor.key) != "bare":
        return False
    return all(other is actor or actor.key in anchor.mates for anchor, other in named[1:])


@once
def _openings(scene: Scene, sentence: int) -> list[int]:
    """Where clauses begin behind such words, each of which a comma parts from the clause before."""
    bounds, words = scene.sentences[sentence].span, flow_words(scene.language.code, "contrast")
    matches = words.find(bounds.of(scene.text)) if words is not None else ()
    return [
        bounds.start + match.span.end
        for match in matches
        if scene.text[bounds.start : bounds.start + match.span.start].rstrip()[-1:] in _PARTING
    ]
