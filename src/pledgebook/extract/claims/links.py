"""Who pays, who receives and where: the actors of a draft."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pledgebook.domain import Mention, PartyKind
from pledgebook.extract.claims.actors import PRONOUNS, Actor, Anchor
from pledgebook.extract.claims.company import company_features
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.features import figure_features
from pledgebook.extract.claims.flow import payer_features
from pledgebook.extract.claims.homes import homes_of
from pledgebook.extract.claims.lands import Payment, payment_of
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.linking import PARTS_OF_THE_WORLD, Told, tell, traits_of
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.rivals import Pool, Rivals
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.turns import turn_features
from pledgebook.extract.mentions.organisations_context import CAPITALS

_LINK = 0.5
_BEST_LINK = 0.4
_BEST_NEAR = 0.12
_BEST_LAND = 0.15
_TOO = 0.55
_GOES_ALONG = 0.002
_RECIPIENT = 0.24
_HEADED = 0.6
_UNHEADED = 0.3
_SET_ASIDE = 0.4
_ELSEWHERE = 0.65
# So likely an investor is one, though the sum is called a total, or sounds like nobody's.
_SURE, _UNDENIED = 0.75, 0.97
_HINT, _HINT_ELSEWHERE = 0.1, 0.3
_MAY_PAY = 0.3
_NAMED_HERE = 0.2
_WHERE = ("name", "city", "adjective")
_OPENING = frozenset("([（［")
# Spent in many lands that are not their own.
_ABROAD = frozenset(("USD", "EUR"))


def link(scene: Scene, draft: Draft, cast: Cast) -> None:
    """Decide who invests, into whom, and where, from all places where the draft's figures stand."""
    told = [figure_features(scene, mention) for mention in draft.figures]
    reasons = list(draft.reasons)
    draft.recipient = _recipient(scene, draft, cast.paid, told)
    draft.investors = _investors(scene, draft, cast.payers(draft.recipient))
    if draft.recipient is not None and not draft.investors and _may_pay(scene, draft, draft.recipient, cast):
        # Where nobody else could pay, who is likely to does: it is not paid by nobody.
        draft.recipient, draft.reasons = None, reasons
        draft.investors = _investors(scene, draft, cast.payers(None))
    draft.destinations = _destinations(scene, draft, cast.countries)
    # A government spends at home.
    draft.is_worldwide = not _is_public(draft.investors) and (_is_told(told, "worldwide") or _is_capex(scene, draft))
    if not draft.destinations and draft.investors and not draft.is_worldwide:
        draft.destinations = _lands_of_currency(scene, draft)
    if not draft.destinations and draft.investors and not draft.is_worldwide and not cast.countries.actors:
        draft.destinations = _newsroom(scene, draft)


def _may_pay(scene: Scene, draft: Draft, actor: Actor, cast: Cast) -> bool:
    rivals = cast.payers(None).rivals
    return _link_score(scene, _telling(scene, draft), actor, rivals, "investor") >= _MAY_PAY


def _newsroom(scene: Scene, draft: Draft) -> list[Actor]:
    """The land of the newsroom: a text that names no land at all is about its own."""
    if not scene.newsrooms:
        return []
    first = draft.anchors[0].span
    return [Actor(scene.newsrooms[0], anchors=[Anchor(first, scene.sentence_at(first.start), "name")])]


def _destinations(scene: Scene, draft: Draft, pool: Pool) -> list[Actor]:
    """Where the money goes: rather a land that a figure's sentence names than another; a government's, else, home."""
    payment = payment_of(draft.investors, draft.recipient)
    chosen = [actor for _, actor in _several(scene, draft, "destination", pool, payment)]
    if any(_is_beside(scene, draft, actor) for actor in chosen):
        return chosen
    if chosen:
        figures = _telling(scene, draft)
        beside = [
            (_link_score(scene, figures, actor, pool.rivals, "destination", payment), -actor.order, actor)
            for actor in pool.actors
            if _is_beside(scene, draft, actor) and any(anchor.kind in _WHERE for anchor in actor.anchors)
        ]
        likely, _, actor = max(beside, key=lambda item: item[:2], default=(0.0, 0, None))
        if actor is not None and likely >= _NAMED_HERE:
            draft.reasons.append(f"destination {actor.key} ({likely:.2f}): named beside the figure")
            return [actor]
    at_home = _homes(draft.investors) if draft.recipient is None and _is_public(draft.investors) else []
    return at_home or chosen


