"""Who is given money and so does not pay it, told by where names stand around verbs of giving and taking."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.flow import attracting, given_by_ending, giving, only_permits, taking
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.places import load_name_words

_SUBJECT, _OBJECT, _SUM = 3, 2, 8
_SEVERAL = 2
_PARTING = frozenset(",.;:()–—、，。；：،؛")


def is_given(scene: Scene, mention: Mention, sentence: int, actor: Actor) -> bool:
    """Whether the words around an actor say that it is given a sum, or another one beside it.

    "Acme gives Bolt 3 million"; "Bolt gets 3 million, while Cora gets 2 million", of Cora and the 3 million; "Bolt
    gets 3 million. Cora gets 2 million", of Bolt and the 2 million.
    """
    if load_name_words(scene.language.code).verb_first or not (taking(scene, sentence) or giving(scene, sentence)):
        return False
    here = [anchor for anchor in actor.anchors if anchor.sentence == sentence]
    if not here:
        return _took_before(scene, sentence, actor)
    if any(anchor.kind != "name" for anchor in here):
        return False
    spans = [anchor.span for anchor in here]
    return _is_object(scene, mention.span, sentence, spans) or _takes_another(scene, mention.span, sentence, spans)


def only_gets_others_to_pay(scene: Scene, mention: Mention, sentence: int, actor: Actor) -> bool:
    """Whether a sentence tells of a government that it attracts a sum, or permits what others invest, and gives none.

    "The province has attracted 900 million dollars this year"; "the board granted investment licences to three projects
    worth 520 million".
    """
    if not actor.is_public or all(anchor.sentence != sentence for anchor in actor.anchors):
        return False
    verbs, to, sums = attracting(scene, sentence), scene.language.flow.get("to", ()), sums_of(scene, sentence)
    for verb in giving(scene, sentence) if verbs and sums else ():
        nearest = min((max(one.start - verb.end, verb.start - one.end), one) for one in sums)[1]
        is_other = verb.of(scene.text).casefold() not in to and not any(verb.overlaps(one) for one in verbs)
        if is_other and nearest == mention.span:
            return False
    return any(
        not any(min(verb.end, mention.span.end) <= one.start < max(verb.start, mention.span.start) for one in sums)
        for verb in verbs
    )


def _is_object(scene: Scene, span: Span, sentence: int, spans: Sequence[Span]) -> bool:
    """Whether somebody else gives it to them: "Acme gives Bolt and Cora 3 million"."""
    group = given_in_order(scene, sentence, span)
    return bool(group) and all(any(one.overlaps(other) for other in group) for one in spans)


def given_in_order(scene: Scene, sentence: int, span: Span) -> Sequence[Span]:
    """The names between a verb of giving, who gives standing before it, and a sum: "Acme gives Bolt 3 million".

    Not where a permit is given: "the council gives Bolt the green light for 3 million".
    """
    names = _names(scene, sentence)
    for verb in () if only_permits(scene, sentence) else giving(scene, sentence):
        givers = [name for name in names if name.end <= verb.start]
        objects = [name for name in names if verb.end <= name.start and name.end <= span.start]
        if not givers or not objects or not _is_near(scene, givers[-1].end, verb.start, _SUBJECT):
            continue
        if not _is_near(scene, verb.end, objects[0].start, _OBJECT):
            continue
        group = [objects[0], *(two for _, two in takewhile(lambda pair: _is_listed(scene, *pair), pairwise(objects)))]
        if _is_near(scene, group[-1].end, span.start, _SUM):
            return group
    return ()


def _is_listed(scene: Scene, one: Span, other: Span) -> bool:
    """Whether one name stands right behind another, with no more between them than a list has."""
    joins = load_name_words(scene.language.code).words("and")
    between = scene.text[one.end : other.start]
    return between.strip() == "," or between.strip().casefold() in joins


def _takes_another(scene: Scene, span: Span, sentence: int, spans: Sequence[Span]) -> bool:
    """Whether they are given another sum of the sentence, as somebody else is given this one."""
    takers = _takers(scene, sentence)
    own = takers.get(span)
    others = [taker for one, taker in takers.items() if one != span]
    return own is not None and all(
        not one.overlaps(own) and any(one.overlaps(other) for other in others) for one in spans
    )


@once
def _takers(scene: Scene, sentence: int) -> dict[Span, Span]:
    """Who is given each sum of a sentence of several: named right before a verb of taking, or behind "goes to"."""
    sums, names, takers = sums_of(scene, sentence), _names(scene, sentence), dict[Span, Span]()
    for verb in taking(scene, sentence) if len(sums) >= _SEVERAL else ():
        nearest = min(sums, key=lambda one: min(abs(one.start - verb.end), abs(verb.start - one.end)))
        before = [name for name in names if name.end <= verb.start]
        after = [name for name in names if name.start >= verb.end]
        if before and _is_near(scene, before[-1].end, verb.start, _SUBJECT):
            takers.setdefault(nearest, before[-1])
        elif after and _is_near(scene, verb.end, after[0].start, _OBJECT):
            takers.setdefault(nearest, after[0])
    return takers


def _took_before(scene: Scene, sentence: int, actor: Actor) -> bool:
    """Whether they were given a sum in the sentence before, and this one begins with another who is given one."""
    names = _names(scene, sentence)
    last = [anchor for anchor in actor.anchors if anchor.sentence == sentence - 1]
    return (
        bool(names and last and sums_of(scene, sentence - 1))
        and (_is_subject(scene, names[0], sentence) or names[0] in given_by_ending(scene, sentence, names[:1]))
        and all(anchor.kind == "name" for anchor in last)
        and any(_is_subject(scene, anchor.span, sentence - 1) for anchor in last)
    )


def _is_subject(scene: Scene, name: Span, sentence: int) -> bool:
    """Whether a verb of taking stands right behind a name, or right before it as the first verb of its sentence."""
    verbs = taking(scene, sentence)
    if any(name.end <= verb.start and _is_near(scene, name.end, verb.start, _SUBJECT) for verb in verbs):
        return True
    is_first = all(name.start <= other.start for other in _names(scene, sentence))
    return is_first and any(verb.end <= name.start and _is_near(scene, verb.end, name.start, _OBJECT) for verb in verbs)


@once
def _names(scene: Scene, sentence: int) -> list[Span]:
    """Where somebody is named in a sentence."""
    bounds = scene.sentences[sentence].span
    return [m.span for m in scene.organisations if bounds.start <= m.span.start < bounds.end]


def _is_near(scene: Scene, start: int, end: int, most: int) -> bool:
    """Whether few words and no mark or figure lie between two places."""
    between = scene.text[start:end]
    if _PARTING.isdisjoint(between) and not any(map(str.isdigit, between)):
        return scene.words_between(start, end) <= most
    return False
