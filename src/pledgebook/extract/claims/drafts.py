"""Claims in the making: figures that speak of one commitment, with who, where and what was decided of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pledgebook.domain import Amount, Mention, PartyKind
from pledgebook.extract.claims.actors import Actor, find_countries, find_parties
from pledgebook.extract.claims.features import figure_features, link_features
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.magnitudes import rough_dollars

_PLEDGE = 0.5
# Prices, fares and fines of that size are in every paper, pledges are not.
_LEAST_DOLLARS = 20_000
_DELIVERABLE = 0.5
_LINK = 0.5
_BEST_LINK = 0.25
_BEST_NEAR = 0.1
_GOES_ALONG = 0.1
_ALONE = 0.65
_LISTED = 0.4
_RECIPIENT = 0.4
_RECIPIENT_TOLD = 0.1
_HEADED = 0.6
_UNHEADED = 0.3
_SET_ASIDE = 0.4
_BYGONE = 0.2
_ELSEWHERE = 0.4
_HINT = 0.1
_SAME = Decimal("0.005")
_RESTATED = Decimal("0.06")
_OWNER = 0.5
_KIN = 0.2
_PAST_DAYS = 60
_ADJACENT = 2


@dataclass(slots=True)
class Draft:
    """One commitment as it takes shape: its sums, its counts, its actors with how likely each is."""

    figures: list[Mention] = field(default_factory=list)
    quantities: list[Mention] = field(default_factory=list)
    investors: list[Actor] = field(default_factory=list)
    destinations: list[Actor] = field(default_factory=list)
    recipient: Actor | None = None
    is_worldwide: bool = False
    score: float = 1.0
    reasons: list[str] = field(default_factory=list)

    @property
    def anchors(self) -> list[Mention]:
        """The mentions that the draft hangs on: its sums, else its counts."""
        return self.figures or self.quantities

    @property
    def amount(self) -> Amount | None:
        """The first-named sum."""
        return self.figures[0].amount if self.figures else None


@dataclass(slots=True)
class Cast:
    """Everybody and everywhere a document names."""

    parties: list[Actor]
    countries: list[Actor]


def build_drafts(scene: Scene) -> tuple[Cast, list[Draft]]:
    """The drafts of a document in the order in which it first tells of them."""
    cast = Cast(find_parties(scene), find_countries(scene))
    drafts = [draft for mention in scene.money if (draft := _money_draft(scene, mention)) is not None]
    for draft in drafts:
        _link(scene, draft, cast)
    drafts = _merged(scene, drafts, cast)
    _attach_quantities(scene, drafts, cast)
    return cast, sorted(drafts, key=lambda draft: draft.anchors[0].span)


def _money_draft(scene: Scene, mention: Mention) -> Draft | None:
    if mention.amount is None or rough_dollars(mention.amount.value, mention.amount.currency) < _LEAST_DOLLARS:
        return None
    features = figure_features(scene, mention)
    model = load_model("pledge")
    score = model.probability(features)
    if score < _PLEDGE:
        return None
    why = f"a pledge ({score:.2f}): {', '.join(model.reasons(features))}"
    return Draft(figures=[mention], score=score, reasons=[why])


def _link(scene: Scene, draft: Draft, cast: Cast) -> None:
    """Decide who invests, into whom, and where, from all places where the draft's figures stand."""
    # A heading names who pays or where, not who is paid.
    bodies = [a for a in cast.parties if a.party and a.party.kind is not PartyKind.GOVERNMENT]
    recipient = _best(scene, draft, "recipient", bodies)
    least = _RECIPIENT_TOLD if is_told(scene, draft, "paid-out") else _RECIPIENT
    draft.recipient = recipient[0] if recipient is not None and recipient[1] >= least else None
    candidates = [actor for actor in cast.parties if actor is not draft.recipient]
    is_payerless = is_told(scene, draft, "payerless") or _is_open_total(scene, draft, candidates)
    draft.investors = [] if is_payerless else _several(scene, draft, "investor", candidates)
    draft.destinations = _several(scene, draft, "destination", cast.countries)
    draft.is_worldwide = is_told(scene, draft, "worldwide") or _is_capex(scene, draft)


