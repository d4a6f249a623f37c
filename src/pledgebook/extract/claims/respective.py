"""Who has which of several sums that are told together: "Acme and Bolt will invest 3 and 2 billion, respectively"."""

from collections.abc import Sequence
from itertools import pairwise

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.flow import mark_of, taking
from pledgebook.extract.claims.links import investors_of
from pledgebook.extract.claims.particles import particle_at
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_Named = tuple[Anchor, Actor]
_LABEL = "respectively"
_SEVERAL = 2
# Words between two sums, or two places, of one list: "3 billion dollars and 2 billion".
_JOINED = 3


def with_actors_in_turn(scene: Scene, drafts: Sequence[Draft], cast: Cast) -> None:
    """Gives each of the sums that a sentence lists "respectively" the payer, recipient and land of its turn.

    Two sums that nothing but "and" joins are told so without the word: "Acme and Bolt will invest 3 and 2 billion".
    """
    told_so = {scene.sentence_at(cue.span.start) for cue in scene.cues if cue.label == _LABEL}
    for sentence in sorted(told_so | _paired(scene)):
        told = _listed_sums(scene, sentence, drafts)
        if len(told) < _SEVERAL:
            continue
        sums = [span for span, _ in told]
        for several in _lists(scene, sentence, cast.parties.actors, sums):
            _give_parties(scene, [draft for _, draft in told], several, cast)
        for lands in _lists(scene, sentence, cast.countries.actors, sums):
            for (_, draft), (_, land) in zip(told, lands, strict=True):
                draft.destinations = [land]


def _paired(scene: Scene) -> set[int]:
    """The sentences with two sums, joined by "and" alone."""
    found: set[int] = set()
    joins = load_name_words(scene.language.code).words("and")
    for one, other in pairwise(scene.money):
        sentence = scene.sentence_at(one.span.start)
        if skeleton(scene.text[one.span.end : other.span.start]).strip() not in joins:
            continue
        bounds = scene.sentences[sentence].span
        if bounds.contains(other.span) and sum(bounds.contains(mention.span) for mention in scene.money) == _SEVERAL:
            found.add(sentence)
    return found


def with_givers_of_lists(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Gives sums that a sentence tells to be given, by nobody it seems, whoever gives the one in front: "A 3, B 2"."""
    for draft in drafts:
        if draft.recipient is None or draft.investors or len(draft.figures) != 1:
            continue
        span = draft.figures[0].span
        sentence = scene.sentence_at(span.start)
        before = [
            (mention.span, other)
            for other in drafts
            for mention in other.figures
            if mention.span.end <= span.start and scene.sentence_at(mention.span.start) == sentence
        ]
        _, last = max(before, key=lambda item: item[0], default=(span, draft))
        if last.recipient is not None and last.recipient is not draft.recipient and last.investors:
            draft.investors = [actor for actor in last.investors if actor is not draft.recipient]
            draft.reasons += [f"investor {actor.key}: gives the sum in front" for actor in draft.investors]


def _listed_sums(scene: Scene, sentence: int, drafts: Sequence[Draft]) -> list[tuple[Span, Draft]]:
    """The sums of a sentence in order with the draft of each, none where they are no list of different drafts."""
    told = sorted(
        (
            (mention.span, draft)
            for draft in drafts
            for mention in draft.figures
            if scene.sentence_at(mention.span.start) == sentence
        ),
        key=lambda item: item[0],
    )
    is_list = all(
        scene.words_between(one.end, other.start) <= _JOINED and not _is_another_s(scene, Span(one.end, other.start))
        for (one, _), (other, _) in pairwise(told)
    )
    return told if is_list and len({id(draft) for _, draft in told}) == len(told) else []


def _is_another_s(scene: Scene, span: Span) -> bool:
    """Whether somebody acts between two sums who pays the second: "アクメとボルトが各3億円、ハルカが1億円"."""
    named = [name.span for name in scene.organisations if span.contains(name.span)]
    return any(particle_at(scene, name)[0] == "acting" for name in named)


def _lists(scene: Scene, sentence: int, actors: Sequence[Actor], sums: Sequence[Span]) -> list[list[_Named]]:
    """The actors that stand side by side in a sentence, before or behind its sums, as many as there are sums."""
    named = sorted(
        ((a, actor) for actor in actors for a in actor.names if a.sentence == sentence), key=lambda item: item[0].span
    )
    groups: list[list[_Named]] = []
    for item in named:
        if groups and _goes_on(scene, groups[-1][-1], item, sums):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [group for group in groups if len(group) == len(sums) == len({actor.key for _, actor in group})]


def _goes_on(scene: Scene, one: _Named, other: _Named, sums: Sequence[Span]) -> bool:
    """Whether two names are of one list, with no sum between them."""
    (before, _), (after, actor) = one, other
    if any(before.span.end <= span.start < after.span.start for span in sums):
        return False
    is_near = scene.words_between(before.span.end, after.span.start) <= _JOINED
    return actor.key in before.mates or (actor.party is None and is_near)


def _give_parties(scene: Scene, drafts: Sequence[Draft], several: Sequence[_Named], cast: Cast) -> None:
    """Whoever is listed is paid where the sentence says so and names somebody else who pays; else they pay."""
    actors = [actor for _, actor in several]
    others = Cast([actor for actor in cast.parties.actors if actor not in actors], cast.countries.actors)
    payers = [investors_of(scene, draft, others.payers(None)) for draft in drafts]
    are_paid = all(payers) and _are_paid(scene, drafts, several)
    for draft, actor, paying in zip(drafts, actors, payers, strict=True):
        if are_paid:
            draft.recipient, draft.investors = actor, paying
        else:
            draft.recipient, draft.investors = None if draft.recipient in actors else draft.recipient, [actor]
        draft.reasons.append(f"{'recipient' if are_paid else 'investor'} {actor.key}: its turn")


def _are_paid(scene: Scene, drafts: Sequence[Draft], several: Sequence[_Named]) -> bool:
    """Whether a verb of taking, a mark on the first name, or who was found to pay tells that those of a list do not."""
    (first, actor), *_ = several
    mark = mark_of(scene, first, actor.key)
    if mark == "to" or (mark == "bare" and any(first.span.end <= verb.start for verb in taking(scene, first.sentence))):
        return True
    listed = {one.key for _, one in several}
    paying = [one for draft in drafts for one in draft.investors]
    here = [one for one in paying if any(anchor.sentence == first.sentence for anchor in one.names)]
    return bool(here) and len(here) == len(paying) and not listed & {one.key for one in paying}
