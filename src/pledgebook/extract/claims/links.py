"""Who pays, who receives and where: the actors of a draft."""

import math
from collections.abc import Sequence

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.acting import is_granting, is_investing, is_taker
from pledgebook.extract.claims.actor import PRONOUNS, Actor
from pledgebook.extract.claims.approvals import approved
from pledgebook.extract.claims.beside import acting_behind, is_permitted, paying_with, pays_another
from pledgebook.extract.claims.contrast import contrasted
from pledgebook.extract.claims.destinations import find_destinations, is_capex, lands_untold
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.features import figure_features
from pledgebook.extract.claims.flow import flow_of, is_marked, leading, mark_of, someone, taking
from pledgebook.extract.claims.flow_features import unnamed_features
from pledgebook.extract.claims.gapping import paying_too
from pledgebook.extract.claims.headed import headed_by, labelled
from pledgebook.extract.claims.homes import is_public
from pledgebook.extract.claims.likeliest import is_beside, likeliest, link_score, telling
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.owners import lent_to_owner, paying_as_owner
from pledgebook.extract.claims.particles import raised_of_nobody
from pledgebook.extract.claims.payees import is_raised, only_given, only_paid, paid_by_order
from pledgebook.extract.claims.portions import paying_part
from pledgebook.extract.claims.rivals import Pool, pool_of
from pledgebook.extract.claims.rounds import round_of
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.talks import talked_with
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.matcher import Match

_LIKELY = 0.5
_RECIPIENT = 0.24
# So likely an investor is one, though the sum is called a total, or sounds like nobody's.
_SURE, _UNDENIED = 0.75, 0.97
_MAY_PAY = 0.3
# Who puts a sum in though no name tells who: by which words, how near, and in how long words.
_PUT_IN, _FORMER = frozenset(("invest", "announce", "build", "complete", "pay")), ("company", "companies")
_NEAR_ANYONE, _SMALL, _LONG = 12.0, 3, 8
_ARTICLE = 4
_OPENING = frozenset("([（［")


def link(scene: Scene, draft: Draft, cast: Cast) -> None:
    """Decide who invests, into whom, and where, from all places where the draft's figures stand."""
    told = [figure_features(scene, mention) for mention in draft.figures]
    reasons = list(draft.reasons)
    actors = cast.paid.actors
    parties = cast.parties.actors
    is_own = any(paying_as_owner(scene, mention, parties) for mention in draft.figures)
    paid = None if is_own else paid_by_order(scene, draft, actors) or _lent(scene, draft, parties)
    if paid is not None and not (is_permitted(scene, draft, paid) or paid in acting_behind(scene, draft, actors)):
        draft.recipient = paid
        draft.reasons.append(f"recipient {paid.key}: is given the sum")
        others = only_paid(scene, draft, cast.parties.actors)
        # A land that is only named beside a sum that was raised is where it is spent.
        states = [a for a in cast.parties.actors if a.reason == "state"] if is_raised(scene, draft) else []
        pool = pool_of(a for a in cast.parties.actors if a not in others and a not in states)
        is_nobody_s = all(raised_of_nobody(scene, mention) for mention in draft.figures)
        draft.investors = [] if is_nobody_s else investors_of(scene, draft, pool)
        draft.investors = draft.investors or _giving_rows(scene, draft, cast.parties.actors)
    else:
        _decide_both(scene, draft, cast, told, reasons)
    draft.destinations = find_destinations(scene, draft, cast.countries)
    # A government spends at home.
    draft.is_worldwide = not is_public(draft.investors) and (_is_told(told, "worldwide") or is_capex(scene, draft))
    if not draft.destinations and draft.investors and not draft.is_worldwide:
        draft.destinations = lands_untold(scene, draft, is_landless=not cast.countries.actors)


