"""Where a draft's money goes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import giving
from pledgebook.extract.claims.homes import home_of, homes_of, is_public
from pledgebook.extract.claims.lands import SHARED_MONEY, Payment, is_origin, payment_of
from pledgebook.extract.claims.likeliest import is_beside, likeliest, link_score, telling
from pledgebook.extract.claims.linking import PARTS_OF_THE_WORLD
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.rivals import Pool
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.magnitudes import rough_dollars

_NAMED_HERE = 0.2
_FOR_MANY_LANDS = 10**9
_WHERE = ("name", "city", "adjective")
_SITES = ("name", "city")
_UNION = "EU"
# The most words between a verb of giving and its sum: "gives Kenya another 3 million".
_GIVEN = 6
_SEVERAL = 2


def find_destinations(scene: Scene, draft: Draft, pool: Pool) -> list[Actor]:
    """Where the money goes: rather a land that a figure's sentence names than another; a government's, else, home."""
    payment = payment_of(draft.investors, draft.recipient)
    if own := _land_given(scene, draft, pool) or ([] if draft.recipient else _land_in_turn(scene, draft, pool)):
        return own
    chosen = [actor for _, actor in likeliest(scene, draft, "destination", pool, payment)]
    chosen = _site_for_origin(scene, draft, chosen, pool)
    if member := _one_member(draft, chosen, pool):
        return member
    if any(is_beside(scene, draft, actor) for actor in chosen):
        return chosen
    if told := _land_of_foreign_money(scene, draft, pool) or (_beside(scene, draft, pool, payment) if chosen else []):
        return told
    at_home = _homes(draft.investors) if draft.recipient is None and is_public(draft.investors) else []
    if chosen and any(actor.key in PARTS_OF_THE_WORLD for actor in at_home) and not _is_huge(draft):
        return chosen  # the Union pays for something in the land that the text is about
    return _one_member(draft, at_home, pool) or at_home or chosen


def _land_in_turn(scene: Scene, draft: Draft, pool: Pool) -> list[Actor]:
    """The land of a sum where each of a sentence has a land behind it: "700 million in Kenya and 400 in Ethiopia"."""
    if len(draft.figures) != 1:
        return []
    span = draft.figures[0].span
    key = _lands_in_turn(scene, scene.sentence_at(span.start)).get(span)
    found = [actor for actor in pool.actors if actor.key == key]
    draft.reasons += [f"destination {actor.key}: each sum has its own" for actor in found]
    return found


@once
def _lands_in_turn(scene: Scene, sentence: int) -> Mapping[Span, str]:
    """The lands of a sentence's sums where each sum has one of its own, behind it."""
    sums, bounds = list(sums_of(scene, sentence)), scene.sentences[sentence].span
    if len(sums) < _SEVERAL:
        return {}
    places = [m for m in scene.places if m.place is not None and bounds.contains(m.span) and "adjective" not in m.parts]
    if any(cue.label == "part" for cue in scene.cues_of(sentence)):
        return {}
    edges = [bounds.start, *(one.start for one in sums[1:]), bounds.end]
    lands = [{m.place for m in places if start <= m.span.start < end} for start, end in pairwise(edges)]
    told = [next(iter(several)) for several in lands if len(several) == 1]
    if len(told) == len(sums) == len(set(told)) and all(m.span.start >= sums[0].end for m in places):
        return dict(zip(sums, (land or "" for land in told), strict=True))
    return {}


def _site_for_origin(scene: Scene, draft: Draft, chosen: list[Actor], pool: Pool) -> list[Actor]:
    """The land of the sites that a paragraph names, where only its parties are said to be from the one that was chosen.

    "The Canadian fund Maplecrest turns a mill in Ninh Bình into a data centre. The fund pays 3 million."
    """
    if len(chosen) != 1 or not is_origin(scene, chosen[0]):
        return chosen
    first = min(mention.span.start for mention in draft.anchors)
    start = scene.text.rfind("\n", 0, first) + 1
    others = [one for one in pool.actors if one.key.isalpha() and one.key not in (_UNION, chosen[0].key)]
    towns = [(one, anchor) for one in others for anchor in one.anchors if anchor.kind == "city"]
    near = {one.key: one for one, anchor in towns if start <= anchor.span.start}
    sites = list((near or {one.key: one for one, _ in towns}).values())
    if len(sites) != 1 or is_origin(scene, sites[0]):
        return chosen
    draft.reasons.append(f"destination {sites[0].key}: {chosen[0].key} is where somebody is from")
    return sites


