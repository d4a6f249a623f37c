"""Who of several actors plays a part in a draft: the likeliest, and who shares it."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import PRONOUNS, Actor
from pledgebook.extract.claims.clauses import is_parted, sums_of
from pledgebook.extract.claims.company import company_features, together_before
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.gapping import is_gap, paying_too
from pledgebook.extract.claims.given import is_given, only_gets_others_to_pay
from pledgebook.extract.claims.lands import Payment
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.linking import PARTS_OF_THE_WORLD, Told, tell, traits_of
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.particles import only_attracts, only_takes, pays_part_alone
from pledgebook.extract.claims.relative import only_in_clause
from pledgebook.extract.claims.rivals import Pool, Rivals
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.turns import turn_features
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_LINK = 0.5
_BEST_LINK = 0.4
_BEST_NEAR = 0.12
_BEST_LAND = 0.15
_TOO = 0.55
_GOES_ALONG = 0.002
_HEADED = 0.6
_UNHEADED = 0.3
_SET_ASIDE = 0.4
_OF_A_PART, _SOON = 0.1, 8.0
_OPENING, _COST = 3, 40
_ELSEWHERE = 0.65
_HINT, _HINT_ELSEWHERE = 0.1, 0.3
_MATE, _MEANT, _ACTING, _TOGETHER = 0.7, 0.3, 0.2, 0.05
_CLOSE = 8
_DOING = frozenset(("invest", "build"))
_ARTICLE = 5
_VERB_LAST = 24
_OWN_TURN, _OTHERS_TURN = frozenset(("pair-own-l-all", "pair-own-l-most")), frozenset(("pair-other",))


def likeliest(
    scene: Scene, draft: Draft, model: str, pool: Pool, payment: Payment | None = None
) -> list[tuple[float, Actor]]:
    """The actor that is likeliest, if it is likely at all, and all who share the figure with it; how likely each is."""
    figures = telling(scene, draft)
    scored = [(link_score(scene, figures, a, pool.rivals, model, payment), a.order, a) for a in pool.actors]
    near = _near(scene, draft, pool)
    if any(score >= _HINT and a.key in near for score, _, a in scored):
        # A paragraph goes on speaking of whom it has named.
        scored = [(p if a.key in near else p * _ELSEWHERE, order, a) for p, order, a in scored]
    scored.sort(key=lambda item: (-item[0], item[1]))
    chosen = [(score, actor) for score, _, actor in scored if score >= _LINK]
    beside = [item for item in chosen if is_beside(scene, draft, item[1])]
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
        first = chosen[0][1]
        chosen += _sharing(scene, draft, f"{model}-too", first, _in_turn(scene, draft, first, scored, pool))
    for score, actor in chosen:
        draft.reasons.append(f"{model} {actor.key} ({score:.2f})")
    return chosen


def link_score(
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
        score = _likely(kept[2], model)
        is_payer = model != "investor" or not (
            _pays_part(scene, mention, actor)
            or is_given(scene, mention, sentence, actor)
            or _is_another_s(scene, mention, sentence, actor)
            or only_attracts(scene, mention, actor)
            or only_takes(scene, mention, actor)
            or only_gets_others_to_pay(scene, mention, sentence, actor)
            or pays_part_alone(scene, mention, actor)
            or only_in_clause(scene, mention, actor)
        )
        scores[model] = score if is_payer else score * _OF_A_PART
    return scores[model]


def _is_another_s(scene: Scene, mention: Mention, sentence: int, actor: Actor) -> bool:
    """Whether another pays a sum without a verb of its own: of Acme in "Acme pays 3 million and Bolt 2 million"."""
    names = [name for name in paying_too(scene, sentence) if name.end <= mention.span.start]
    between = Span(names[-1].end, mention.span.start) if names else None
    if between is None or (between.of(scene.text).strip(" ,–—-\u00a0") and not is_gap(scene, between)):
        return False
    return not any(anchor.span.overlaps(names[-1]) for anchor in actor.names)


def _pays_part(scene: Scene, mention: Mention, actor: Actor) -> bool:
    """Whether a sum's sentence names an actor only for a part of it.

    "35 million, of which the city pays 4 million"; "Of the 35 million, 4 come from the city"; "The cost, 35 million, is
    covered for 4 million by the city".
    """
    sentence = scene.sentence_at(mention.span.start)
    starts = [anchor.span.start for anchor in traits_of(scene, actor).here.get(sentence, ())]
    end = scene.sentences[sentence].span.end
    later = [one.span for one in scene.money if mention.span.end <= one.span.start < end] if starts else []
    if not later:
        return False
    parts = [one.end for one in later if one.end <= min(starts)]
    is_whole = _opens_with_whole(scene, mention, sentence)
    if parts and (is_whole or _is_cost(scene, mention)):
        return not is_parted(scene.text[parts[-1] : min(starts)])
    if is_whole and mention.span.end <= min(starts) and is_parted(scene.text[mention.span.end : min(starts)]):
        return True  # "Of the 35 million, the city pays 4 million"
    cues = scene.cues_in(mention.span.end, end)
    cue = next((cue.span for cue in cues if cue.label == "part"), None)
    if cue is None or min(starts) < cue.end or scene.words_between(mention.span.end, cue.start) > _SOON:
        return False
    # "35 million, 4 of them from the city": the words may stand right behind the part.
    return any(cue.start <= one.start or 0 <= cue.start - one.end <= 1 for one in later)


def _opens_with_whole(scene: Scene, mention: Mention, sentence: int) -> bool:
    """Whether a sentence opens with a sum of which it tells parts: "Of the 35 million, ..."."""
    ahead = scene.text[scene.sentences[sentence].span.start : mention.span.start].split()
    names = load_name_words(scene.language.code)
    first = skeleton(ahead[0]) if 0 < len(ahead) <= _OPENING else ""
    return first in names.words("of") or first in names.words("at")


def _is_cost(scene: Scene, mention: Mention) -> bool:
    """Whether a sum is what something costs, told of nobody who invests."""
    labels = {cue.label for cue in scene.cues_of(scene.sentence_at(mention.span.start))}
    before = {c.label for c in scene.cues_in(mention.span.start - _COST, mention.span.start)}
    return "cost" in before and "invest" not in labels


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


def telling(scene: Scene, draft: Draft) -> Sequence[Mention]:
    """The figures of a draft whose sentences name somebody: those tell whose it is; all where none does."""
    return [mention for mention in draft.anchors if _names_somebody(scene, mention)] or draft.anchors


@once
def _names_somebody(scene: Scene, mention: Mention) -> bool:
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    return any(bounds.start <= party.span.start < bounds.end for party in scene.organisations) or any(
        cue.label in PRONOUNS for cue in scene.cues_of(sentence)
    )


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


def _in_turn(
    scene: Scene, draft: Draft, first: Actor, scored: Sequence[tuple[float, int, Actor]], pool: Pool
) -> list[tuple[float, int, Actor]]:
    """The actors but for those who have another sum of the sentence as their own: "Acme puts in 3 billion, Bolt 2"."""

    def has(actor: Actor, turns: frozenset[str]) -> bool:
        sentences = ((m.span, scene.sentence_at(m.span.start)) for m in draft.anchors)
        told = (turn_features(scene, span, actor, pool.rivals, sentence) for span, sentence in sentences)
        return all(not turns.isdisjoint(features) for features in told)

    if not draft.anchors or not has(first, _OWN_TURN):
        return list(scored)
    return [item for item in scored if not has(item[2], _OTHERS_TURN)]


def _sharing(
    scene: Scene, draft: Draft, model: str, first: Actor, scored: Sequence[tuple[float, int, Actor]]
) -> Iterator[tuple[float, Actor]]:
    """Who shares the draft with the first of its actors, each with how likely that is."""
    heads, shared = _heads(scene, draft, first), load_model(model)
    is_told_here = is_beside(scene, draft, first)
    for likely, _, actor in scored:
        if actor is first:
            continue
        # Where the figure's sentence names neither, only who is likely by itself shares it.
        least = _HINT if is_told_here or is_beside(scene, draft, actor) else _HINT_ELSEWHERE
        if likely >= _GOES_ALONG and (actor.key in heads or _joins_behind(scene, draft, first, actor)):
            # Who goes along with somebody does not pay without them.
            yield likely, actor
        elif (
            (likely >= _MATE and is_told_here and _is_mate(scene, draft, first, actor))
            or (likely >= _MEANT and _do_together(scene, draft, first, actor))
            or (likely >= _ACTING and _act_together(scene, draft, first, actor))
            or (likely >= _TOGETHER and together_before(scene, draft, first, actor))
        ):
            yield likely, actor
        elif likely >= least:
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


def is_beside(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether an actor is named in a sentence of the draft's figures."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    return any(anchor.sentence in sentences for anchor in actor.anchors)


def _do_together(scene: Scene, draft: Draft, first: Actor, actor: Actor) -> bool:
    """Whether two pay together by how the sentences of the draft's figures are built."""
    if _said_together(scene, draft, first, actor) or _act_together(scene, draft, first, actor):
        return True
    return is_beside(scene, draft, first) and first.key in _heads(scene, draft, actor)


