"""Names that a sentence only mentions: as its source, or as somebody to compare with."""

from collections.abc import Iterable, Mapping
from functools import cache

from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher

# How far a word may be from the name: an article lies between.
_BEFORE, _BEHIND, _ARTICLE = 40, 24, 5


def without_asides(scene: Scene, actors: Mapping[str, Actor], others: Iterable[Actor] = ()) -> dict[str, Actor]:
    """The actors without the places that only mention them, where the same sentence names somebody else.

    "According to Acme, Bolt will invest 3 billion", "like Acme, Bolt ...", "Bolt, a rival of Acme, ...". Whoever is
    mentioned so everywhere is no party. `others` stand beside them.
    """
    before, behind = _matchers(scene.language.code)
    if before is None and behind is None:
        return dict(actors)
    aside: dict[str, list[Anchor]] = {}
    named: dict[int, set[str]] = {}
    for actor in (*actors.values(), *others):
        for anchor in actor.anchors:
            if _is_aside(scene, anchor, before, behind):
                aside.setdefault(actor.key, []).append(anchor)
            elif anchor.kind not in ("state", "adjective"):
                named.setdefault(anchor.sentence, set()).add(actor.key)
    for key, anchors in aside.items():
        if key in actors:
            beside = [anchor for anchor in anchors if named.get(anchor.sentence, set()) - {key}]
            actors[key].anchors = [anchor for anchor in actors[key].anchors if anchor not in beside]
    return {key: actor for key, actor in actors.items() if actor.anchors}


def _is_aside(scene: Scene, anchor: Anchor, before: PhraseMatcher | None, behind: PhraseMatcher | None) -> bool:
    """Whether a word for sources or for comparing stands right before or behind a name."""
    bounds, span = scene.sentences[anchor.sentence].span, anchor.span
    if before is not None:
        start = max(bounds.start, span.start - _BEFORE)
        words = scene.text[start : span.start]
        if any(_is_beside(words[match.span.end :]) for match in before.find(words)):
            return True
    words = scene.text[span.end : min(bounds.end, span.end + _BEHIND)]
    return behind is not None and any(_is_beside(words[: match.span.start]) for match in behind.find(words))


def _is_beside(between: str) -> bool:
    """Whether nothing but an article, or an ending, lies between a word and a name."""
    return len(between.split()) <= 1 and len(between.strip()) <= _ARTICLE and not set(between) & set(".,;:()\n")


@cache
def _matchers(code: str) -> tuple[PhraseMatcher | None, PhraseMatcher | None]:
    flow = load_language(code).flow
    found = [flow.get(label, ()) for label in ("aside", "aside_behind")]
    before, behind = (PhraseMatcher({"aside": phrases}) if phrases else None for phrases in found)
    return before, behind
