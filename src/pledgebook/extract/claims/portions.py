"""Parts of a sum that its own sentence tells behind it: "35 million, of which the city pays 4 million"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import PRONOUNS, Actor, Anchor
from pledgebook.extract.claims.clauses import is_parted, sums_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import is_marked, taking
from pledgebook.extract.claims.local import is_body
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

_SOON = 6.0
_ALONE = 1
# Between words for a part and its sum: "of it about 3 million".
_OF_IT = 2


@once
def portions_of(scene: Scene, sentence: int) -> dict[Span, tuple[Span, int]]:
    """For each part of a sentence the sum right before it that it is a part of, and where the words end that say so."""
    sums = sums_of(scene, sentence)
    found: dict[Span, tuple[Span, int]] = {}
    for whole, part in pairwise(sums):
        cues = [cue.span for cue in scene.cues_in(whole.end, part.start) if cue.label == "part"]
        if cues and scene.words_between(whole.end, cues[0].start) <= _SOON:
            found[part] = whole, cues[0].end
    return found


def is_mere_split(scene: Scene, draft: Draft) -> bool:
    """Whether a draft only tells when or for what a part of a sum is spent: "12 billion, 1.5 of them this year".

    Nobody and no place is named with such a part.
    """
    return bool(draft.figures) and all(_is_nobody_s(scene, mention) for mention in draft.figures)


def _is_nobody_s(scene: Scene, mention: Mention) -> bool:
    sentence, span = scene.sentence_at(mention.span.start), mention.span
    bounds = scene.sentences[sentence].span
    sums = sums_of(scene, sentence)
    before = [one.end for one in sums if one.end <= span.start]
    cues = [cue.span for cue in scene.cues_of(sentence) if cue.label == "part"]
    saying = [
        cue
        for cue in cues
        if 0 <= cue.start - span.end <= 1
        or (cue.end <= span.start and scene.words_between(cue.end, span.start) <= _OF_IT)
    ]
    if not before or not saying:
        return False
    # What is told behind commas may still be about the part: "3 million of it this year, from the city".
    end = min([bounds.end, *(one.start for one in sums if one.start >= span.end)])
    around = Span(max(before[-1], min(span.start, saying[0].start)), end)
    named = (*scene.organisations, *scene.names, *scene.places)
    if any(around.contains(one.span) for one in named):
        return False
    labels = {cue.label for cue in scene.cues_in(around.start, around.end) if cue.span not in cues}
    # What was announced by itself is a pledge of its own: "6 billion, of which 1 was announced in April".
    return labels.isdisjoint((*PRONOUNS, "announce", "earlier"))


def paying_part(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """Who is named for a part alone, between the words that open it and its sum: "of which the city pays 4 million"."""
    found: dict[str, Actor] = {}
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        told = portions_of(scene, sentence).get(mention.span)
        if told is None:
            continue
        _, start = told
        sums = sums_of(scene, sentence)
        end = min([scene.sentences[sentence].span.end, *(one.start for one in sums if one.start >= mention.span.end)])
        named = list(_named(scene, actors, start, mention.span.start))
        if any(start <= verb.start < end for verb in taking(scene, sentence)) or any(
            is_marked(scene, anchor, actor.key, "to") for anchor, actor in named
        ):
            continue
        first = next((actor for _, actor in named), None)
        if first is None or is_parted(scene.text[named[-1][0].span.end : mention.span.start]):
            continue
        if all(actor is first or first.key in anchor.mates for anchor, actor in named):
            found |= {actor.key: actor for _, actor in named}
    return list(found.values())


def _named(scene: Scene, actors: Sequence[Actor], start: int, end: int) -> Iterator[tuple[Anchor, Actor]]:
    """Who is named in a stretch, by name or as a body ("the city"), in order."""
    here = [
        (anchor, actor)
        for actor in actors
        for anchor in actor.anchors
        if start <= anchor.span.start and anchor.span.end <= end
        if anchor.kind == "name" or (anchor.kind == "pronoun" and is_body(scene, anchor.span))
    ]
    yield from sorted(here, key=lambda item: item[0].span)


def with_takers_of_parts(scene: Scene, drafts: Sequence[Draft]) -> None:
    """A government's part of what one company pays is given to that company: "5 billion, 2 of them from the state"."""
    for part, whole in wholes_of(scene, drafts).items():
        draft, paid = drafts[part], drafts[whole]
        if draft.recipient is not None or paid.recipient is not None:
            continue
        kinds = {actor.party.kind for actor in draft.investors if actor.party is not None}
        takers = [a for a in paid.investors if a.party is not None and a.party.kind is PartyKind.COMPANY]
        if kinds == {PartyKind.GOVERNMENT} and len(takers) == len(paid.investors) == _ALONE:
            draft.recipient = takers[0]
            draft.reasons.append(f"recipient {takers[0].key}: the sum is a part of what it pays")


def wholes_of(scene: Scene, drafts: Sequence[Draft]) -> dict[int, int]:
    """For each draft that is told to be a part of another in its own sentence that other's place in the list."""
    owner = {mention.span: n for n, draft in enumerate(drafts) for mention in draft.figures}
    found: dict[int, int] = {}
    for span, part in owner.items():
        told = portions_of(scene, scene.sentence_at(span.start)).get(span)
        whole = owner.get(told[0]) if told is not None else None
        if whole is not None and whole != part:
            found.setdefault(part, whole)
    return found
