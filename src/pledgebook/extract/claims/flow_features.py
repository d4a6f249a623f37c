"""What the words around a sum say of who gives it and who is given it, as named features."""

from collections.abc import Iterator, Sequence

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.flow import flow_of, mark_among
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.rivals import Rivals
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.matcher import Match
from pledgebook.lexicon.places import load_name_words

_REACH, _GIVER = 12.0, 10.0
_NOUNS = ("grant", "stake")


def flow_features(
    scene: Scene, span: Span, here: Sequence[Anchor], actor: Actor, rivals: Rivals, sentence: int
) -> Iterator[str]:
    """What verbs of giving and taking and what marks its name tell of an actor in a sum's sentence, `here` its anchors.

    Whoever is named beside a marked giver is rather given than gives: "Acme receives 3 million from Bolt".
    """
    sense, verb, noun = _tone(scene, span, sentence)
    marks = _marks_of(scene, rivals, actor, sentence)
    anchor = min(here, key=lambda one: abs(one.span.start - span.start))
    slot = _slot(marks[anchor.span], anchor, span, verb, follows=_follows(scene, anchor, span, verb))
    told = {_beside(scene, marks[a.span], a, span) for key, a in rivals.standing(None, sentence) if key != actor.key}
    beside = "+".join(sorted(one for one in told if one is not None)) or "none"
    yield f"flow:{sense}"
    yield f"flow:{slot}"
    yield f"flow:{sense}:{slot}"
    yield f"flow:{noun}:{slot}"
    yield f"flow:{sense}:{noun}:{slot}"
    yield f"flow:{slot}:beside:{beside}"
    yield f"flow:{sense}:{slot}:beside:{beside}"
    if actor.party is not None:
        yield f"flow:{sense}:{slot}:kind:{actor.party.kind.value}"
        yield f"flow:{noun}:{slot}:kind:{actor.party.kind.value}"


@once
def unnamed_features(scene: Scene, mention: Mention) -> tuple[str, ...]:
    """What tells whether a sum is of investors whom nobody names: "foreign companies will put in 3 billion"."""
    span, sentence = mention.span, scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    labels = {cue.label for cue in scene.cues_of(sentence)}
    kinds = {
        m.party.kind is PartyKind.GOVERNMENT
        for m in scene.organisations
        if m.party is not None and bounds.start <= m.span.start < bounds.end
    }
    named = "both" if len(kinds) > 1 else "nobody" if not kinds else "government" if True in kinds else "company"
    words = [word.span for word in flow_of(scene, sentence).anyone if not scene.names_in(word.span)]
    left = any(word.end <= span.start and scene.words_between(word.end, span.start) <= _REACH for word in words)
    right = any(word.start >= span.end and scene.words_between(span.end, word.start) <= _REACH for word in words)
    where = "both" if left and right else "left" if left else "right" if right else "far" if words else "none"
    told = [f"anyone:{where}", f"named:{named}", f"anyone:{where}&named:{named}"]
    told += [f"anyone:{where}&S:{label}" for label in ("total", "summit", "government", "company") if label in labels]
    told += [f"named:{named}&S:{label}" for label in ("total", "summit") if label in labels]
    return tuple(told)


def flow_elsewhere(scene: Scene, sentence: int, actor: Actor) -> Iterator[str]:
    """What they tell of an actor that is not named in the sum's sentence."""
    sense = "+".join(sorted({verb.label for verb in flow_of(scene, sentence).verbs})) or "none"
    labels = {cue.label for cue in scene.cues_of(sentence)}
    noun = next((label for label in _NOUNS if label in labels), "none")
    yield f"flow-off:{sense}"
    yield f"flow-off:{sense}:{noun}"
    if actor.party is not None:
        yield f"flow-off:{sense}:kind:{actor.party.kind.value}"
        yield f"flow-off:{noun}:kind:{actor.party.kind.value}"