def _said_together(scene: Scene, draft: Draft, first: Actor, actor: Actor) -> bool:
    """Whether one word before the draft's figures stands for both and neither is named behind: "both will put in 3"."""
    for mention in draft.anchors:
        sentence = scene.sentence_at(mention.span.start)
        ones, others = ([a for a in one.anchors if a.sentence == sentence] for one in (first, actor))
        said = {a.span for a in ones if a.kind == "plural"} & {a.span for a in others if a.kind == "plural"}
        close = max((span.start for span in said if span.end <= mention.span.start), default=-1)
        if close < 0 or any(a.kind == "name" and a.span.start > close for a in (*ones, *others)):
            return False
    return True


def _act_together(scene: Scene, draft: Draft, first: Actor, actor: Actor) -> bool:
    """Whether both are the subject of one verb of investing, as all figures have it: "Acme and Bolt will put in 3"."""
    kinds = {one.party.kind for one in (first, actor) if one.party is not None}
    if not _is_mate(scene, draft, first, actor) or (
        len(kinds) > 1 and "listed together" in {first.reason, actor.reason}
    ):
        return False
    for mention in draft.anchors:
        sentence = scene.sentence_at(mention.span.start)
        named = [
            [a.span for a in one.anchors if a.sentence == sentence and a.kind == "name" and a.mates]
            for one in (first, actor)
        ]
        spans = [span for several in named for span in several if span.end <= mention.span.start]
        if not all(named) or not spans or len(spans) != sum(map(len, named)):
            return False
        end = max(span.end for span in spans)
        # Where the verb comes last, it stands behind the sum.
        behind = [o.span.start for o in (*scene.money, *scene.organisations) if o.span.start >= mention.span.end]
        last = min([scene.sentences[sentence].span.end, mention.span.end + _VERB_LAST, *behind])
        labels = [cue.label for cue in scene.cues_in(end, mention.span.start)]
        labels += [cue.label for cue in scene.cues_in(mention.span.end, last)]
        is_close = scene.words_between(end, mention.span.start) <= _CLOSE
        is_close = is_close or _still_meant(scene, Span(end, mention.span.start), min(spans), (first, actor))
        others = any(end <= other.span.start < mention.span.start for other in (*scene.money, *scene.organisations))
        if not is_close or others or _DOING.isdisjoint(labels):
            return False
    return bool(draft.anchors)