def _beside(scene: Scene, draft: Draft, pool: Pool, payment: Payment) -> list[Actor]:
    """The land that is likeliest of those named beside the figure, where it is likely enough."""
    figures = telling(scene, draft)
    beside = [
        (link_score(scene, figures, actor, pool.rivals, "destination", payment), -actor.order, actor)
        for actor in pool.actors
        if is_beside(scene, draft, actor) and any(anchor.kind in _WHERE for anchor in actor.anchors)
    ]
    likely, _, actor = max(beside, key=lambda item: item[:2], default=(0.0, 0, None))
    if actor is None or likely < _NAMED_HERE:
        return []
    draft.reasons.append(f"destination {actor.key} ({likely:.2f}): named beside the figure")
    return [actor]


def _land_given(scene: Scene, draft: Draft, pool: Pool) -> list[Actor]:
    """The land that a government gives a sum to: "Denmark gives Kenya 3 million", "3 million to Kenya"."""
    homes = set(homes_of(draft.investors)) if draft.recipient is None and is_public(draft.investors) else set[str]()
    for mention in draft.figures if homes else ():
        sentence = scene.sentence_at(mention.span.start)
        if (land := _land_put_into(scene, mention, pool)) is not None and land.key not in homes:
            draft.reasons.append(f"destination {land.key}: where the sum is invested")
            return [land]
        for verb in giving(scene, sentence):
            if verb.end > mention.span.start or scene.text[verb.end : mention.span.start].count(" ") > _GIVEN:
                continue
            lands = [
                (anchor, actor)
                for actor in pool.actors
                for anchor in actor.anchors
                if anchor.sentence == sentence and anchor.kind == "name" and anchor.span.start >= verb.end
            ]
            first, land = min(lands, key=lambda item: item[0].span.start, default=(None, None))
            if first is None or land is None or land.key in homes:
                continue
            start = verb.end if first.span.end <= mention.span.start else mention.span.end
            between = scene.text[start : first.span.start].strip().casefold()
            if not between or between in scene.language.flow.get("to", ()):
                draft.reasons.append(f"destination {land.key}: given the sum")
                return [land]
    return []


def _land_put_into(scene: Scene, mention: Mention, pool: Pool) -> Actor | None:
    """The land named between a word for "in" and the verb of investing that leads up to a sum: "在法国投资300亿"."""
    sentence = scene.sentence_at(mention.span.start)
    cues = scene.cues_of(sentence)
    starts = {cue.span.start for cue in cues if cue.label == "invest" and cue.span.end <= mention.span.start}
    ends = {cue.span.end for cue in cues if cue.label == "into_it"}
    for actor in pool.actors:
        for anchor in actor.anchors:
            if anchor.sentence == sentence and anchor.span.start in ends and anchor.span.end in starts:
                return actor
    return None


def _one_member(draft: Draft, lands: Sequence[Actor], pool: Pool) -> list[Actor]:
    """The country that most places of a text lie in, where it names the Union only as one who pays.

    Whom a list knows is given money at home; where a text names no place, the land whose government it speaks of is
    meant. The Union's own programmes are for all of its lands: those are huge.
    """
    union = next((actor for actor in pool.actors if actor.key == _UNION), None)
    is_named = union is not None and any(anchor.kind != "government" for anchor in union.anchors)
    if [actor.key for actor in lands] != [_UNION] or _is_huge(draft):
        return []
    if home := _home_of_recipient(draft):
        return home
    if is_named:
        return []
    counts = [
        (sum(anchor.kind in _SITES for anchor in actor.anchors), actor)
        for actor in pool.actors
        if actor.key.isalpha() and actor.key != _UNION
    ]
    count, most = max(counts, key=lambda item: item[0], default=(0, None))
    is_governed = count == 0 and len(counts) == 1
    if most is None or not (is_governed or count * 2 > sum(number for number, _ in counts)):
        return []
    draft.reasons.append(f"destination {most.key}: what the Union pays into lies there")
    return [most]


