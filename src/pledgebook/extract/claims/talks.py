"""Sums of which somebody only talks with another: who asks for a loan, and with whom a government negotiates."""

from collections.abc import Iterator, Sequence

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.clauses import is_parted, runs, sums_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

_TALKS = 6
_DESCRIBED = 4
_LENT = frozenset(("grant", "debt"))


@once
def asked_in_talks(scene: Scene, sentence: int) -> dict[Span, tuple[int, Span]]:
    """The sums of a sentence that somebody talks of being lent: where that is told, and the stretch that says by whom.

    "Acme negotiates with the bank Bolt a loan of 3 million": between "with" and "loan".
    """
    cues = scene.cues_of(sentence)
    talks = [cue.span for cue in cues if cue.label == "propose"]
    loans = [cue.span for cue in cues if cue.label in _LENT]
    found: dict[Span, tuple[int, Span]] = {}
    for money in sums_of(scene, sentence) if talks and loans else ():
        loan = max((one for one in loans if one.end <= money.start), default=None)
        if loan is None or scene.words_between(loan.end, money.start) > _DESCRIBED:
            continue
        for cue in cues:
            talk = next((one for one in talks if cue.label == "with_it" and 0 <= cue.span.start - one.end <= 1), None)
            between = Span(cue.span.end, max(loan.start, cue.span.end))
            if talk is None or cue.span.end > loan.start or is_parted(between.of(scene.text)):
                continue
            if not _is_public(scene, sentence, talk):
                found[money] = talk.start, between
    return found


def _is_public(scene: Scene, sentence: int, verb: Span) -> bool:
    """Whether a government stands before a verb, nearest to it: what it talks of is rather its own money."""
    start = scene.sentences[sentence].span.start
    named = [
        (one.span.end, one.party is not None and one.party.kind is PartyKind.GOVERNMENT)
        for one in scene.organisations
        if start <= one.span.start and one.span.end <= verb.start
    ]
    named += [(cue.span.end, True) for cue in scene.cues_in(start, verb.start) if cue.label == "government"]
    return max(named, default=(0, False))[1]


def asking(scene: Scene, sentence: int, names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """The sums that somebody talks with another of being lent, and who does."""
    for money, (talk, between) in asked_in_talks(scene, sentence).items():
        name = max((one for one in names if one.end <= talk), default=None)
        has_lender = any(between.contains(other.span) for other in scene.organisations)
        if name is not None and has_lender and runs(scene, name.end, talk):
            yield money, name


def talked_with(
    scene: Scene, draft: Draft, actors: Sequence[Actor], chosen: list[tuple[float, Actor]]
) -> list[tuple[float, Actor]]:
    """Those chosen, or the company that a government talks with: "the government negotiates with Acme"."""
    if not chosen or any(one.party is None or one.party.kind is not PartyKind.GOVERNMENT for _, one in chosen):
        return _without_governments(scene, draft, actors, chosen)
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        cues = scene.cues_of(sentence)
        if any(cue.label in ("grant", "support", "tax") for cue in cues):
            continue  # about what it is to give
        talks = [cue.span.end for cue in cues if cue.label == "propose"]
        asked = _asking_government(scene, sentence, actors, [one for _, one in chosen])
        if asked is not None:
            return [(chosen[0][0], asked)]
        for cue in cues:
            if cue.label != "with_it" or not any(0 <= cue.span.start - end <= 1 for end in talks):
                continue
            named = [
                (anchor, actor)
                for actor in actors
                for anchor in actor.names
                if anchor.span.start >= cue.span.end and scene.words_between(cue.span.end, anchor.span.start) <= _TALKS
            ]
            first, company = min(named, key=lambda item: item[0].span.start, default=(None, None))
            if first is not None and company is not None and company.party is not None:
                kind = company.party.kind
                is_meant = kind is not PartyKind.GOVERNMENT and first.span.start < mention.span.start
                return [(chosen[0][0], company)] if is_meant else chosen
    return chosen


def _without_governments(
    scene: Scene, draft: Draft, actors: Sequence[Actor], chosen: list[tuple[float, Actor]]
) -> list[tuple[float, Actor]]:
    """Those chosen but the governments with which the one company among them talks."""
    governments = [one for _, one in chosen if one.is_public]
    for mention in draft.figures if governments else ():
        sentence = scene.sentence_at(mention.span.start)
        if any(cue.label in ("grant", "support", "tax") for cue in scene.cues_of(sentence)):
            continue
        asked = _asking_government(scene, sentence, actors, governments)
        if any(one is asked for _, one in chosen):
            return [(score, one) for score, one in chosen if one not in governments]
    return chosen


def _asking_government(
    scene: Scene, sentence: int, actors: Sequence[Actor], governments: Sequence[Actor]
) -> Actor | None:
    """The one company of a sentence that talks with the governments: "Acme is in talks with the government on ..."."""
    bounds = scene.sentences[sentence].span
    cues = scene.cues_of(sentence)
    starts = [cue.span.start for cue in cues if cue.label == "propose"]
    ends = [cue.span.end for cue in cues if cue.label == "with_it"]
    named = [(a.span, actor) for actor in actors for a in actor.names if bounds.contains(a.span)]
    companies = {actor.key: actor for _, actor in named if not actor.is_public}
    others = [span for span, actor in named if actor in governments]
    if not starts or len(companies) != 1 or not others:
        return None
    is_with = any(
        scene.words_between(end, span.start) <= _TALKS for end in ends for span in others if end <= span.start
    )
    first = min(span for span, actor in named if not actor.is_public)
    return next(iter(companies.values())) if is_with and first.start < min(others).start else None