def _tone(scene: Scene, span: Span, sentence: int) -> tuple[str, Match | None, str]:
    """What the nearest verb and noun say of a sum, and that verb: the same for all actors."""
    key = (_tone, span)
    kept: tuple[str, Match | None, str] | None = scene.kept.get(key)
    if kept is None:
        sense, verb = _sense(scene, span, flow_of(scene, sentence).verbs)
        kept = scene.kept[key] = (sense, verb, _noun(scene, span, sentence))
    return kept


def _away(scene: Scene, one: Span, other: Span) -> float:
    """How many words lie between two stretches of a text."""
    first, second = sorted((one, other))
    return scene.words_between(first.end, second.start)


def _sense(scene: Scene, span: Span, verbs: Sequence[Match]) -> tuple[str, Match | None]:
    """Whether the verb nearest to a sum is one of giving or of taking, and that verb."""
    near = [(_away(scene, verb.span, span), verb) for verb in verbs if not verb.span.overlaps(span)]
    distance, nearest = min(near, key=lambda item: item[0], default=(_REACH + 1, None))
    return (nearest.label, nearest) if nearest is not None and distance <= _REACH else ("none", None)


def _noun(scene: Scene, span: Span, sentence: int) -> str:
    """Whether a sum is called a grant or a loan, or a share in a company."""
    found = [(_away(scene, cue.span, span), cue.label) for cue in scene.cues_of(sentence) if cue.label in _NOUNS]
    distance, label = min(found, default=(_REACH + 1, ""))
    return label if distance <= _REACH else "none"


def _follows(scene: Scene, anchor: Anchor, span: Span, verb: Match | None) -> bool:
    """Whether an actor stands right behind a verb where the language puts who acts: "قدمت شركة زين منحة".

    Where the sum opens the sentence, most do: "3 mln zł otrzyma Acme", "3 miljoen krijgt Acme".
    """
    if verb is None:
        return False
    if not load_name_words(scene.language.code).verb_first and verb.span.start < span.end:
        return False
    between = scene.text[verb.span.end : anchor.span.start] if verb.span.end <= anchor.span.start else "."
    return len(between.split()) <= 1 and not any(c in between for c in ".,;:()،؛")


def _slot(mark: str, anchor: Anchor, span: Span, verb: Match | None, *, follows: bool) -> str:
    side = "left" if anchor.span.end <= span.start else "right"
    is_before = verb is not None and (anchor.span.start < verb.span.start or (mark == "bare" and follows))
    place = "free" if verb is None else "pre" if is_before else "post"
    if mark != "bare" and verb is not None and verb.span.start >= span.end:
        # Where the verb comes last, who gives stands before the sum: "Acme Bolt'tan 3 milyon aldı".
        place = f"{place}-last"
    return f"{mark}:{side}:{place}"


def _marks_of(scene: Scene, rivals: Rivals, actor: Actor, sentence: int) -> dict[Span, str]:
    """How all who are named in a sentence are marked; who is listed with another is marked as that one is."""
    known = rivals.knows(actor) or all(anchor.sentence != sentence for anchor in actor.anchors)
    key = (_marks_of, id(rivals), sentence)
    kept = scene.kept.get(key) if known else None
    if kept is not None:
        found: dict[Span, str] = kept[1]
        return found
    marks = flow_of(scene, sentence).marks
    found, last = {}, ("", "bare")
    for name, anchor in rivals.standing(None if known else actor, sentence):
        mark = mark_among(scene, marks, anchor, name)
        if mark == "bare" and last[0] in anchor.mates:
            mark = last[1]
        found[anchor.span], last = mark, (name, mark)
    if known:
        scene.kept[key] = (rivals, found)
    return found


def _beside(scene: Scene, mark: str, anchor: Anchor, span: Span) -> str | None:
    """Whether an actor near a sum is marked as giver or as the one who is given, and on which side."""
    if mark == "bare" or anchor.kind == "adjective" or _away(scene, anchor.span, span) > _GIVER:
        return None
    first, second = sorted((anchor.span, span))
    if any(first.end <= other.span.start < second.start for other in scene.money):
        return None
    return mark + ("-r" if anchor.span.start >= span.end else "-l")