def _home_of_recipient(draft: Draft) -> list[Actor]:
    """The country of who is given a draft's sum by the Union, where a list has it."""
    actor = draft.recipient
    home = home_of(actor.key, is_government=actor.is_public) if actor is not None else ""
    if actor is None or not home or home == _UNION:
        return []
    draft.reasons.append(f"destination {home}: {actor.key} is from there")
    return [Actor(home, anchors=list(actor.anchors))]


def _is_huge(draft: Draft) -> bool:
    """Whether a sum is one for many lands."""
    amount = draft.amount
    return amount is not None and rough_dollars(amount.value, amount.currency) >= _FOR_MANY_LANDS


def lands_untold(scene: Scene, draft: Draft, *, is_landless: bool) -> list[Actor]:
    """Where it goes though nothing tells: the land whose money it is; the newsroom's own where none is named at all."""
    lands = _lands_of_currency(scene, draft)
    draft.reasons += [f"destination {land.key}: its currency" for land in lands]
    return lands or (_newsroom(scene, draft) if is_landless else [])


def _land_of_foreign_money(scene: Scene, draft: Draft, pool: Pool) -> list[Actor]:
    """The land that a text names and whose money a sum is, where that is not the newsroom's and no place is beside."""
    if any(scene.has_place(scene.sentence_at(mention.span.start)) for mention in draft.figures):
        return []
    told = [actor.key for actor in _lands_of_currency(scene, draft)]
    if not told or told == list(scene.newsrooms[:1]):
        return []
    found = [actor for actor in pool.actors if actor.key in told]
    draft.reasons += [f"destination {land.key}: its currency" for land in found]
    return found


def _newsroom(scene: Scene, draft: Draft) -> list[Actor]:
    """The land of the newsroom: a text that names no land at all is about its own.

    Of several newsrooms it is the one from whose land most of those are whom the text names.
    """
    if not scene.newsrooms:
        return []
    first = draft.anchors[0].span
    named = Counter(home_of(mention.party.name) for mention in scene.organisations if mention.party is not None)
    return [
        Actor(
            max(scene.newsrooms, key=lambda land: named[land]),
            anchors=[Anchor(first, scene.sentence_at(first.start), "name")],
        )
    ]


def _lands_of_currency(scene: Scene, draft: Draft) -> list[Actor]:
    """The land whose money a sum is, by the sum's own words; none for dollar, euro and shared francs."""
    first = next(iter(draft.figures), None)
    if first is None or first.amount is None:
        return []
    currency = first.amount.currency
    if currency in SHARED_MONEY or currency.startswith("X"):
        return []
    anchor = Anchor(first.span, scene.sentence_at(first.span.start), "name")
    # ISO 4217 begins a code with its land's in ISO 3166-1.
    return [Actor(currency[:2], anchors=[anchor])]


def _homes(actors: Sequence[Actor]) -> list[Actor]:
    """The countries whose governments pay, told by the words that name these; none where one is of no country."""
    codes = homes_of(actors)
    if not all(code.isalpha() for code in codes) or len(set(codes)) != 1:
        return []
    return [Actor(codes[0], anchors=list(actors[0].anchors), order=len(actors))]


def is_capex(scene: Scene, draft: Draft) -> bool:
    """Whether the sum is called capital expenditure in a sentence that names no place."""
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        if not scene.has_place(sentence) and any(cue.label == "capex" for cue in scene.cues_of(sentence)):
            return True
    return False
