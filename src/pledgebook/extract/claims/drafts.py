"""Claims in the making: figures that speak of one commitment, with who, where and what was decided of them."""

import math
from collections import defaultdict
from collections.abc import Sequence

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actors import find_countries, find_parties
from pledgebook.extract.claims.clauses import clause_of, sums_of
from pledgebook.extract.claims.counts import attach_counts
from pledgebook.extract.claims.draft import Cast, Draft
from pledgebook.extract.claims.features import pledge_features
from pledgebook.extract.claims.firsts import with_first_and_second
from pledgebook.extract.claims.headed import head_of, heading_over, taker_listed, taker_over
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.links import link
from pledgebook.extract.claims.merge import merged
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.parts import cast_of, is_share, shared_drafts, with_payers_of_wholes, with_sums_each
from pledgebook.extract.claims.portions import is_mere_split, with_takers_of_parts
from pledgebook.extract.claims.promises import is_cost_of_promise
from pledgebook.extract.claims.rented import is_rented_power
from pledgebook.extract.claims.respective import with_actors_in_turn, with_givers_of_lists
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.wholes import with_payers_of_parts
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.magnitudes import rough_dollars

_PLEDGE = 0.52
# Where none of a document's sums is a pledge beyond such doubt, the document is about something else: the more so
# where it has words for fines, earnings or prices.
_SURE = 0.7
# So unlikely a pledge is not one for being told in a list of pledges.
_HARDLY = 0.35
_SURE_AMID_OTHERS = 0.85
# In a list of who is given money each is; how sure that is.
_GIVEN, _LISTED = 0.2, 0.6
# Prices, fares and fines of that size are in every paper, pledges are not.
_LEAST_DOLLARS = 20_000
# Assets under management and national outputs are of that size, and no pledge ever was.
_MOST_DOLLARS = 3 * 10**12
_NEVER = frozenset(("takeover", "earnings", "fine", "crime", "trade", "price"))
_BUILT = frozenset(("build", "under_way", "plan"))


def build_drafts(scene: Scene) -> tuple[Cast, list[Draft]]:
    """The drafts of a document in the order in which it first tells of them."""
    cast = Cast(find_parties(scene), find_countries(scene))
    drafts = [draft for mention in scene.money if (draft := _money_draft(scene, mention)) is not None]
    if not _is_sure(scene, drafts):
        drafts = []
    drafts = [draft for draft in drafts if not is_mere_split(scene, draft)]
    drafts = sorted([*drafts, *shared_drafts(scene, drafts, cast)], key=lambda draft: draft.figures[0].span)
    for draft in drafts:
        link(scene, draft, cast_of(scene, draft, cast))
    drafts = merged(scene, drafts, cast)
    with_actors_in_turn(scene, drafts, cast)
    with_first_and_second(scene, drafts, cast)
    with_givers_of_lists(scene, drafts)
    with_payers_of_wholes(drafts)
    drafts = with_sums_each(scene, drafts)
    with_payers_of_parts(scene, drafts)
    with_takers_of_parts(scene, drafts)
    attach_counts(scene, drafts, cast)
    return cast, sorted(drafts, key=lambda draft: draft.anchors[0].span)


def _money_draft(scene: Scene, mention: Mention) -> Draft | None:
    if mention.amount is None or is_share(mention) or is_rented_power(scene, mention):
        return None
    if not _LEAST_DOLLARS <= rough_dollars(mention.amount.value, mention.amount.currency) <= _MOST_DOLLARS:
        return None
    features = pledge_features(scene, mention)
    model = load_model("pledge")
    score = max(model.probability(features), _column_score(scene, mention), _item_score(scene, mention))
    score = max(score, _SURE) if score >= _HARDLY and is_cost_of_promise(scene, mention) else score
    if score < _PLEDGE:
        return None
    why = f"a pledge ({score:.2f}): {', '.join(model.reasons(features))}"
    return Draft(figures=[mention], score=score, reasons=[why])


def _column_score(scene: Scene, mention: Mention) -> float:
    """How likely the sums in a mention's column of a table are pledges: all are or none is. 0 outside of tables."""
    row = scene.row_at(mention.span.start)
    return _columns(scene, 0)[row.table, row.column_at(mention.span.start)] if row is not None else 0.0


