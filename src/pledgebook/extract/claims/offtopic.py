"""Whether what stands around a sum speaks of something that is no pledge, and of nothing that is one."""

from collections.abc import Iterator

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.clauses import clause_of, is_parted, sums_of
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.standing import is_same

# No sum that is called so was ever a pledge, and hardly any of the rest.
_NEVER = frozenset(("fine", "trade", "crime", "earnings"))
_RARELY = _NEVER | {"gdp", "takeover", "forecast", "valuation"}
_PLEDGING = frozenset(("invest", "build", "grant", "under_way", "cancel", "complete"))

# So few words lie between a profit and its sum, so many at least between it and another, so few between that one and
# what says that it is pledged.
_OWN, _OTHERS, _PLEDGED = 3.0, 6.0, 5.0


def off_topic_features(scene: Scene, mention: Mention) -> Iterator[str]:
    """Words for fines, profits, prices of companies and the like in a sum's sentence, its clause and the headline.

    Each sort of them is rare: what they tell together, none could teach by itself.
    """
    sentence = scene.sentences[scene.sentence_at(mention.span.start)].span
    places = {"S": sentence, "C": clause_of(scene, mention.span, sentence)}
    if scene.title >= 0:
        places["T"] = scene.sentences[scene.title].span
    theirs = words_of_others(scene, mention)
    told = {name: _labels(scene, span, mention.span, theirs) for name, span in places.items()}
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


def _labels(scene: Scene, span: Span, figure: Span, theirs: frozenset[Span] = frozenset()) -> set[str]:
    cues = scene.cues_in(span.start, span.end)
    return {cue.label for cue in cues if not cue.span.overlaps(figure) and cue.span not in theirs}


@once
def words_of_others(scene: Scene, mention: Mention) -> frozenset[Span]:
    """The words beside another sum of a pledge's sentence that tell what that one is: "whose profit was 3 billion"."""
    sentence = scene.sentence_at(mention.span.start)
    sums = sums_of(scene, sentence)
    others = [span for span in sums if span != mention.span]
    if not others or len(sums) == len(others):
        return frozenset()

    def away(one: Span, other: Span) -> float:
        first, second = sorted((one, other))
        return scene.words_between(first.end, second.start)

    def pledges(cue: Span) -> bool:
        first, second = sorted((cue, mention.span))
        return away(first, second) <= _PLEDGED or not is_parted(scene.text[first.end : second.start])

    cues = scene.cues_of(sentence)
    if not any(cue.label in _PLEDGING and pledges(cue.span) for cue in cues):
        return frozenset()
    return frozenset(
        cue.span
        for cue in cues
        if cue.label in _RARELY
        and away(cue.span, mention.span) >= _OTHERS
        and any(away(cue.span, other) <= _OWN for other in others)
    )
