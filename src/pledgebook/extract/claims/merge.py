"""Which sums of a document are one sum told again."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pledgebook.domain import Amount, Money
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.links import link
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.magnitudes import rough_dollars

_SAME = Decimal("0.005")
_RESTATED = Decimal("0.06")
_ADJACENT = 2
_TELLING_DIGITS = 3
_REST = 24
_WORD_BEFORE = re.compile(r"(\w+)\s*$")


def same_sum(one: Amount, other: Amount) -> bool:
    """Whether two amounts are one figure: the same value, an end of a range, or one that is restated in brackets."""
    return any(
        a.currency == b.currency and abs(a.value - b.value) <= _SAME * max(a.value, b.value)
        for a in _sums(one)
        for b in _sums(other)
    )


def _sums(amount: Amount) -> list[Money]:
    ends = [] if amount.value_max is None else [Money(amount.value_max, amount.currency)]
    return [amount.money, *ends, *amount.also]


def _is_telling(one: Amount, other: Amount) -> bool:
    """Whether two equal figures are of a kind that hardly any document has twice: a range, or several digits."""
    if one.currency != other.currency:
        return False
    if one.value_max is not None and one.value_max == other.value_max and one.value == other.value:
        return True
    return one.value == other.value and len(one.value.normalize().as_tuple().digits) >= _TELLING_DIGITS


def _restated(one: Amount, other: Amount) -> bool:
    """Whether two sums in two currencies are about the same money."""
    if one.currency == other.currency:
        return False
    a, b = rough_dollars(one.value, one.currency), rough_dollars(other.value, other.currency)
    return abs(a - b) <= _RESTATED * max(a, b)


def _shared(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    keys = {actor.key for actor in one}
    return not one or not other or any(actor.key in keys for actor in other)


def _compatible(scene: Scene, one: Draft, other: Draft) -> bool:
    """Whether who and where agree: two that are both named beside their figures and differ make two commitments.

    What headings say of who pays, the text tells again with its own words for where.
    """
    if _is_in_headings(scene, one) and {a.key for a in one.investors} & {a.key for a in other.investors}:
        return True
    for a, b in ((one.investors, other.investors), (one.destinations, other.destinations)):
        if not _shared(a, b) and _is_explicit(scene, one, a) and _is_explicit(scene, other, b):
            return False
    return _shared(one.investors, other.investors) or _shared(one.destinations, other.destinations)


def _is_explicit(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> bool:
    """Whether one of the actors is named in a sentence of the draft's figures."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.figures}
    return any(anchor.sentence in sentences for actor in actors for anchor in actor.anchors if anchor.kind != "pronoun")


def _is_headline(scene: Scene, draft: Draft) -> bool:
    """Whether a draft's sums stand in the headline alone, which tells what the text tells again."""
    return all(scene.sentence_at(m.span.start) == scene.title for m in draft.figures)


def _is_led_back(scene: Scene, draft: Draft) -> bool:
    """Whether the word before a draft's sums says that they were told before: "the loan is part of the 640 million"."""
    words = {*scene.language.quantities.definite, *scene.language.numbers.told_before}
    before = [_WORD_BEFORE.search(scene.text, max(0, m.span.start - 16), m.span.start) for m in draft.figures]
    return all(found is not None and found[1].lower() in words for found in before)


def _is_in_headings(scene: Scene, draft: Draft) -> bool:
    return all(scene.sentences[scene.sentence_at(m.span.start)].is_heading for m in draft.figures)


def _are_rows_apart(scene: Scene, one: Draft, other: Draft) -> bool:
    """Whether two drafts' sums stand in two rows of one table: equal or not, they are two."""
    rows = [row for mention in one.figures if (row := scene.row_at(mention.span.start)) is not None]
    others = [row for mention in other.figures if (row := scene.row_at(mention.span.start)) is not None]
    return any(a.table == b.table and a is not b for a in rows for b in others)


def _are_two_s(scene: Scene, one: Draft, other: Draft) -> bool:
    """Whether one sentence tells an equal sum of each of two payers: "Acme lends 3 million, Bolt gives 3 million"."""
    first, second = ({scene.sentence_at(m.span.start) for m in draft.figures} for draft in (one, other))
    is_one = first == second and len(first) == 1 and not scene.sentences[min(first)].is_heading
    keys = [{actor.key for actor in draft.investors} for draft in (one, other)]
    return is_one and all(keys) and keys[0].isdisjoint(keys[1])


def _is_share(draft: Draft, of: Draft) -> bool:
    """Whether one sum was worked out of the other: as much again is another sum."""
    wholes = {mention.parts["whole"] for mention in draft.figures if "whole" in mention.parts}
    return any(mention.span in wholes for mention in of.figures)


def _is_rest(scene: Scene, draft: Draft) -> bool:
    """Whether a draft's sum is called what is left of another: equal to one that was told, it is another sum."""
    return all(
        any(cue.label == "rest" for cue in scene.cues_in(max(0, mention.span.start - _REST), mention.span.start))
        for mention in draft.figures
    )


def _near(scene: Scene, one: Draft, other: Draft) -> bool:
    """Whether two drafts stand so close, or one in the headline, that a sum can be said again in another currency."""
    a = [scene.sentence_at(m.span.start) for m in one.figures]
    b = [scene.sentence_at(m.span.start) for m in other.figures]
    return scene.title in (*a, *b) or min(abs(x - y) for x in a for y in b) <= _ADJACENT


def merged(scene: Scene, drafts: list[Draft], cast: Cast) -> list[Draft]:
    """Drafts of one sum told several times become one, decided anew from all its places."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        for group in groups:
            first = group[0]
            a, b = first.amount, draft.amount
            if a is None or b is None:
                continue
            is_same = same_sum(a, b)
            if any(
                _are_rows_apart(scene, one, draft) or _are_two_s(scene, one, draft) or _is_share(draft, one)
                for one in group
            ):
                continue
            if _is_rest(scene, draft) and not _is_rest(scene, first):
                continue
            if not (is_same or (_restated(a, b) and any(_near(scene, one, draft) for one in group))):
                continue
            is_given = is_same and len(group) == 1 and _is_headline(scene, first)
            is_given = is_given or (is_same and _is_led_back(scene, draft))
            if is_given or _is_telling(a, b) or any(_compatible(scene, one, draft) for one in group):
                group.append(draft)
                break
        else:
            groups.append([draft])
    merged = []
    for group in groups:
        if len(group) == 1:
            merged.append(group[0])
            continue
        draft = Draft(
            figures=[figure for one in group for figure in one.figures], score=max(one.score for one in group)
        )
        draft.reasons = [reason for one in group for reason in one.reasons if reason.startswith("a pledge")][:1]
        draft.reasons.append(f"the same sum in {len(group)} places")
        link(scene, draft, cast)
        merged.append(draft)
    return merged
