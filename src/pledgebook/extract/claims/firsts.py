"""Who pays which of two sums by whose name came first: "Acme and Bolt build it. The former pays 3, the latter 2"."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pledgebook.domain import Span
from pledgebook.extract.claims.acting import paying
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.clauses import is_near
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher

# Words between "the former" and its verb, and how far back both are named.
_VERB, _BACK = 3, 3
_SEVERAL = 2


def with_first_and_second(scene: Scene, drafts: Sequence[Draft], cast: Cast) -> None:
    """Gives the sums of "the first" and "the second", of whom only the first needs a verb, to two who were named."""
    words = _words(scene.language.code)
    if words is None:
        return
    found = sorted((match.span, match.label) for match in words.find(scene.text))
    for (first, label), (second, other) in pairwise(found):
        sentence = scene.sentence_at(first.start)
        if (label, other) != ("first", "second") or not 0 <= scene.sentence_at(second.start) - sentence <= 1:
            continue
        verbs = paying(scene, sentence)
        if not any(verb.start >= first.end and is_near(scene, first.end, verb.start, _VERB) for verb in verbs):
            continue
        one, two = _sum_of(scene, drafts, first, second.start), _sum_of(scene, drafts, second, None)
        pair = _pair_before(cast.parties.actors, sentence) if one is not None and two is not one else []
        for draft, actor in zip((one, two), pair, strict=False):
            if draft is not None:
                draft.investors = [actor]
                draft.recipient = None if draft.recipient in pair else draft.recipient
                draft.reasons.append(f"investor {actor.key}: the first or the second")


@cache
def _words(code: str) -> PhraseMatcher | None:
    flow = load_language(code).flow
    if not flow.get("first") or not flow.get("second"):
        return None
    return PhraseMatcher({label: flow[label] for label in ("first", "second")})


def _sum_of(scene: Scene, drafts: Sequence[Draft], word: Span, end: int | None) -> Draft | None:
    """The draft with the first sum behind a word in its sentence, before `end`."""
    bounds = scene.sentences[scene.sentence_at(word.start)].span
    stop = min(end if end is not None else bounds.end, bounds.end)
    told = [
        (mention.span, draft) for draft in drafts for mention in draft.figures if word.end <= mention.span.start < stop
    ]
    return min(told, key=lambda item: item[0])[1] if told else None


def _pair_before(actors: Sequence[Actor], sentence: int) -> list[Actor]:
    """The two who were last named side by side before a sentence, nobody else with them."""
    for at in range(sentence - 1, max(-1, sentence - 1 - _BACK), -1):
        named = sorted(
            ((a.span, actor, a.mates) for actor in actors for a in actor.names if a.sentence == at),
            key=lambda item: item[0],
        )
        listed = [(actor, mates) for _, actor, mates in named if mates]
        keys = {actor.key for actor, _ in listed}
        if len(listed) == len(keys) == _SEVERAL and all(keys > set(mates) for _, mates in listed):
            return [actor for actor, _ in listed]
        if listed:
            return []
    return []
