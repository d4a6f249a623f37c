"""Sums for which somebody rents or buys computing power, which are no pledge: "Acme rents computing power for 3"."""

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.flow import flow_words
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

# How far apart the verb, the computing power and the sum may stand, in words.
_APART = 9
_RENTS, _COMPUTE = "rents", "compute"


def is_rented_power(scene: Scene, mention: Mention) -> bool:
    """Whether a company pays a sum for computing power, with no word for building and no other sum beside it.

    A government that pays for what researchers or start-ups use supports them.
    """
    sentence = scene.sentence_at(mention.span.start)
    if _names_government(scene, sentence):
        return False
    sums = [one for one in sums_of(scene, sentence) if one != mention.span]
    for span in _rented(scene, sentence):
        apart = min(abs(span.start - mention.span.end), abs(mention.span.start - span.end))
        around = Span(min(span.start, mention.span.start), max(span.end, mention.span.end))
        if apart > _APART * scene.unit and not span.overlaps(mention.span):
            continue
        labels = {cue.label for cue in scene.cues_in(around.start, around.end)}
        if "build" not in labels and not any(around.contains(other) for other in sums):
            return True
    return False


def _names_government(scene: Scene, sentence: int) -> bool:
    bounds = scene.sentences[sentence].span
    parties = (one.party for one in scene.organisations if bounds.contains(one.span))
    is_named = any(party is not None and party.kind is PartyKind.GOVERNMENT for party in parties)
    return is_named or any(cue.label == "government" for cue in scene.cues_of(sentence))


@once
def _rented(scene: Scene, sentence: int) -> list[Span]:
    """The stretches of a sentence from a verb of renting or buying to computing power, or back."""
    words = flow_words(scene.language.code, _RENTS, _COMPUTE)
    if words is None:
        return []
    bounds = scene.sentences[sentence].span
    found = list(words.find(bounds.of(scene.text)))
    verbs = [match.span for match in found if match.label == _RENTS]
    return [
        Span(bounds.start + min(verb.start, match.span.start), bounds.start + max(verb.end, match.span.end))
        for match in found
        if match.label == _COMPUTE
        for verb in verbs
        if max(verb.start - match.span.end, match.span.start - verb.end) <= _APART * scene.unit
    ]
