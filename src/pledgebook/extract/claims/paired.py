"""Who pays which of several sums of a sentence: names and sums in rows, pairs and brackets."""

from collections.abc import Sequence

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.acting import paying
from pledgebook.extract.claims.actor import Actor, Anchor, named_between
from pledgebook.extract.claims.clauses import is_parted
from pledgebook.extract.claims.described import described_in
from pledgebook.extract.claims.flow import (
    is_from_behind,
    is_marked,
    leading,
    subject_verbs,
    taking,
)
from pledgebook.extract.claims.gapping import paying_too
from pledgebook.extract.claims.payees import in_brackets
from pledgebook.extract.claims.scene import Scene

_SEVERAL = 2
_AHEAD, _NEAR = 4, 3


def acting_between(scene: Scene, actors: Sequence[Actor], start: int, end: int) -> list[tuple[Anchor, Actor]]:
    """Those whom a stretch names, and those whom it means by a word alone ("the city", "the insurer")."""
    bodies = [cue.span for cue in scene.cues_in(start, end) if cue.label == "government"]
    bodies += described_in(scene, start, end)
    meant = [
        (anchor, actor)
        for actor in (actors if bodies else ())
        for anchor in actor.anchors
        if anchor.kind in ("pronoun", "state") and anchor.span in bodies
    ]
    return [*named_between(actors, start, end), *meant]


def in_row(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever stands behind each of a sentence's sums, with one verb for all: "12 zahlt die Acme AG, 8 die Bolt GmbH".

    That verb stands behind the first sum or the last payer; nobody is named ahead of the sums, nobody told to be given.
    A sum behind which nobody is named may stand ahead of them, as what they are of.
    """
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    if len(sums) > _SEVERAL and not named_between(actors, sums[0].end, sums[1].start):
        sums = sums[1:]
    if taking(scene, sentence) or leading(scene, sentence) or named_between(actors, bounds.start, sums[0].start):
        return []
    found: dict[Span, list[Actor]] = {}
    last = bounds.start
    for money, end in zip(sums, [*(one.start for one in sums[1:]), bounds.end], strict=True):
        named = sorted(named_between(actors, money.end, end), key=lambda item: item[0].span.start)
        if not named:
            return []
        (first, payer), *others = named
        between = scene.text[money.end : first.span.start]
        if any(actor is not payer and actor.key not in first.mates for _, actor in others) or is_parted(between):
            return []
        if _is_marked_apart(scene, named, is_last=money == sums[-1]):
            return []
        if len(between.split()) > (_AHEAD if money is sums[0] else _NEAR):
            return []
        found[money] = [actor for _, actor in named]
        last = named[-1][0].span.end
    first_payer = min(anchor.span.start for anchor, _ in named_between(actors, sums[0].end, bounds.end))
    verbs = paying(scene, sentence)
    is_told = any(sums[0].end <= verb.start < first_payer or verb.start >= last for verb in verbs)
    return found.get(mention.span, []) if is_told else []


def _is_marked_apart(scene: Scene, named: Sequence[tuple[Anchor, Actor]], *, is_last: bool) -> bool:
    """Whether one of those named is marked as who is given or gives, but by no word behind the last for all of them.

    "12 milyar lirası Acme, 8 milyar lirası Bolt tarafından".
    """
    if any(is_marked(scene, anchor, actor.key, "to") for anchor, actor in named):
        return True
    marked = [anchor for anchor, actor in named if is_marked(scene, anchor, actor.key, "from")]
    return bool(marked) and not (is_last and is_from_behind(scene, marked[-1].span))


def payers_in_brackets(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever stands before brackets with a sum alone, as another does: "Acme (3 million) and Bolt (2 million)"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    if subject_verbs(scene, sentence):
        return []
    named = named_between(actors, bounds.start, bounds.end)
    payers = in_brackets(scene, [anchor.span for anchor, _ in named], sums)
    return [
        actor
        for anchor, actor in named
        if anchor.span == payers.get(mention.span) and not is_marked(scene, anchor, actor.key, "to")
    ]


def going_on(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever pays a sum with a verb that tells the next as well, or without: "Acme pays 3 million, Bolt 2 million"."""
    sentence = scene.sentence_at(mention.span.start)
    following = paying_too(scene, sentence)
    if not following:
        return []
    own = [name for name in following if name.end <= mention.span.start][-1:]
    start = max(
        (one.end for one in sums if one.end <= mention.span.start), default=scene.sentences[sentence].span.start
    )
    if own and own[0].start >= start:
        return [actor for actor in actors if any(anchor.span.overlaps(own[0]) for anchor in actor.anchors)]
    if any(mention.span.end <= one.start < following[0].start for one in sums):
        return []
    verbs = paying(scene, sentence)
    verb = max((verb.start for verb in verbs if start <= verb.start and verb.end <= mention.span.start), default=start)
    named = acting_between(scene, actors, start, verb)
    last, payer = max(named, key=lambda item: item[0].span.start, default=(None, None))
    if last is None or payer is None or any(is_marked(scene, last, payer.key, label) for label in ("from", "to")):
        return []
    return [actor for _, actor in named if actor is payer or actor.key in last.mates]


def each_before(scene: Scene, mention: Mention, actors: Sequence[Actor], sums: Sequence[Span]) -> list[Actor]:
    """Whoever stands right before a sum, as another does, where the verb comes last: "Acme 3, Bolt 2 milyon verdi"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    told = (
        (anchor, actor)
        for actor in actors
        for anchor in actor.anchors
        if anchor.kind in ("name", "pronoun") and bounds.contains(anchor.span)
    )
    named = sorted(told, key=lambda item: item[0].span.start)
    paired = {
        money: (anchor, actor)
        for anchor, actor in named
        for money in sums
        if anchor.span.end < money.start and not scene.text[anchor.span.end : money.start].strip()
    }
    if len(paired) < _SEVERAL or mention.span not in paired or taking(scene, sentence) or leading(scene, sentence):
        return []
    verbs = paying(scene, sentence)
    first, last = min(anchor.span.start for anchor, _ in paired.values()), max(paired).end
    if not any(verb.start >= last for verb in verbs) or any(verb.start < last for verb in verbs):
        return []
    if any(anchor.span.end <= first for anchor, _ in named):
        return []
    return [paired[mention.span][1]]
