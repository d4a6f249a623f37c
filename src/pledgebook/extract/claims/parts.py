"""Which shares of a pledge ("a third of it", "the rest") are pledges of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledgebook.domain import Basis, Mention, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.evenly import shared_evenly
from pledgebook.extract.claims.local import is_body
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.shares import MARK
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_REACH = 14
_BEFORE, _BEHIND, _OF_NEXT = 30, 16, 1


def shared_drafts(scene: Scene, drafts: Sequence[Draft], cast: Cast) -> Iterator[Draft]:
    """A draft for each share of a pledged sum that has its own payer, or of what is left its own place.

    A share that nobody is named beside splits the sum by purpose or by year, which makes no claim.
    """
    pledged = {mention.span: draft for draft in drafts for mention in draft.figures}
    for mention in scene.money:
        if not is_share(mention):
            continue
        whole = pledged.get(mention.parts["whole"])
        if whole is not None and _is_own(scene, mention, cast) and not _is_of_each(scene, mention):
            reason = f"a pledge ({whole.score:.2f}): {mention.reason}"
            draft = Draft(figures=[mention], score=whole.score, reasons=[reason])
            pledged[mention.span] = draft
            yield draft


def is_share(mention: Mention) -> bool:
    """Whether a sum is told as a share of another."""
    return mention.amount is not None and mention.amount.basis is Basis.IMPLIED and "whole" in mention.parts


def is_rest(mention: Mention) -> bool:
    """Whether a sum is what other sums leave of one."""
    return is_share(mention) and "rest" in mention.parts


def cast_of(scene: Scene, draft: Draft, cast: Cast) -> Cast:
    """Who may pay a draft, and where: for a share those in its own clause, who are named for nothing else."""
    if not draft.figures or not is_share(draft.figures[0]):
        return cast
    share = draft.figures[0]
    behind = Span(share.span.end, max(share.span.end, _clause(scene, share).end))
    lands = [
        actor
        for actor in cast.countries.actors
        if is_rest(share) and any(behind.contains(anchor.span) for anchor in actor.anchors)
    ]
    parties = _named(scene, share, cast)
    # What is left of a pledge is paid by whoever pays it, where nobody is named beside it.
    others = () if is_rest(share) else cast.parties.actors
    return Cast(parties or others, lands or cast.countries.actors)


def _is_own(scene: Scene, mention: Mention, cast: Cast) -> bool:
    """Whether somebody is named beside a share, or a place beside the rest."""
    if _named(scene, mention, cast):
        return True
    clause = _clause(scene, mention)
    return is_rest(mention) and any(clause.contains(place.span) for place in scene.places)


def _is_of_each(scene: Scene, mention: Mention) -> bool:
    """Whether a share is what each of several pays of a sum, which is no pledge of its own: "half each"."""
    sentence = scene.sentence_at(mention.span.start)
    return any(words.overlaps(mention.span) for words in shared_evenly(scene, sentence))


def _named(scene: Scene, mention: Mention, cast: Cast) -> list[Actor]:
    """The parties between the marks around a share, else those between the sums around it.

    What comes out of somebody's own means is not of whom the words before the mark name: "Bolt lends 3 million, the
    rest are own funds".
    """
    clause = _clause(scene, mention)
    before = [m.end() for m in MARK.finditer(scene.text, clause.start, mention.span.start)]
    behind = MARK.search(scene.text, mention.span.end, clause.end)
    close = Span(before[-1] if before else clause.start, behind.start() if behind is not None else clause.end)
    means = _means(scene.language.code)
    is_from_own = means is not None and next(means.find(scene.text[close.start : clause.end]), None) is not None
    for span in (close,) if is_from_own else (close, clause):
        named = [actor for actor in cast.parties.actors if any(span.contains(a.span) for a in actor.names)]
        # "The university will pay the rest" names one that is not the company of the sentence.
        named = named or [
            actor
            for actor in cast.parties.actors
            if any(a.kind == "pronoun" and span.contains(a.span) and is_body(scene, a.span) for a in actor.anchors)
        ]
        # A land by itself pays where nobody else does: "Astana the remainder".
        found = named or [actor for actor in cast.parties.actors if _is_land_in(scene, span, actor)]
        if found:
            return found
    return []


@cache
def _means(code: str) -> PhraseMatcher | None:
    """The words of a language for somebody's own means, None where it has none."""
    words = load_language(code).flow.get("own_means")
    return PhraseMatcher({"own_means": words}) if words else None


