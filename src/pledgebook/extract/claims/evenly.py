"""Who pays a sum between them: "The 3 million are shared equally by Acme and the energy company Bolt"."""

from collections.abc import Sequence
from itertools import pairwise

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.flow import flow_words, is_marked, subject_verbs
from pledgebook.extract.claims.local import is_body
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.extract.mentions.organisations_runs import introduces
from pledgebook.lexicon.matcher import VOWEL
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_WIDE = 60
_PREFIXED = frozenset(("arab", "hebr"))
_UNSPACED = frozenset(("hani", "thai"))
_STOPS = frozenset(".;:()\n；：（）。")
_BESIDE = frozenset(("company", "companies", "with_it", "by_it", "of_it", "into_it", "government"))


@once
def shared_evenly(scene: Scene, sentence: int) -> list[Span]:
    """The words of a sentence for sharing something in equal parts."""
    matcher, bounds = flow_words(scene.language.code, "evenly"), scene.sentences[sentence].span
    found = matcher.find(bounds.of(scene.text)) if matcher is not None else ()
    return [Span(match.span.start + bounds.start, match.span.end + bounds.start) for match in found]


def paying_evenly(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
    """Those who share the only sum of a sentence in equal parts, as its words say.

    They are all whom the sentence surely names, two or more, each joined to the next by "and" and no verb. Nobody of
    them is told to be given the sum ("3 million go to Acme and Bolt in equal parts"), or by a verb to take it.
    """
    sentence = scene.sentence_at(mention.span.start)
    if not shared_evenly(scene, sentence):
        return []
    # "Half of the 3 million each" is told as a share of it.
    shares = {one.span for one in scene.money if "whole" in one.parts}
    if [span for span in sums_of(scene, sentence) if span not in shares] != [mention.span]:
        return []
    sharing = _sharing(scene, _named(scene, actors, sentence))
    if not sharing or any(is_marked(scene, anchor, actor.key, "to") for anchor, actor in sharing):
        return []
    first, last = sharing[0][0].span, sharing[-1][0].span
    if any(verb.end <= first.start or verb.start >= last.end for verb in subject_verbs(scene, sentence)):
        return []
    return list({actor.key: actor for _, actor in sharing}.values())


def _sharing(scene: Scene, named: Sequence[tuple[Anchor, Actor]]) -> Sequence[tuple[Anchor, Actor]]:
    """Those who are joined in the only list of a sentence, where it surely names nobody else."""
    pairs = [_are_joined(scene, one.span, other.span) for (one, _), (other, _) in pairwise(named)]
    if True not in pairs:
        return ()
    first, last = pairs.index(True), len(pairs) - pairs[::-1].index(True)
    others = (*named[:first], *named[last + 1 :])
    is_one = all(pairs[first:last]) and all(actor.reason == CAPITALS for _, actor in others)
    return named[first : last + 1] if is_one else ()


def _named(scene: Scene, actors: Sequence[Actor], sentence: int) -> list[tuple[Anchor, Actor]]:
    """Those whom a sentence names, and those it means by words for a government or a body ("the city"), in order."""
    bodies = {cue.span for cue in scene.cues_of(sentence) if cue.label == "government"}
    found = [
        (anchor, actor)
        for actor in actors
        for anchor in actor.anchors
        if anchor.sentence == sentence
        and (
            anchor.kind == "name" or anchor.span in bodies or (anchor.kind == "pronoun" and is_body(scene, anchor.span))
        )
    ]
    return sorted(found, key=lambda item: item[0].span)


def _are_joined(scene: Scene, one: Span, other: Span) -> bool:
    """Whether "and" or a comma joins two names, with no more between than what their bearers are."""
    between = VOWEL.sub("", scene.text[one.end : other.start])
    if len(between) > _WIDE or not _STOPS.isdisjoint(between) or any(char.isdigit() for char in between):
        return False
    names = load_name_words(scene.language.code)
    joins = names.words("and")
    words = [skeleton(word) for word in between.strip(" ,、").split()]
    if names.script in _UNSPACED:
        is_joined = any(join in between for join in joins.whole) or between.strip() == "、"
    elif names.script in _PREFIXED:
        is_joined = any(word in joins or any(word.startswith(join) for join in joins.whole) for word in words)
    else:
        is_joined = any(word in joins for word in words) or between.strip() == ","
    if not is_joined and not any(cue.label == "with_it" for cue in scene.cues_in(one.end, other.start)):
        return False
    introducers = names.words("introduce")
    labels = {
        cue.label
        for cue in scene.cues_in(one.end, other.start)
        if not introduces(skeleton(cue.span.of(scene.text)), introducers)
    }
    return labels <= _BESIDE