def _still_meant(scene: Scene, between: Span, name: Span, both: Sequence[Actor]) -> bool:
    """Whether what follows two names up to a sum goes on about both: "Acme and Bolt open a lab, for which both pay 3".

    So it does behind two that open the sentence, unless a word for one company or a government follows.
    """
    said = [{a.span for a in actor.anchors if a.kind == "plural" and between.contains(a.span)} for actor in both]
    if set.intersection(*said):
        return True
    bounds = scene.sentences[scene.sentence_at(name.start)].span
    kinds = {actor.party.kind for actor in both if actor.party is not None}
    labels = {cue.label for cue in scene.cues_in(between.start, between.end)}
    opens = name.start - bounds.start <= _ARTICLE
    return opens and PartyKind.GOVERNMENT not in kinds and labels.isdisjoint(("company", "government"))


def _is_mate(scene: Scene, draft: Draft, first: Actor, actor: Actor) -> bool:
    """Whether an actor is listed with the first, or goes along with it, in the sentences of the draft's figures."""
    sentences = {scene.sentence_at(mention.span.start) for mention in draft.anchors}
    several = [sentence for sentence in sentences if len(sums_of(scene, sentence)) > 1]
    if any(cue.label == "respectively" for sentence in several for cue in scene.cues_of(sentence)):
        return False
    return any(
        (first.key in anchor.mates or anchor.head == first.key) and anchor.sentence in sentences
        for anchor in actor.anchors
    )


def _joins_behind(scene: Scene, draft: Draft, first: Actor, actor: Actor) -> bool:
    """Whether an actor stands behind the draft's sum as going along with the first: "Acme puts in 3 with Bolt"."""
    return any(
        anchor.head == first.key
        and anchor.sentence == scene.sentence_at(m.span.start)
        and m.span.end <= anchor.span.start
        for m in draft.figures
        for anchor in actor.names
    )


def _heads(scene: Scene, draft: Draft, actor: Actor) -> set[str]:
    """Whom an actor goes along with where the draft's figures stand."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    return {anchor.head for anchor in actor.anchors if anchor.head is not None and anchor.sentence in sentences}
