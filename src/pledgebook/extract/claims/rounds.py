"""Who backs whom where the sentence after a sum tells it: "Acme raised 3 million. The round was led by Bolt"."""

from collections.abc import Sequence

from pledgebook.domain import PartyKind
from pledgebook.extract.claims.actors import Actor
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.flow import givers_in, is_taken
from pledgebook.extract.claims.scene import Scene, paragraph_of

_BEHIND = 3


def backers(scene: Scene, draft: Draft, cast: Cast) -> tuple[Actor, list[Actor]] | None:
    """Who raised a draft's money and from whom, where a sentence soon behind it tells; None where none does.

    Only where nobody else was found to pay: the one who raised it, or some of those who are told there.
    """
    taker = _taker(draft)
    if taker is None or not any(_raises(scene, draft, taker, at) for at in range(len(draft.figures))):
        return None
    for sentence in _behind(scene, draft):
        givers = [a for a in givers_in(scene, sentence, cast.parties.rivals, cast.parties.actors) if a is not taker]
        if givers and (draft.recipient is None or all(actor in givers for actor in draft.investors)):
            return taker, givers
    return None


def _taker(draft: Draft) -> Actor | None:
    one = draft.recipient or (draft.investors[0] if len(draft.investors) == 1 else None)
    return None if one is None or one.party is None or one.party.kind is PartyKind.GOVERNMENT else one


def _raises(scene: Scene, draft: Draft, taker: Actor, at: int) -> bool:
    """Whether the taker is named or meant where a sum of the draft is said to be taken."""
    mention = draft.figures[at]
    sentence = scene.sentence_at(mention.span.start)
    return is_taken(scene, mention) and any(anchor.sentence == sentence for anchor in taker.anchors)


def _behind(scene: Scene, draft: Draft) -> Sequence[int]:
    """The sentences behind the draft's last sum in its paragraph, or in the next one where it ends the paragraph."""
    last = max(scene.sentence_at(mention.span.start) for mention in draft.figures)
    rest = [n for n in paragraph_of(scene, last) if n > last]
    if not rest and last + 1 < len(scene.sentences) and not scene.sentences[last + 1].is_heading:
        rest = list(paragraph_of(scene, last + 1))
    free = [n for n in rest[:_BEHIND] if not _has_sum(scene, n)]
    return free if free[:1] == rest[:1] else []


def _has_sum(scene: Scene, sentence: int) -> bool:
    bounds = scene.sentences[sentence].span
    return any(bounds.start <= mention.span.start < bounds.end for mention in scene.money)