def _lands_of_currency(scene: Scene, draft: Draft) -> list[Actor]:
    """The land whose money a sum is, by the sum's own words; none for dollar, euro and shared francs."""
    first = next(iter(draft.figures), None)
    if first is None or first.amount is None:
        return []
    currency = first.amount.currency
    if currency in _ABROAD or currency.startswith("X"):
        return []
    anchor = Anchor(first.span, scene.sentence_at(first.span.start), "name")
    draft.reasons.append(f"destination {currency[:2]}: its currency")
    # ISO 4217 begins a code with its land's in ISO 3166-1.
    return [Actor(currency[:2], anchors=[anchor])]


def _homes(actors: Sequence[Actor]) -> list[Actor]:
    """The countries whose governments pay, told by the words that name these; none where one is of no country."""
    codes = homes_of(actors)
    if not all(code.isalpha() for code in codes) or len(set(codes)) != 1:
        return []
    return [Actor(codes[0], anchors=list(actors[0].anchors), order=len(actors))]


def _is_public(actors: Sequence[Actor]) -> bool:
    """Whether all who pay are governments, and somebody does."""
    return bool(actors) and all(a.party is not None and a.party.kind is PartyKind.GOVERNMENT for a in actors)


def _investors(scene: Scene, draft: Draft, pool: Pool) -> list[Actor]:
    """Who invests: nobody where the sum is a summit's, the headline's one company where the text names nobody."""
    actors = pool.actors
    in_row = _of_the_row(scene, draft, actors)
    if in_row is not None:
        draft.reasons += [f"investor {actor.key}: its row's" for actor in in_row]
        return in_row
    titled = _titled(scene, actors)
    if len(titled) == 1 and _is_in_rows_of_nobody(scene, draft):
        # Lands in the rows under the headline of one company tell where it pays.
        draft.reasons.append(f"investor {titled[0].key}: the headline's, over a table")
        return titled
    chosen = _several(scene, draft, "investor", pool)
    likely = chosen[0][0] if chosen else 0.0
    if likely < _SURE and _is_open_total(scene, draft, actors):
        return []
    is_headed = bool(chosen) and _is_headed(scene, draft, chosen[0][1])
    if (
        likely < _UNDENIED
        and not is_headed
        and _is_told([payer_features(scene, m) for m in draft.figures], "payerless")
    ):
        return []
    if not chosen and draft.figures and draft.recipient is None and len(titled) == 1:
        draft.reasons.append(f"investor {titled[0].key}: the headline's")
        return titled
    return [actor for _, actor in chosen]


def _of_the_row(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor] | None:
    """Whom the rows of a table name beside the draft's sums; None where a column of names does not tell."""
    rows = [scene.row_at(mention.span.start) for mention in draft.figures]
    cells = [row.who for row in rows if row is not None and row.who is not None]
    found: dict[str, tuple[Actor, bool]] = {}
    for actor in actors:
        inside = [a for a in actor.anchors if a.kind == "name" and any(cell.contains(a.span) for cell in cells)]
        if inside and actor.reason != "country":
            found[actor.key] = actor, all(scene.text[a.span.start - 1 : a.span.start] in _OPENING for a in inside)
    named = [actor for actor, in_brackets in found.values() if not in_brackets]
    if found:
        # "Acme (Bolt)" names two, "Acme, Bolt and Cray (Gate)" three and what they call it.
        return named if len(named) > 1 else [actor for actor, _ in found.values()]
    is_left_open = bool(cells) and len(cells) == len(rows) and not any(map(scene.names_in, cells))
    return [] if is_left_open else None


def _is_in_rows_of_nobody(scene: Scene, draft: Draft) -> bool:
    """Whether all of a draft's sums stand in rows of tables that name no company."""
    rows = [scene.row_at(mention.span.start) for mention in draft.figures]
    return bool(rows) and all(row is not None and not scene.names_in(row.span) for row in rows)


def _titled(scene: Scene, actors: Sequence[Actor]) -> list[Actor]:
    """The companies that the headline names."""
    return [
        actor
        for actor in actors
        if scene.title >= 0
        and actor.reason != CAPITALS
        and actor.party is not None
        and actor.party.kind is not PartyKind.GOVERNMENT
        and any(anchor.sentence == scene.title for anchor in actor.anchors)
    ]


