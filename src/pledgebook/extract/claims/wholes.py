"""Who pays a sum that is made up of others: all who pay its parts."""

from collections.abc import Sequence

from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.owners import paying_as_owner
from pledgebook.extract.claims.parts import is_rest
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.verdicts import sums_up

# How many sentences away a part of two, and one of several, may be told.
_NEAR, _FAR, _SEVERAL = 2, 5, 3


def with_payers_of_parts(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Where a sum is exactly that of others told beside it, each with its own payer, all of these pay it together.

    Who is named for the sum and pays none of its parts keeps it alone, as does who builds what a bank lends a part of.
    """
    for draft in drafts:
        parts = sums_up(draft, drafts)
        if draft.amount is None or not parts or not all(part.investors for part in parts):
            continue
        total = sum(part.amount.value for part in parts if part.amount is not None)
        keys = {actor.key for part in parts for actor in part.investors}
        told = {actor.key for actor in draft.investors}
        if told and all(part.recipient is not None and {part.recipient.key} == told for part in parts):
            # "The university gets a computer for 60 million, of which the ministry gives it 45 and Acme the rest"
            draft.recipient, draft.investors, told = draft.investors[0], [], set()
        if total != draft.amount.value or not told <= keys or not _follow(scene, draft, parts):
            continue
        payers = [actor for part in parts for actor in part.investors]
        if any(paying_as_owner(scene, mention, payers) for mention in draft.figures):
            continue
        if told == keys:
            _share_taker(draft, parts)
            continue
        for part in parts:
            draft.investors += [actor for actor in part.investors if actor.key not in told]
            told |= {actor.key for actor in part.investors}
        draft.reasons.append(f"paid by all who pay its {len(parts)} parts")


def _share_taker(whole: Draft, parts: Sequence[Draft]) -> None:
    """Who is given a sum is given its parts, where those who pay it pay a part each."""
    taker = whole.recipient
    if taker is None or any(actor is taker for part in parts for actor in part.investors):
        return
    for part in parts:
        if part.recipient is None:
            part.recipient = taker
            part.reasons.append(f"recipient {taker.key}: the sum is a part of what it is given")


def _follow(scene: Scene, whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether every part is told within a few sentences of the whole, or one of them is what is left of it."""
    spans = {mention.span for mention in whole.figures}
    if any(is_rest(mention) and mention.parts["whole"] in spans for part in parts for mention in part.figures):
        return True
    most = _FAR if len(parts) >= _SEVERAL else _NEAR
    return all(_is_beside(scene, whole, part, most) for part in parts)


def _is_beside(scene: Scene, whole: Draft, part: Draft, most: int) -> bool:
    """Whether a part is told within a few sentences of the whole."""
    wholes, parts = ([scene.sentence_at(mention.span.start) for mention in draft.figures] for draft in (whole, part))
    return min(abs(one - other) for one in wholes for other in parts) <= most
