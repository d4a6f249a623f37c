"""The verbs by which somebody pays, and what an actor does with a sum by the verb right behind its name."""

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.clauses import is_near, is_parted
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import giving, taking
from pledgebook.extract.claims.scene import Scene

# Between a verb and its sum: "invests about 3".
_QUALIFIER = 1.5
# Words that may name what is given between a verb and its sum: "grants a loan of 3".
_LENT_SUM = 6


def is_taker(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether an actor stands right in front of a verb of taking, and a sum behind it: "Acme receives 3 million"."""
    for mention in draft.figures:
        for verb in taking(scene, scene.sentence_at(mention.span.start)):
            is_before = any(
                anchor.span.end <= verb.start and not scene.text[anchor.span.end : verb.start].strip()
                for anchor in actor.names
            )
            if is_before and verb.end <= mention.span.start:
                return True
    return False


def is_investing(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether an actor stands right before a verb of investing that leads up to a sum: "Acme invests 3 million"."""
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        start, takes = scene.sentences[sentence].span.start, set(taking(scene, sentence))
        for cue in scene.cues_in(start, mention.span.start):
            if cue.label != "invest" or cue.span in takes or is_parted(scene.text[cue.span.end : mention.span.start]):
                continue
            is_object = scene.words_between(cue.span.end, mention.span.start) <= _QUALIFIER
            ends = [anchor.span.end for anchor in actor.names if anchor.sentence == sentence]
            if is_object and any(
                end <= cue.span.start and not scene.text[end : cue.span.start].strip() for end in ends
            ):
                return True
    return False


def is_granting(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether an actor stands right before a verb of giving that leads up to a sum: "Acme grants a loan of 3"."""
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        takes = set(taking(scene, sentence))
        ends = [anchor.span.end for anchor in actor.names if anchor.sentence == sentence]
        for verb in giving(scene, sentence):
            is_close = is_near(scene, verb.end, mention.span.start, _LENT_SUM)
            is_subject = any(end <= verb.start and not scene.text[end : verb.start].strip() for end in ends)
            if verb not in takes and verb.end <= mention.span.start and is_close and is_subject:
                return True
    return False


def paying(scene: Scene, sentence: int) -> list[Span]:
    """The verbs of giving, paying and investing in a sentence."""
    return [*giving(scene, sentence), *(cue.span for cue in scene.cues_of(sentence) if cue.label in ("invest", "pay"))]