@once
def _columns(scene: Scene, _: int) -> dict[tuple[int, int], float]:
    """The mean over the sums of each column, by table and column; 0 where there is but one."""
    model = load_model("pledge")
    scores: dict[tuple[int, int], list[float]] = defaultdict(list)
    for mention in scene.money:
        row = scene.row_at(mention.span.start)
        if row is not None:
            column = row.table, row.column_at(mention.span.start)
            scores[column].append(model.probability(pledge_features(scene, mention)))
    return {
        column: math.fsum(several) / len(several) if len(several) > 1 else 0.0 for column, several in scores.items()
    }


def _item_score(scene: Scene, mention: Mention) -> float:
    """How likely the first sums under the headings of a list are pledges: all are, but for those that hardly could.

    0 for all others.
    """
    return _items(scene, 0).get(mention.span, 0.0)


@once
def _items(scene: Scene, _: int) -> dict[Span, float]:
    """The mean over the first sums under headings that name somebody, by sum; empty where there is but one."""
    model = load_model("pledge")
    scores: dict[int, tuple[Span, float]] = {}
    for mention in scene.money:
        sentence = scene.sentence_at(mention.span.start)
        head = head_of(scene, sentence)
        if head < 0 and taker_over(scene, sentence):
            head = heading_over(scene, sentence)
        if head >= 0 and head not in scores:
            scores[head] = mention.span, model.probability(pledge_features(scene, mention))
    mean = math.fsum(score for _, score in scores.values()) / max(1, len(scores))
    found = {span: mean for span, score in scores.values() if score >= _HARDLY} if len(scores) > 1 else {}
    return _taken_in_list(scene, 0) | found


@once
def _taken_in_list(scene: Scene, _: int) -> dict[Span, float]:
    """What each of several who open items of a list of rounds or grants is given; empty where there is but one."""
    model = load_model("pledge")
    first = {n: m for m in reversed(scene.money) if taker_listed(scene, n := scene.sentence_at(m.span.start))}
    likely = [m.span for m in first.values() if model.probability(pledge_features(scene, m)) >= _GIVEN]
    return dict.fromkeys(likely, _LISTED) if len(likely) > 1 else {}


def _is_sure(scene: Scene, drafts: Sequence[Draft]) -> bool:
    """Whether some sum of a document is a pledge beyond doubt, or what it tells leaves none."""
    least = _SURE_AMID_OTHERS if scene.drift else _SURE
    return (
        max((draft.score for draft in drafts), default=0.0) >= least
        or _tells_of_an_end(scene)
        or (
            not scene.drift
            and any(
                _is_cost_of_plan(scene, mention) or _is_cost_of_built(scene, mention)
                for draft in drafts
                for mention in draft.figures
            )
        )
    )


def _is_cost_of_plan(scene: Scene, mention: Mention) -> bool:
    """Whether a sum is the cost of what the sentence before says that somebody builds: "It will cost 3 million"."""
    sentence = scene.sentence_at(mention.span.start)
    before = scene.sentences[sentence - 1] if sentence > 0 else None
    if before is None or before.is_heading or len(sums_of(scene, sentence)) > 1 or sums_of(scene, sentence - 1):
        return False
    labels, told = ({cue.label for cue in scene.cues_of(one)} for one in (sentence, sentence - 1))
    if "cost" not in labels or not told & _BUILT or (labels | told) & _NEVER:
        return False
    inside = before.span.contains
    return any(inside(one.span) for one in scene.quantities) and any(
        inside(one.span) and one.party is not None for one in scene.organisations
    )


def _is_cost_of_built(scene: Scene, mention: Mention) -> bool:
    """Whether a sum's own clause says what somebody builds for it: "Acme will build a data centre worth 3 million"."""
    sentence = scene.sentence_at(mention.span.start)
    bounds = scene.sentences[sentence].span
    clause = clause_of(scene, mention.span, bounds)
    labels = {cue.label for cue in scene.cues_in(clause.start, clause.end)}
    if "build" not in labels or labels & _NEVER:
        return False
    # "Acme bought the land. The data centre that it is building there costs 3 million"
    is_told_on = sentence > 0 and scene.sentences[sentence - 1].paragraph == scene.sentences[sentence].paragraph
    start = scene.sentences[sentence - is_told_on].span.start
    is_named = any(
        start <= one.span.start < bounds.end and one.party is not None and one.reason != CAPITALS
        for one in scene.organisations
    )
    is_counted = any(clause.contains(one.span) for one in scene.quantities)
    is_meant = "cost" in labels and any(
        one.label == "data_centres" for one in scene.purposes_in(clause.start, clause.end)
    )
    return is_named and (is_counted or is_meant)


def _tells_of_an_end(scene: Scene) -> bool:
    """Whether plans are put off or given up."""
    return any(cue.label in ("delay", "cancel") for cue in scene.cues)
