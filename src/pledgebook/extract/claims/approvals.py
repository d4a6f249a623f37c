"""Who only allows what somebody else pays: "the city has approved Acme's data centre for 3 million"."""

from collections.abc import Sequence

from pledgebook.domain import Mention
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import approving, giving, mark_of, taking
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.organisations import load_organisations

_UNION = "EU"
# What is paid out is the government's own, though somebody is named for it.
_PAID_OUT = frozenset(("grant", "give"))


def approved(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """Who pays what a government of the same sentence only approves: the company whose plan it is."""
    found: dict[str, Actor] = {}
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        if not approving(scene, sentence):
            return []
        if _is_paid_out(scene, mention, sentence):
            lender = _aided_by(scene, sentence, actors)
            return [lender] if lender is not None else []
        named = [(anchor, actor) for actor in actors for anchor in actor.anchors if anchor.sentence == sentence]
        if not any(actor.is_public for _, actor in named):
            continue
        plans = [(anchor, actor) for anchor, actor in named if _may_plan(scene, anchor, actor)]
        plans = plans or [(anchor, actor) for anchor, actor in named if _is_permitted(scene, anchor, actor)]
        nearest = min(plans, key=lambda item: _away(item[0], mention), default=None)
        if nearest is None or any(verb.start < mention.span.start for verb in taking(scene, sentence)):
            continue
        found |= {actor.key: actor for _, actor in plans if actor is nearest[1] or actor.key in nearest[0].mates}
    return list(found.values())


def _may_plan(scene: Scene, anchor: Anchor, actor: Actor) -> bool:
    is_named = anchor.kind == "name" and actor.reason != CAPITALS and not actor.is_public
    return is_named and mark_of(scene, anchor, actor.key) != "to"


def _is_permitted(scene: Scene, anchor: Anchor, actor: Actor) -> bool:
    """Whether somebody is told to whom a permit is given: "autorizó a Acme a construir"."""
    return anchor.kind == "name" and not actor.is_public and mark_of(scene, anchor, actor.key) == "to"


def _away(anchor: Anchor, mention: Mention) -> int:
    return max(anchor.span.start - mention.span.end, mention.span.start - anchor.span.end)


def _is_paid_out(scene: Scene, mention: Mention, sentence: int) -> bool:
    allowed = approving(scene, sentence)
    return any(
        cue.label in _PAID_OUT
        and not any(cue.span.start <= words.end and words.start <= cue.span.end + 1 for words in allowed)
        for cue in scene.cues_of(sentence)
    ) or any(verb.start < mention.span.start for verb in giving(scene, sentence))


def _aided_by(scene: Scene, sentence: int, actors: Sequence[Actor]) -> Actor | None:
    """The government of the one land whose aid the Union approves: "5 billion euros of German state aid"."""
    organisations = load_organisations()
    union = organisations.governments[_UNION].name
    if not any(actor.key == union and any(a.sentence == sentence for a in actor.anchors) for actor in actors):
        return None
    aiding = [a for a in actors if a.key != union and a.is_public and any(n.sentence == sentence for n in a.names)]
    if aiding:
        return aiding[0] if len(aiding) == 1 else None
    bounds = scene.sentences[sentence].span
    lands = {
        place.place: place.span
        for place in scene.places
        if "adjective" in place.parts and place.place not in (None, _UNION) and bounds.contains(place.span)
    }
    if len(lands) != 1:
        return None
    ((land, span),) = lands.items()
    party = organisations.governments.get(land or "")
    if party is None:
        return None
    known = next((actor for actor in actors if actor.key == party.name), None)
    return known or Actor(party.name, party, [Anchor(span, sentence, "name")], reason="government")
