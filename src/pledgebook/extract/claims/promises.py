"""Counts that a plain sentence promises without a sum: "Acme will build a 48 MW data centre in Warsaw".

What is built so may have its cost in the next sentence.
"""

from pledgebook.domain import Kind, Mention
from pledgebook.extract.claims.clauses import is_near, sums_of
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

_LIKELY = 0.5
# What has to be said beside a count of each kind.
_SAID = {
    Kind.MEGAWATTS: frozenset(("build", "plan", "invest")),
    Kind.DATA_CENTRES: frozenset(("build", "plan", "invest")),
    Kind.GPUS: frozenset(("build", "plan", "invest")),
    Kind.JOBS: frozenset(("build", "hire")),
    Kind.PEOPLE_TRAINED: frozenset(("train",)),
}
# What a sentence says whose sum is the price of what the one before it promises.
_COSTS = frozenset(("cost", "worth"))
_BUILT, _NEAR = frozenset(("build", "under_way")), 2
_MEANT = frozenset(("plan", "announce", "build", "invest"))
# Amid these a count is rather one of something else, or of what there is.
_NOT = frozenset(
    (
        "cancel",
        "deny",
        "complete",
        "earlier",
        "earnings",
        "fine",
        "takeover",
        "forecast",
        "purchase",
        "price",
        "crime",
        "rumour",
    )
)


@once
def is_plain(scene: Scene, mention: Mention) -> bool:
    """Whether a sentence names who promises a count and where, with a word for what they will do and none of doubt."""
    sentence = scene.sentence_at(mention.span.start)
    told = mention.deliverable
    said = _SAID.get(told.kind) if told is not None else None
    if told is None or said is None or sentence < 0:
        return False
    labels = {cue.label for cue in scene.cues_of(sentence)}
    if "hire" in labels and not labels & _MEANT:
        return False  # "Acme employs 500 people"
    bounds = scene.sentences[sentence].span
    named = any(
        bounds.contains(one.span) and one.party is not None and one.score >= _LIKELY for one in scene.organisations
    )
    # Of "100 megawatts, the first 50 by May" the bigger is the promise.
    is_phase = any(
        bounds.contains(other.span)
        and other.deliverable is not None
        and other.deliverable.kind is told.kind
        and other.deliverable.count > told.count
        for other in scene.quantities
    )
    return named and not is_phase and bool(labels & said) and not labels & _NOT and scene.has_place(sentence)


@once
def is_cost_of_promise(scene: Scene, mention: Mention) -> bool:
    """Whether a sum is told as the cost of what the sentence before promises: "Acme will build ... It will cost 3"."""
    sentence = scene.sentence_at(mention.span.start)
    here, before = scene.sentences[sentence], scene.sentences[sentence - 1]
    labels = {cue.label for cue in scene.cues_of(sentence)}
    if sentence < 1 or here.paragraph != before.paragraph or not labels & _COSTS or labels & _NOT:
        return False
    if any(here.span.contains(one.span) for one in scene.organisations):
        return False
    if _costs_to_build(scene, mention, sentence) and any(before.span.contains(one.span) for one in scene.organisations):
        return True
    is_alone = not any(before.span.contains(one.span) for one in scene.money)
    return is_alone and any(is_plain(scene, one) for one in scene.quantities if before.span.contains(one.span))


def _costs_to_build(scene: Scene, mention: Mention, sentence: int) -> bool:
    """Whether a sum is what something costs that its sentence says is built: "The plant it builds there costs 3"."""
    bounds = scene.sentences[sentence].span
    ahead = scene.cues_in(bounds.start, mention.span.start)
    costs = [cue.span for cue in ahead if cue.label == "cost"]
    is_cost = bool(costs) and is_near(scene, costs[-1].end, mention.span.start, _NEAR)
    is_built = any(cue.label in _BUILT and cue.span.end <= costs[0].start for cue in ahead) if costs else False
    return is_cost and is_built and len(sums_of(scene, sentence)) == 1
