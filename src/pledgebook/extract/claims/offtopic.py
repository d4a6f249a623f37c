"""Whether what stands around a sum speaks of something that is no pledge, and of nothing that is one."""

from collections.abc import Iterator

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.clauses import clause_of
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.standing import is_same

# No sum that is called so was ever a pledge, and hardly any of the rest.
_NEVER = frozenset(("fine", "trade", "crime", "earnings"))
_RARELY = _NEVER | {"gdp", "takeover", "forecast", "valuation"}
_PLEDGING = frozenset(("invest", "build", "grant", "under_way", "cancel", "complete"))


def off_topic_features(scene: Scene, mention: Mention) -> Iterator[str]:
    """Words for fines, profits, prices of companies and the like in a sum's sentence, its clause and the headline.

    Each sort of them is rare: what they tell together, none could teach by itself.
    """
    sentence = scene.sentences[scene.sentence_at(mention.span.start)].span
    places = {"S": sentence, "C": clause_of(scene, mention.span, sentence)}
    if scene.title >= 0:
        places["T"] = scene.sentences[scene.title].span
    told = {name: _labels(scene, span, mention.span) for name, span in places.items()}
    # What a headline leaves open, the text tells of the same sum.
    told["again"] = {label for span in _again(scene, mention) for label in _labels(scene, span, mention.span)}
    told["all"] = {cue.label for cue in scene.cues}
    for name, labels in told.items():
        for sort, off in (("never", _NEVER), ("rarely", _RARELY)):
            if labels & off:
                yield f"{sort}:{name}"
                yield f"{sort}:{name}:{'pledging' if labels & _PLEDGING else 'alone'}"


def _again(scene: Scene, mention: Mention) -> Iterator[Span]:
    """The sentences in which the document tells a sum again."""
    for other in scene.money:
        if other is not mention and other.amount and mention.amount and is_same(other.amount, mention.amount):
            yield scene.sentences[scene.sentence_at(other.span.start)].span


def _labels(scene: Scene, span: Span, figure: Span) -> set[str]:
    return {cue.label for cue in scene.cues_in(span.start, span.end) if not cue.span.overlaps(figure)}
