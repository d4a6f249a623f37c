"""What tells whether two actors share a figure: both pay, or both are where the money goes."""

from collections.abc import Iterator, Sequence

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import is_parted, sums_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.features import bucket, tie
from pledgebook.extract.claims.linking import adjacent, reach, section, separators
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.rivals import Rivals
from pledgebook.extract.claims.scene import Scene


def company_features(scene: Scene, span: Span, one: Actor, other: Actor) -> list[str]:
    """What tells whether an actor shares the figure at `span` with one that has it."""
    sentence = scene.sentence_at(span.start)
    first, second = _alone(scene, one), _alone(scene, other)
    ones, others = ([a for a in actor.anchors if a.sentence == sentence] for actor in (one, other))
    features = {*_sorts(one, other), *_listed(one, other, ones, others), *_standing(scene, one, other)}
    if one.party is None:
        features |= {f"first:{f}" for f in reach(one, second, sentence)} | set(reach(other, first, sentence))
    features |= {f"second-kind:{a.kind}" for a in others} | {f"first-kind:{a.kind}" for a in ones}
    if others:
        features |= {f"second-{f}" for f in adjacent(scene, others[0], "x")}
    else:
        last = max((a.sentence for a in other.anchors if a.sentence < sentence), default=None)
        features.add("later" if last is None else f"back:{min(sentence - last, 4)}")
    if ones and others:
        features |= set(_between_two(scene, span, ones, others))
    features |= {f"first-{f}" for f in section(scene, sentence, one, second)[1:]}
    features |= {f"second-{f}" for f in section(scene, sentence, other, first)[1:]}
    bounds = scene.sentences[sentence].span
    features |= {f"S:{cue.label}" for cue in scene.cues_in(bounds.start, bounds.end) if cue.label in _SHARED}
    crossed = [f for f in features if f.startswith(_CROSSED)]
    crossing = [f for f in features if f.startswith(_CROSSING)]
    return sorted(features | {f"{a}&{b}" for a in crossed for b in crossing})


@once
def _alone(_: Scene, actor: Actor) -> Rivals:
    """One actor as the only rival."""
    return Rivals((actor,))


def _sorts(one: Actor, other: Actor) -> Iterator[str]:
    """What sort of actors the two are."""
    yield "kinds:" + "+".join(a.party.kind.value if a.party else "place" for a in (one, other))
    yield f"why:{other.reason}"


def _listed(one: Actor, other: Actor, ones: Sequence[Anchor], others: Sequence[Anchor]) -> Iterator[str]:
    """Which of the two is named in a figure's sentence, and whether they are listed together or go along."""
    yield "named:" + (("both" if others else "first") if ones else "second" if others else "neither")
    if any(other.key in a.mates for a in ones):
        yield "listed-here"
    else:
        yield "listed-elsewhere" if any(other.key in a.mates for a in one.anchors) else "never-listed"
    if any(a.head == one.key for a in others) or any(a.head == other.key for a in ones):
        yield "along"


def _standing(scene: Scene, one: Actor, other: Actor) -> Iterator[str]:
    """How much the document makes of the two, and how often it names them in one sentence."""
    shared = {a.sentence for a in one.anchors} & {a.sentence for a in other.anchors}
    titles = [any(a.sentence == scene.title for a in actor.anchors) for actor in (one, other)]
    yield from (f"sentences:{min(len(shared), 3)}", f"titled:{titles[0]:d}{titles[1]:d}")
    yield from (f"names:{min(len(other.names), 3)}", f"order:{min(other.order, 4)}")


_CROSSED = ("named:", "listed", "never", "along", "tied:")
_CROSSING = ("kinds:", "why:", "second-", "first-", "titled:", "S:", "order:", "sentences:", "back:", "later")
_SHARED = frozenset(
    ("with_it", "by_it", "into_it", "stake", "total", "respectively", "companies", "purchase", "part", "rest", "half")
)


def _between_two(scene: Scene, span: Span, ones: Sequence[Anchor], others: Sequence[Anchor]) -> Iterator[str]:
    """How two actors stand to each other and to a figure in its sentence."""
    a, b = min(((a, b) for a in ones for b in others), key=lambda pair: abs(pair[0].span.start - pair[1].span.start))
    first, second = (a, b) if a.span.start <= b.span.start else (b, a)
    yield "order:first" if first is a else "order:second"
    yield f"gap:{bucket(scene.words_between(first.span.end, second.span.start))}"
    yield f"tied:{tie(scene, first.span.end, second.span.start)}"
    side = "left" if second.span.end <= span.start else "right" if first.span.start >= span.end else "around"
    yield f"side:{side}"
    yield from (f"between:{f}" for f in separators(scene, first.span.end, second.span.start, "x"))
    yield from (f"between:{c.label}" for c in scene.cues_in(first.span.end, second.span.start))


def together_before(scene: Scene, draft: Draft, first: Actor, actor: Actor) -> bool:
    """Whether the sentence before a draft's only sum tells what two do together: "Acme and Bolt build. It costs 3".

    Who tells of it behind the sum may be one of them ("…, says Acme's chief"), nobody else is named beside the sum.
    """
    return (
        actor.reason not in _GUESSED  # "Rimac u Svetoj Nedelji" looks like a list
        and bool(draft.anchors)
        and all(
            _is_cost_of_what_was_told(scene, mention)
            and not _names_others(scene, mention, first)
            and _go_along(first, actor, scene.sentence_at(mention.span.start) - 1)
            for mention in draft.anchors
        )
    )


def _is_cost_of_what_was_told(scene: Scene, mention: Mention) -> bool:
    """Whether a sum is told alone of what the sentence before it says that is done."""
    sentence = scene.sentence_at(mention.span.start)
    before = sentence - 1
    if before < 0 or scene.sentences[before].is_heading or scene.paragraph_start(sentence) > before:
        return False
    labels, told = ({cue.label for cue in scene.cues_of(one)} for one in (sentence, before))
    is_alone = len(sums_of(scene, sentence)) == 1 and not sums_of(scene, before)
    return is_alone and bool(labels & _COSTING) and not labels & _ONE and bool(told & _DOING)


def _names_others(scene: Scene, mention: Mention, first: Actor) -> bool:
    """Whether a sum's sentence names anybody, but for an actor as who tells of it behind the sum and a mark."""
    bounds = scene.sentences[scene.sentence_at(mention.span.start)].span
    return any(
        one.span.start < mention.span.end
        or not any(one.span.overlaps(anchor.span) for anchor in first.anchors)
        or not is_parted(scene.text[mention.span.end : one.span.start])
        for one in scene.organisations
        if bounds.contains(one.span)
    )


def _go_along(first: Actor, actor: Actor, sentence: int) -> bool:
    """Whether two are listed together in a sentence, or one goes along with the other there."""
    ones, others = ([a for a in x.anchors if a.sentence == sentence and a.kind == "name"] for x in (first, actor))
    listed = any(first.key in anchor.mates or anchor.head == first.key for anchor in others)
    return listed or any(anchor.head == actor.key for anchor in ones)


_GUESSED = frozenset(("listed together", "capitals"))
_COSTING = frozenset(("cost", "invest", "total", "plan"))
_DOING = frozenset(("build", "plan", "invest", "propose", "under_way"))
# What stands for one of them.
_ONE = frozenset(("company", "government", "commission", "rest", "part", "half"))