def _is_headed(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether the heading over a sum names a company, which is then no summit's."""
    if actor.party is None or actor.party.kind is PartyKind.GOVERNMENT:
        return False
    heads = {scene.sections[scene.sentence_at(mention.span.start)] for mention in draft.figures} - {-1, scene.title}
    return any(anchor.kind == "name" and anchor.sentence in heads for anchor in actor.anchors)


def _is_open_total(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> bool:
    """Whether the sum is called a total in sentences that name nobody who could pay it."""
    titled = [a for a in actors if a.reason != "state" and any(anchor.sentence == scene.title for anchor in a.anchors)]
    if not draft.figures or len(titled) == 1:
        # Under the headline of one company a total is that company's.
        return False
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        labels = {cue.label for cue in scene.cues_of(sentence)}
        here = (sentence, scene.sections[sentence])
        named = any(a.sentence in here and a.kind in ("name", "pronoun") for actor in actors for a in actor.anchors)
        if named or not labels & {"total", "summit"}:
            return False
    return True


def _is_capex(scene: Scene, draft: Draft) -> bool:
    """Whether the sum is called capital expenditure in a sentence that names no place."""
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        if not scene.has_place(sentence) and any(cue.label == "capex" for cue in scene.cues_of(sentence)):
            return True
    return False


def _is_told(told: Sequence[Sequence[str]], model: str) -> bool:
    """The answer to a yes-or-no question about a draft's sums, of which `told` are the features.

    `model` asks it: "worldwide" (a company's spending everywhere, as its yearly capital expenditure is), "payerless"
    (a summit's sum, which nobody in particular pays).
    """
    return bool(told) and _figure_score(told, model) >= _LINK


def _figure_score(told: Sequence[Sequence[str]], model: str) -> float:
    """How likely the answer is yes: the mean over the sums."""
    chosen = load_model(model)
    return math.fsum(chosen.probability(features) for features in told) / len(told)


def _link_score(
    scene: Scene, figures: Sequence[Mention], actor: Actor, rivals: Rivals, model: str, payment: Payment | None = None
) -> float:
    """How likely an actor plays a part in a draft with these figures: the mean over them."""
    return math.fsum([_tie(scene, mention, actor, rivals, model, payment) for mention in figures]) / len(figures)


def _tie(scene: Scene, mention: Mention, actor: Actor, rivals: Rivals, model: str, payment: Payment | None) -> float:
    """How likely an actor plays a part for one figure.

    Whoever is not named in the figure's sentence stands the same to all figures there that leave it the same turn.
    """
    sentence = scene.sentence_at(mention.span.start)
    turn = turn_features(scene, mention.span, actor, rivals, sentence)
    place = mention.span.start if sentence in traits_of(scene, actor).here else -1 - sentence
    key = (_tie, place, id(actor), id(rivals), turn, payment, _currency(mention, payment))
    kept = scene.kept.get(key)
    if kept is None:
        told = tell(scene, mention, sentence, actor, rivals, turn, payment)
        # What is kept by its id is kept itself.
        kept = scene.kept[key] = (actor, rivals, told, {})
    scores: dict[str, float] = kept[3]
    if model not in scores:
        scores[model] = _likely(kept[2], model)
    return scores[model]


def _currency(mention: Mention, payment: Payment | None) -> str:
    """The money of a sum where that matters: it tells of lands."""
    return "" if payment is None or mention.amount is None else mention.amount.currency


def _likely(told: Told, model: str) -> float:
    chosen, near = load_model(model), told.near
    score = chosen.likely(
        chosen.known_weight(told.alone)
        + chosen.weight(near)
        + chosen.known_weight(told.made)
        + chosen.weight(told.joined)
    )
    if "where:here" not in near:
        # Lists and sections name their subject once, above: few enough that no training shows it.
        if "section-heading" in near and "alone" in near and model not in ("recipient", "payee"):
            return max(score, _HEADED)
        return min(score, _UNHEADED) if "other-heading" in near else score
    if "pre-l:add" in near or "pre-r:add" in near:
        score *= _SET_ASIDE  # "besides Microsoft's investments, ..."
    return score


def _telling(scene: Scene, draft: Draft) -> Sequence[Mention]:
    """The figures of a draft whose sentences name somebody: those tell whose it is; all where none does."""
    return [mention for mention in draft.anchors if _names_somebody(scene, mention)] or draft.anchors


@once
def _names_somebody(scene: Scene, mention: Mention) -> bool:
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    return any(bounds.start <= party.span.start < bounds.end for party in scene.organisations) or any(
        cue.label in PRONOUNS for cue in scene.cues_of(sentence)
    )


def _recipient(scene: Scene, draft: Draft, pool: Pool, sums: Sequence[Sequence[str]]) -> Actor | None:
    """Who is paid, where it is likely that somebody is and who that would be stands out."""
    if not pool.actors or not draft.figures:
        return None
    paid_out = _figure_score(sums, "paid-out")
    if math.sqrt(paid_out) < _RECIPIENT:
        # However likely an actor were, the sum is hardly one that is paid out.
        return None
    figures = _telling(scene, draft)
    scored: list[tuple[float, float, Actor]] = []
    for candidate in pool.actors:
        likely, payee = (_link_score(scene, figures, candidate, pool.rivals, name) for name in ("recipient", "payee"))
        scored.append((likely, payee, candidate))
    likeliest, _, actor = max(scored, key=lambda item: (item[0] + item[1], -item[2].order))
    score = math.sqrt(paid_out * likeliest)
    if score < _RECIPIENT:
        return None
    draft.reasons.append(f"recipient {actor.key} ({score:.2f})")
    return actor


def _several(
    scene: Scene, draft: Draft, model: str, pool: Pool, payment: Payment | None = None
) -> list[tuple[float, Actor]]:
    """The actor that is likeliest, if it is likely at all, and all who share the figure with it; how likely each is."""
    figures = _telling(scene, draft)
    scored = [(_link_score(scene, figures, a, pool.rivals, model, payment), a.order, a) for a in pool.actors]
    near = _near(scene, draft, pool)
    if any(score >= _HINT and a.key in near for score, _, a in scored):
        # A paragraph goes on speaking of whom it has named.
        scored = [(p if a.key in near else p * _ELSEWHERE, order, a) for p, order, a in scored]
    scored.sort(key=lambda item: (-item[0], item[1]))
    chosen = [(score, actor) for score, _, actor in scored if score >= _LINK]
    beside = [item for item in chosen if _is_beside(scene, draft, item[1])]
    # Who and what is named beside the figure wins over names elsewhere.
    chosen = (beside or chosen)[:1]
    if not chosen and scored:
        # Money goes somewhere, but not always is anybody named who pays.
        is_land = model == "destination"
        least_near, least = (_BEST_LAND, _BEST_LAND) if is_land else (_BEST_NEAR, _BEST_LINK)
        nearest = next(((p, a) for p, _, a in scored if p >= least_near and a.key in near), None)
        if nearest is not None:
            chosen = [nearest]
        elif scored[0][0] >= least:
            chosen = [(scored[0][0], scored[0][2])]
    if chosen and chosen[0][1].key in PARTS_OF_THE_WORLD:
        chosen = _narrowed(scene, draft, chosen, scored)
    if chosen:
        chosen += _sharing(scene, draft, f"{model}-too", chosen[0][1], scored)
    for score, actor in chosen:
        draft.reasons.append(f"{model} {actor.key} ({score:.2f})")
    return chosen


def _narrowed(
    scene: Scene, draft: Draft, chosen: list[tuple[float, Actor]], scored: Sequence[tuple[float, int, Actor]]
) -> list[tuple[float, Actor]]:
    """The land that a sentence opens with, where its part of the world was chosen: "In Peru Asia's largest bank"."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    for score, _, actor in scored:
        opens = any(a.sentence in sentences and a.rank == 0 and a.kind in ("name", "city") for a in actor.anchors)
        if opens and actor.key not in PARTS_OF_THE_WORLD and score >= _HINT:
            return [(score, actor)]
    return chosen


def _sharing(
    scene: Scene, draft: Draft, model: str, first: Actor, scored: Sequence[tuple[float, int, Actor]]
) -> Iterator[tuple[float, Actor]]:
    """Who shares the draft with the first of its actors, each with how likely that is."""
    heads, shared = _heads(scene, draft, first), load_model(model)
    is_told_here = _is_beside(scene, draft, first)
    for likely, _, actor in scored:
        # Where the figure's sentence names neither, only who is likely by itself shares it.
        least = _HINT if is_told_here or _is_beside(scene, draft, actor) else _HINT_ELSEWHERE
        if likely >= _GOES_ALONG and actor.key in heads:
            # Who goes along with somebody does not pay without them.
            yield likely, actor
        elif likely >= least and actor is not first:
            told = [company_features(scene, mention.span, first, actor) for mention in draft.anchors]
            score = math.fsum(shared.probability(features) for features in told) / len(told)
            if any("second-pre-x:add" in features for features in told):
                score *= _SET_ASIDE
            if score >= _TOO:
                yield score, actor


def _near(scene: Scene, draft: Draft, pool: Pool) -> set[str]:
    """The keys of the actors that are named before or beside a figure of the draft in the figure's paragraph."""
    sentences = {scene.sentence_at(mention.span.start) for mention in draft.anchors}
    paragraphs = [(scene.paragraph_start(sentence), sentence) for sentence in sentences]
    return {
        actor.key
        for actor in pool.actors
        if any(_is_named(traits_of(scene, actor).sentences, first, last) for first, last in paragraphs)
    }


def _is_named(sentences: Sequence[int], first: int, last: int) -> bool:
    """Whether one of `sentences`, which are in order, lies between two."""
    at = bisect_right(sentences, last)
    return at > 0 and sentences[at - 1] >= first


def _is_beside(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether an actor is named in a sentence of the draft's figures."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    return any(anchor.sentence in sentences for anchor in actor.anchors)


def _heads(scene: Scene, draft: Draft, actor: Actor) -> set[str]:
    """Whom an actor goes along with where the draft's figures stand."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    return {anchor.head for anchor in actor.anchors if anchor.head is not None and anchor.sentence in sentences}