def _is_open_total(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> bool:
    """Whether the sum is called a total in sentences that name nobody who could pay it: of a total, those named for it."""
    titled = [a for a in actors if a.reason != "state" and any(anchor.sentence == scene.title for anchor in a.anchors)]
    if not draft.figures or len(titled) == 1:
        # Under the headline of one company a total is that company's.
        return False
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        bounds = scene.sentences[sentence].span
        labels = {cue.label for cue in scene.cues_in(bounds.start, bounds.end)}
        named = any(a.sentence == sentence and a.kind in ("name", "pronoun") for actor in actors for a in actor.anchors)
        if named or not labels & {"total", "summit"}:
            return False
    return True


def _is_capex(scene: Scene, draft: Draft) -> bool:
    """Whether the sum is called capital expenditure in a sentence that names no place."""
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        bounds = scene.sentences[sentence].span
        named = any(bounds.start <= place.span.start < bounds.end for place in scene.places)
        if not named and any(cue.label == "capex" for cue in scene.cues_in(bounds.start, bounds.end)):
            return True
    return False


def is_told(scene: Scene, draft: Draft, model: str) -> bool:
    """A yes-or-no question about a draft's sums: are they "worldwide" (a company's spending everywhere, as its yearly
    capital expenditure is), are they "payerless" (a summit's sum, which nobody in particular pays)?
    """
    if not draft.figures:
        return False
    chosen = load_model(model)
    scores = [chosen.probability(figure_features(scene, mention)) for mention in draft.figures]
    return math.fsum(scores) / len(scores) >= _LINK


def link_score(scene: Scene, draft: Draft, model: str, actor: Actor, rivals: Sequence[Actor]) -> float:
    """How likely an actor plays a part in a draft: the mean over its figures."""
    chosen = load_model(model)
    scores = []
    for mention in draft.anchors:
        features = link_features(scene, mention.span, actor, rivals)
        score = chosen.probability(features)
        if "where:here" not in features:
            # Lists and sections name their subject once, above: few enough that no training shows it.
            is_free = "alone" in features and model != "recipient"
            score = (
                max(score, _HEADED)
                if "section-heading" in features and is_free
                else min(score, _UNHEADED)
                if "other-heading" in features
                else score
            )
        elif "pre-l:add" in features or "pre-r:add" in features:
            score *= _SET_ASIDE  # "besides Microsoft's investments, ..."
        scores.append(score)
    return math.fsum(scores) / len(scores)


def _best(scene: Scene, draft: Draft, model: str, actors: Sequence[Actor]) -> tuple[Actor, float] | None:
    scored = [(link_score(scene, draft, model, actor, actors), -actor.order, actor) for actor in actors]
    if not scored:
        return None
    score, _, actor = max(scored, key=lambda item: item[:2])
    return actor, score


def _several(scene: Scene, draft: Draft, model: str, actors: Sequence[Actor]) -> list[Actor]:
    """All actors that are likelier than not; failing any, the best of them if it is likely at all."""
    scored = [(link_score(scene, draft, model, a, actors), a.order, a) for a in actors]
    if any(score >= _HINT and _is_in_paragraph(scene, draft, a) for score, _, a in scored):
        # A paragraph goes on speaking of whom it has named.
        scored = [(p if _is_in_paragraph(scene, draft, a) else p * _ELSEWHERE, order, a) for p, order, a in scored]
    scored.sort(key=lambda item: (-item[0], item[1]))
    chosen = [(score, actor) for score, _, actor in scored if score >= _LINK]
    beside = [item for item in chosen if _is_beside(scene, draft, item[1])]
    if beside:
        # Who and what is named beside the figure wins over names elsewhere; listed names come along.
        mates = _mates(scene, draft, beside[0][1])
        chosen = beside[:1] + [
            (score, actor)
            for score, _, actor in scored
            if actor is not beside[0][1]
            and _is_beside(scene, draft, actor)
            and score >= (_LISTED if actor.key in mates else _ALONE)
        ]
    elif chosen:
        mates = _mates(scene, draft, chosen[0][1])
        chosen = chosen[:1] + [
            (score, a) for score, _, a in scored[1:] if score >= (_LISTED if a.key in mates else _ALONE)
        ]
    if chosen:
        # Who goes along with somebody does not pay without them.
        heads = _heads(scene, draft, chosen[0][1])
        chosen += [(p, a) for p, _, a in scored if a.key in heads and p >= _GOES_ALONG and (p, a) not in chosen]
    if not chosen and scored:
        near = next(((p, a) for p, _, a in scored if p >= _BEST_NEAR and _is_in_paragraph(scene, draft, a)), None)
        if near is not None:
            chosen = [near]
        elif scored[0][0] >= _BEST_LINK:
            chosen = [(scored[0][0], scored[0][2])]
    for score, actor in chosen:
        draft.reasons.append(f"{model} {actor.key} ({score:.2f})")
    return [actor for _, actor in chosen]


def _is_in_paragraph(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether an actor is named before or beside a figure of the draft in the figure's paragraph."""
    for mention in draft.anchors:
        sentence = scene.sentence_at(mention.span.start)
        paragraph = scene.sentences[sentence].paragraph
        if any(
            0 <= anchor.sentence <= sentence and scene.sentences[anchor.sentence].paragraph == paragraph
            for anchor in actor.anchors
        ):
            return True
    return False


def _is_beside(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether an actor is named in a sentence of the draft's figures."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    return any(anchor.sentence in sentences for anchor in actor.anchors)


def _heads(scene: Scene, draft: Draft, actor: Actor) -> set[str]:
    """Whom an actor goes along with where the draft's figures stand."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    return {anchor.head for anchor in actor.anchors if anchor.head is not None and anchor.sentence in sentences}


def _mates(scene: Scene, draft: Draft, actor: Actor) -> set[str]:
    """Who is listed with an actor where the draft's figures stand; anywhere, if the actor is not named there."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.anchors}
    here = [anchor for anchor in actor.anchors if anchor.sentence in sentences]
    return {mate for anchor in here or actor.anchors for mate in anchor.mates}


def same_sum(one: Amount, other: Amount) -> bool:
    """Whether two amounts are one figure: the same value, or one that the text restates in brackets."""
    sums = [one.money, *one.also]
    return any(
        a.currency == b.currency and abs(a.value - b.value) <= _SAME * max(a.value, b.value)
        for a in sums
        for b in (other.money, *other.also)
    )


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
    """Whether who and where agree: two that are both named beside their figures and differ make two commitments."""
    for a, b in ((one.investors, other.investors), (one.destinations, other.destinations)):
        if not _shared(a, b) and _is_explicit(scene, one, a) and _is_explicit(scene, other, b):
            return False
    return _shared(one.investors, other.investors) or _shared(one.destinations, other.destinations)


def _is_explicit(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> bool:
    """Whether one of the actors is named in a sentence of the draft's figures."""
    sentences = {scene.sentence_at(m.span.start) for m in draft.figures}
    return any(anchor.sentence in sentences for actor in actors for anchor in actor.anchors if anchor.kind != "pronoun")


def _near(scene: Scene, one: Draft, other: Draft) -> bool:
    """Whether two drafts stand so close, or one in the headline, that a sum can be said again in another currency."""
    a = [scene.sentence_at(m.span.start) for m in one.figures]
    b = [scene.sentence_at(m.span.start) for m in other.figures]
    return scene.title in (*a, *b) or min(abs(x - y) for x in a for y in b) <= _ADJACENT


def _covers(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    """Whether everybody of `other`, and there is somebody, is among `one`."""
    return bool(other) and {actor.key for actor in other} <= {actor.key for actor in one}


def _merged(scene: Scene, drafts: list[Draft], cast: Cast) -> list[Draft]:
    """Drafts of one sum told several times become one, decided anew from all its places."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        for group in groups:
            first = group[0]
            a, b = first.amount, draft.amount
            if a is None or b is None:
                continue
            if not (same_sum(a, b) or (_restated(a, b) and any(_near(scene, one, draft) for one in group))):
                continue
            if any(_compatible(scene, one, draft) for one in group):
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
        _link(scene, draft, cast)
        merged.append(draft)
    return merged


def _attach_quantities(scene: Scene, drafts: list[Draft], cast: Cast) -> None:
    """Give every promised count to the draft it belongs to; counts without money make drafts of their own."""
    model = load_model("deliverable")
    own: list[Draft] = []
    for mention in scene.quantities:
        features = figure_features(scene, mention)
        score = model.probability(features)
        if score < _DELIVERABLE:
            continue
        lone = Draft(
            quantities=[mention],
            score=score,
            reasons=[f"a deliverable ({score:.2f}): {', '.join(model.reasons(features))}"],
        )
        _link(scene, lone, cast)
        owners = [(owner_score(scene, lone, draft, drafts), -n, draft) for n, draft in enumerate(drafts)]
        best = max(owners, key=lambda item: item[:2], default=None)
        # A count of the same investor at the same place rarely stands for a commitment of its own.
        apart = is_set_apart(scene, mention)
        if (
            best is not None
            and not apart
            and best[0] >= (_KIN if _covers(lone.investors, best[2].investors) else _OWNER)
        ):
            best[2].quantities.append(mention)
            best[2].reasons.append(f"{mention.span.of(scene.text)!r} belongs to it ({best[0]:.2f})")
            continue
        kin = None if apart else next((draft for draft in own if _same_venture(scene, draft, lone)), None)
        if kin is None:
            own.append(lone)
        else:
            kin.quantities.append(mention)
    drafts += own


def _same_venture(scene: Scene, draft: Draft, lone: Draft) -> bool:
    """Whether two counts without a sum are one commitment: told in one sentence, or by one investor as one piece of news."""
    here = scene.sentence_at(lone.quantities[0].span.start)
    there = {scene.sentence_at(m.span.start) for m in draft.quantities}
    if here in there:
        return True
    if not (_equal(draft.investors, lone.investors) and _equal(draft.destinations, lone.destinations)):
        return False
    paragraph = scene.sentences[here].paragraph
    if any(scene.sentences[n].paragraph == paragraph for n in there):
        return True
    return not any(_is_background(scene, n) for n in (here, *there))


def _is_background(scene: Scene, sentence: int) -> bool:
    bounds = scene.sentences[sentence].span
    return any(cue.label in ("earlier", "complete") for cue in scene.cues_in(bounds.start, bounds.end))


def _equal(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    return {actor.key for actor in one} == {actor.key for actor in other}


def owner_features(scene: Scene, lone: Draft, draft: Draft, drafts: Sequence[Draft]) -> list[str]:
    """What tells whether a count belongs to a draft with a sum."""
    mention = lone.quantities[0]
    sentence = scene.sentence_at(mention.span.start)
    places = sorted({scene.sentence_at(figure.span.start) for figure in draft.figures})
    before = [place for place in places if place <= sentence]
    gap = sentence - before[-1] if before else -1
    features = [f"gap:{gap if gap <= 3 else 'far'}"]
    paragraph = scene.sentences[sentence].paragraph
    if any(scene.sentences[place].paragraph == paragraph for place in places):
        features.append("paragraph")
    rivals = [
        d for d in drafts
        if d is not draft and any(before and before[-1] < scene.sentence_at(f.span.start) <= sentence for f in d.figures)
    ]  # fmt: skip
    features.append(f"between:{min(len(rivals), 2)}")
    same_sentence = [d for d in drafts if any(scene.sentence_at(f.span.start) == sentence for f in d.figures)]
    if same_sentence:
        features.append("sum-here" if draft in same_sentence else "other-sum-here")
    features.append(f"investors:{_agreement(lone.investors, draft.investors)}")
    features.append(f"destinations:{_agreement(lone.destinations, draft.destinations)}")
    if drafts and draft is drafts[0]:
        features.append("first")
    if any(place == scene.title for place in places):
        features.append("titled")
    if len(drafts) == 1:
        features.append("only")
    kind = mention.deliverable.kind.value if mention.deliverable else ""
    features.append(f"kind:{kind}")
    bounds = scene.sentences[sentence].span
    features += [
        f"S:{cue.label}"
        for cue in scene.cues_in(bounds.start, bounds.end)
        if cue.label in ("add", "earlier", "total", "part", "complete", "under_way")
    ]
    features += [
        feature
        for feature in figure_features(scene, mention)
        if feature[:2] in ("L5", "L1", "R5") and feature.partition(":")[2] in _TIMING
    ]
    published = scene.document.published
    for found in scene.dates:
        if found.reading is not None and bounds.start <= found.span.start < bounds.end and published is not None:
            days = (published.earliest - found.reading.interval.latest).days
            features.append("dated:past" if days > _PAST_DAYS else "dated:other")
    features += [
        f"{features[0]}&{feature}"
        for feature in features
        if feature.startswith(("investors:", "destinations:", "between:", "dated:"))
    ]
    return sorted(set(features))


_TIMING = frozenset(("add", "earlier", "complete", "announce"))


def owner_score(scene: Scene, lone: Draft, draft: Draft, drafts: Sequence[Draft]) -> float:
    """How likely a count belongs to a draft."""
    features = owner_features(scene, lone, draft, drafts)
    score = load_model("owner").probability(features)
    if "gap:0" not in features and "dated:past" in features:
        score *= _BYGONE  # what an earlier year brought is no part of today's sum
    return score


def is_set_apart(scene: Scene, mention: Mention) -> bool:
    """Whether a count comes on top of the news and was told before: "in addition to the 2,000 jobs already announced"."""
    features = figure_features(scene, mention)
    return "L5:add" in features and ("R5:earlier" in features or "R14:earlier" in features)


def _agreement(one: Sequence[Actor], other: Sequence[Actor]) -> str:
    a, b = {actor.key for actor in one}, {actor.key for actor in other}
    if not a or not b:
        return "unknown"
    return "same" if a == b else "some" if a & b else "none"