def _lent(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> Actor | None:
    """Who builds what a draft's sum is lent for, where the rest of its price is told to be the owner's."""
    builders = (lent_to_owner(scene, mention, actors) for mention in draft.figures)
    return next((builder for builder in builders if builder is not None), None)


def _decide_both(scene: Scene, draft: Draft, cast: Cast, told: Sequence[Sequence[str]], reasons: list[str]) -> None:
    """Decide who is paid and who pays, where the words do not say it by themselves."""
    actors = cast.payers(None).actors
    is_own = any(paying_as_owner(scene, mention, cast.parties.actors) for mention in draft.figures)
    paid = None if is_own or headed_by(scene, draft, actors) else _recipient(scene, draft, cast.paid, told)
    draft.recipient = paid
    if paid is not None and (
        is_granting(scene, draft, paid)
        or paid in paying_with(scene, draft, actors)
        or pays_another(scene, draft, paid, actors)
    ):
        draft.recipient, draft.reasons = None, list(reasons)
    draft.investors = investors_of(scene, draft, cast.payers(draft.recipient))
    paid = draft.recipient
    if paid is not None and any(_is_listed_with(scene, draft, first, paid) for first in draft.investors):
        # "BNDES and Finep will give": whoever is listed with one who pays is not paid by it.
        draft.recipient, draft.reasons = None, list(reasons)
        draft.investors = investors_of(scene, draft, cast.payers(None))
    if draft.recipient is not None and not draft.investors and _may_pay(scene, draft, draft.recipient, cast):
        # Where nobody else could pay, who is likely to does: it is not paid by nobody.
        draft.recipient, draft.reasons = None, reasons
        draft.investors = investors_of(scene, draft, cast.payers(None))


def _is_listed_with(scene: Scene, draft: Draft, first: Actor, actor: Actor) -> bool:
    """Whether two are listed together in a sentence of the draft's figures, and nowhere the second as who is given."""
    told = {scene.sentence_at(mention.span.start) for mention in draft.figures}
    both = told & {a.sentence for a in first.names} & {a.sentence for a in actor.names}
    here = [anchor for anchor in actor.names if anchor.sentence in both]
    listed = any(first.key in anchor.mates or anchor.head == first.key for anchor in here)
    return listed and not any(is_marked(scene, anchor, actor.key, "to") for anchor in here)


def _may_pay(scene: Scene, draft: Draft, actor: Actor, cast: Cast) -> bool:
    """Whether who was taken for the recipient is likely to be the one who pays."""
    if is_taker(scene, draft, actor):
        return False
    rivals = cast.payers(None).rivals
    return link_score(scene, telling(scene, draft), actor, rivals, "investor") >= _MAY_PAY


def investors_of(scene: Scene, draft: Draft, pool: Pool) -> list[Actor]:
    """Who invests: nobody where the sum is a summit's, the headline's one company where the text names nobody."""
    given = [actor for actor in only_given(scene, pool.actors) if not is_beside(scene, draft, actor)]
    if given:
        pool = pool_of(actor for actor in pool.actors if actor not in given)
    actors = pool.actors
    in_row = _of_the_row(scene, draft, actors)
    if in_row is not None:
        draft.reasons += [f"investor {actor.key}: its row's" for actor in in_row]
        return in_row
    for told, why in (
        (labelled, "a label's beside it"),
        (paying_with, "pays with it"),
        (paying_part, "pays that part"),
        (contrasted, "opens its clause"),
        (approved, "its plan is approved"),
        (headed_by, "the heading's over it"),
    ):
        if paying := told(scene, draft, actors):
            draft.reasons += [f"investor {actor.key}: {why}" for actor in paying]
            return _of_the_round(scene, draft, actors, [(1.0, actor) for actor in paying]) or paying
    titled = _titled(scene, actors)
    if len(titled) == 1 and _is_in_rows_of_nobody(scene, draft):
        # Lands in the rows under the headline of one company tell where it pays.
        draft.reasons.append(f"investor {titled[0].key}: the headline's, over a table")
        return titled
    chosen = likeliest(scene, draft, "investor", pool)
    chosen = talked_with(scene, draft, actors, chosen)
    backers = _of_the_round(scene, draft, actors, chosen)
    if not backers and not chosen and (behind := _named_behind(scene, draft, actors)) is not None:
        draft.reasons.append(f"investor {behind.key}: named right behind")
        backers = [behind]
    if backers or _is_nobody_s(scene, draft, actors, chosen):
        return backers
    if chosen or not draft.figures or draft.recipient is not None or len(titled) != 1:
        return [actor for _, actor in chosen]
    draft.reasons.append(f"investor {titled[0].key}: the headline's")
    return titled


def _named_behind(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> Actor | None:
    """Who opens the sentence behind one that tells of somebody unnamed: "A developer has plans. Acme filed them"."""
    told = {scene.sentence_at(mention.span.start) for mention in draft.figures} - {scene.title}
    sentence = min(told, default=-1)
    if sentence < 0 or not someone(scene, sentence):
        return None
    parties = [a for a in actors if a.party is not None and a.party.kind is not PartyKind.GOVERNMENT]
    named = [(anchor, a) for a in parties for anchor in a.names if a.reason != CAPITALS and anchor.kind == "name"]
    if any(anchor.sentence == sentence for anchor, _ in named) or sentence + 1 >= len(scene.sentences):
        return None
    start = scene.sentences[sentence + 1].span.start
    return next((actor for anchor, actor in named if 0 <= anchor.span.start - start <= _ARTICLE), None)


def _of_the_round(
    scene: Scene, draft: Draft, actors: Sequence[Actor], chosen: Sequence[tuple[float, Actor]]
) -> list[Actor]:
    """Who leads and joins the round of funding that a draft is, unless somebody else is surely the one who pays."""
    told = round_of(scene, draft, actors if draft.recipient is None else [*actors, draft.recipient])
    if told is None:
        return []
    likely = chosen[0][0] if chosen else 0.0
    is_one_of_them = any(actor is one for _, actor in chosen for one in told.investors)
    leaders = [actor for _, actor in chosen if _is_led_by(scene, draft, actor)]
    is_surely = likely >= _SURE and is_beside(scene, draft, chosen[0][1])
    if is_surely and chosen[0][1] is not told.raised_by and not is_one_of_them and not leaders:
        return []
    investors = [*(actor for actor in leaders if actor not in told.investors), *told.investors]
    draft.reasons += [f"investor {actor.key}: leads or joins the round" for actor in investors]
    if told.raised_by is not None and draft.recipient is not told.raised_by:
        draft.recipient = told.raised_by
        draft.reasons.append(f"recipient {told.raised_by.key}: raised the round")
    return investors


def _is_led_by(scene: Scene, draft: Draft, actor: Actor) -> bool:
    """Whether words for leading stand right behind a name behind the sum: "eine Runde, die von Acme angeführt wurde".

    Who is marked as who gives what somebody takes is joined too: "Bolt gets 3 million from Acme. Cora takes part too".
    """
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        names = [a for a in actor.names if a.sentence == sentence and a.span.start >= mention.span.end]
        if any(word.start - name.span.end == 1 for name in names for word in leading(scene, sentence)):
            return True
        if taking(scene, sentence) and any(mark_of(scene, name, actor.key) == "from" for name in names):
            return True
    return False


def _is_nobody_s(scene: Scene, draft: Draft, actors: Sequence[Actor], chosen: Sequence[tuple[float, Actor]]) -> bool:
    """Whether the sum is a total that nobody in particular pays."""
    likely = chosen[0][0] if chosen else 0.0
    if likely < _SURE and _is_open_total(scene, draft, actors):
        return True
    if draft.figures and all(_acts_unnamed(scene, mention, actors) for mention in draft.figures):
        return True
    is_headed = bool(chosen) and _is_headed(scene, draft, chosen[0][1])
    payerless = [[*figure_features(scene, mention), *unnamed_features(scene, mention)] for mention in draft.figures]
    return likely < _UNDENIED and not is_headed and _is_told(payerless, "payerless")


def _acts_unnamed(scene: Scene, mention: Mention, actors: Sequence[Actor]) -> bool:
    """Whether somebody unnamed puts a sum in where nobody is named: "Since 2021 foreign companies have invested 3 bn".

    "The companies" may be those named before: it takes two words to tell of others.
    """
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    anchors = [a for actor in actors for a in actor.anchors if bounds.start <= a.span.start < bounds.end]
    first = min((word.span.start for word in flow_of(scene, sentence).anyone), default=mention.span.start)
    if any(a.kind == "name" or (a.kind == "state" and a.span.end <= first) for a in anchors):
        return False
    cues = scene.cues_of(sentence)
    return any(
        any(
            # Where the verb comes last, it stands behind the sum.
            cue.label in _PUT_IN and word.span.end <= cue.span.start and not cue.span.overlaps(mention.span)
            for cue in cues
        )
        and not any(_are_those_before(scene, cue, word.span) for cue in cues)
        for word in flow_of(scene, sentence).anyone
        if _is_of_others(scene, word.span) and scene.words_between(word.span.end, mention.span.start) <= _NEAR_ANYONE
    )


def _are_those_before(scene: Scene, cue: Match, word: Span) -> bool:
    """Whether words for companies may mean those named before: "the investors", but not "the foreign investors"."""
    if cue.label not in _FORMER or not cue.span.start < word.start < cue.span.end:
        return False
    return all(len(part) <= _SMALL for part in scene.text[cue.span.end : word.end].split())


def _is_of_others(scene: Scene, span: Span) -> bool:
    """Whether words for companies tell of others than those named before: two, or a long one for none of them."""
    parts = [part for part in span.of(scene.text).split() if len(part) > _SMALL]
    known = any(cue.label in PRONOUNS and cue.span.overlaps(span) for cue in scene.cues_in(span.start, span.end))
    return len(parts) > 1 or (len(parts) == 1 and len(parts[0]) >= _LONG and not known)


def _of_the_row(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor] | None:
    """Whom the rows of a table name beside the draft's sums; None where a column of names does not tell."""
    rows = [scene.row_at(mention.span.start) for mention in draft.figures]
    cells = [row.who for row in rows if row is not None and row.who is not None and not row.is_given]
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


def _giving_rows(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """The only government or fund named before the rows of a table of those who are given money."""
    rows = [scene.row_at(mention.span.start) for mention in draft.figures]
    if not rows or any(row is None or not row.is_given for row in rows):
        return []
    start = min(row.span.start for row in rows if row is not None)
    givers = [
        actor
        for actor in actors
        if actor.party is not None and actor.party.kind in (PartyKind.GOVERNMENT, PartyKind.FUND)
        if any(anchor.span.end <= start and anchor.kind != "adjective" for anchor in actor.anchors)
    ]
    return givers if len(givers) == 1 else []


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
    named = [a for a in actors if a.reason not in ("state", CAPITALS)]
    if not draft.figures or len(titled) == 1 or len(named) == 1:
        # Under the headline of one company, or where nobody else is named, a total is that company's.
        return False
    for mention in draft.figures:
        sentence = scene.sentence_at(mention.span.start)
        labels = {cue.label for cue in scene.cues_of(sentence)}
        here = (sentence, scene.sections[sentence])
        is_named = any(a.sentence in here and a.kind in ("name", "pronoun") for actor in actors for a in actor.anchors)
        if is_named or not labels & {"total", "summit"}:
            return False
    return True


def _is_told(told: Sequence[Sequence[str]], model: str) -> bool:
    """The answer to a yes-or-no question about a draft's sums, of which `told` are the features.

    `model` asks it: "worldwide" (a company's spending everywhere, as its yearly capital expenditure is), "payerless"
    (a summit's sum, which nobody in particular pays).
    """
    return bool(told) and _figure_score(told, model) >= _LIKELY


def _figure_score(told: Sequence[Sequence[str]], model: str) -> float:
    """How likely the answer is yes: the mean over the sums."""
    chosen = load_model(model)
    return math.fsum(chosen.probability(features) for features in told) / len(told)


def _recipient(scene: Scene, draft: Draft, pool: Pool, sums: Sequence[Sequence[str]]) -> Actor | None:
    """Who is paid, where it is likely that somebody is and who that would be stands out."""
    if not pool.actors or not draft.figures:
        return None
    paid_out = _figure_score(sums, "paid-out")
    if math.sqrt(paid_out) < _RECIPIENT:
        # However likely an actor were, the sum is hardly one that is paid out.
        return None
    figures = telling(scene, draft)
    scored: list[tuple[float, float, Actor]] = []
    paying = [span for mention in figures for span in paying_too(scene, scene.sentence_at(mention.span.start))]
    for candidate in pool.actors:
        if any(anchor.span.overlaps(span) for anchor in candidate.names for span in paying):
            continue
        if is_investing(scene, draft, candidate):
            continue
        likely, payee = (link_score(scene, figures, candidate, pool.rivals, name) for name in ("recipient", "payee"))
        scored.append((likely, payee, candidate))
    if not scored:
        return None
    likeliest, _, actor = max(scored, key=lambda item: (item[0] + item[1], -item[2].order))
    score = math.sqrt(paid_out * likeliest)
    if score < _RECIPIENT:
        return None
    draft.reasons.append(f"recipient {actor.key} ({score:.2f})")
    return actor