def _is_land_in(scene: Scene, span: Span, actor: Actor) -> bool:
    """Whether a land is named in a stretch, other than as where something is: "to Narva in Estonia"."""
    places, givers = load_name_words(scene.language.code).words("at"), scene.language.flow.get("from", ())
    for anchor in actor.anchors:
        if anchor.kind == "state" and span.contains(anchor.span):
            before = scene.text[span.start : anchor.span.start].split()[-1:]
            if not any(word in places and word not in givers for word in map(skeleton, before)):
                return True
    return False


def with_payers_of_wholes(drafts: Sequence[Draft]) -> None:
    """What is left of a pledge is paid by whoever pays the pledge, where nobody else is said to."""
    pledged = {mention.span: draft for draft in drafts for mention in draft.figures}
    for draft in drafts:
        first = draft.figures[0]
        if not draft.investors and is_rest(first):
            whole = pledged.get(first.parts["whole"])
            draft.investors = list(whole.investors) if whole is not None else []


def _clause(scene: Scene, mention: Mention) -> Span:
    """What stands around a share in its sentence, up to the sums on both sides."""
    bounds = scene.sentences[scene.sentence_at(mention.span.start)].span
    reach = int(_REACH * scene.unit)
    start, end = max(bounds.start, mention.span.start - reach), min(bounds.end, mention.span.end + reach)
    for other in scene.money:
        if other.span.end <= mention.span.start:
            start = max(start, other.span.end)
        elif other.span.start >= mention.span.end:
            end = min(end, _name_before(scene, other) if is_share(other) else other.span.start)
    return Span(start, end)


def _name_before(scene: Scene, share: Mention) -> int:
    """Where the name begins that stands right before a share, whose it is: "Acme gives 70% and Bolt 30%"."""
    names = (name.span for name in scene.organisations if name.span.end <= share.span.start)
    last = max(names, default=None)
    if last is None or scene.text[last.end : share.span.start].strip(" –—-"):
        return share.span.start
    return last.start


def with_sums_each(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """A draft for each of those who pay a sum apiece: "Acme and Bolt will each put in 3 billion"."""
    found: list[Draft] = []
    for draft in drafts:
        if len(draft.investors) > 1 and draft.figures and _is_each(scene, draft.figures[0]):
            for actor in draft.investors:
                reasons = [*draft.reasons, f"investor {actor.key}: pays the sum apiece"]
                found.append(replace(draft, investors=[actor], quantities=list(draft.quantities), reasons=reasons))
        else:
            found.append(draft)
    return found


def _is_each(scene: Scene, mention: Mention) -> bool:
    """Whether a word such as "each" stands in front of a sum, behind who pays, right behind the sum, or in it.

    Not where it says that several share one sum ("half each").
    """
    sentence = scene.sentence_at(mention.span.start)
    bounds, shared = scene.sentences[sentence].span, shared_evenly(scene, sentence)
    start, end = max(bounds.start, mention.span.start - _BEFORE), min(bounds.end, mention.span.end + _BEHIND)
    start = max([start, *(other.span.end for other in scene.money if other.span.end <= mention.span.start)])
    start = max([start, *(name.span.end for name in scene.organisations if name.span.end <= mention.span.start)])
    words = _each(scene.language.code)
    # "双方各出资25亿元": what stands right before the next sum is said of that.
    end = min([end, *(other.span.start - _OF_NEXT for other in scene.money if other.span.start >= mention.span.end)])
    beside = ((start, mention.span.start), (mention.span.start, mention.span.end), (mention.span.end, end))
    found = (
        Span(match.span.start + one, match.span.end + one)
        for one, other in beside
        for match in words.find(scene.text[one:other])
    )
    return any(not any(each.overlaps(span) for span in shared) for each in found)


@cache
def _each(code: str) -> PhraseMatcher:
    return PhraseMatcher({"each": load_language(code).flow.get("each", ())})
