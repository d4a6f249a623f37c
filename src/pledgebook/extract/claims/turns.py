"""Which sum is whose where a sentence tells several sums of several parties in turn."""

from collections.abc import Mapping, Sequence

from pledgebook.domain import Span
from pledgebook.extract.claims.actors import Actor, Anchor
from pledgebook.extract.claims.rivals import Rivals
from pledgebook.extract.claims.scene import Scene

_NAMED = frozenset(("name", "state", "officeholder", "city"))
_SEVERAL = 2
# A sum, how many characters it stands from those named beside it, and who they are.
_Side = Mapping[Span, tuple[int, frozenset[str]]]


def turn_features(scene: Scene, span: Span, actor: Actor, rivals: Rivals, sentence: int) -> list[str]:
    """Whether the sum at `span` is the actor's, another's or nobody's turn: "Acme puts in 3 billion, Bolt 2 billion".

    Nothing where the sentence does not tell at least two sums with somebody beside each.
    """
    bounds = scene.sentences[sentence].span
    sums = [mention.span for mention in scene.money if bounds.start <= mention.span.start < bounds.end]
    if len(sums) < _SEVERAL:
        return []
    named = _listed([item for item in rivals.standing(actor, sentence) if item[1].kind in _NAMED], sums)
    left, right = _beside(named, sums, bounds)
    side, name = (right, "r") if _is_likelier(right, left) else (left, "l")
    if len(side) < _SEVERAL:
        return []
    if span not in side:
        return [f"pair-none-{name}"]
    whose = "own" if actor.key in side[span][1] else "other"
    return [f"pair-{whose}", f"pair-{whose}-{name}-{'all' if len(side) == len(sums) else 'most'}"]


def _listed(named: Sequence[tuple[str, Anchor]], sums: Sequence[Span]) -> list[tuple[Span, frozenset[str]]]:
    """Who is named, in order; those of one list ("A, B and C") together."""
    groups: list[tuple[Span, frozenset[str]]] = []
    for key, anchor in named:
        span, keys = groups[-1] if groups else (anchor.span, frozenset[str]())
        apart = any(span.end <= one.start < anchor.span.start for one in sums)
        if keys & frozenset(anchor.mates) and not apart:
            groups[-1] = (Span(span.start, anchor.span.end), keys | {key})
        else:
            groups.append((anchor.span, frozenset((key,))))
    return groups


def _beside(named: Sequence[tuple[Span, frozenset[str]]], sums: Sequence[Span], bounds: Span) -> tuple[_Side, _Side]:
    """For each sum who stands between it and the sum before, and who between it and the one behind."""
    left: dict[Span, tuple[int, frozenset[str]]] = {}
    right: dict[Span, tuple[int, frozenset[str]]] = {}
    starts, ends = [bounds.start, *(one.end for one in sums)], [*(one.start for one in sums[1:]), bounds.end]
    for one, low, high in zip(sums, starts, ends, strict=False):
        before = [(one.start - span.end, keys) for span, keys in named if low <= span.start and span.end <= one.start]
        after = [(span.start - one.end, keys) for span, keys in named if one.end <= span.start and span.end <= high]
        if before:
            left[one] = before[-1]
        if after:
            right[one] = after[0]
    return left, right


def _is_likelier(one: _Side, other: _Side) -> bool:
    """Whether more sums have somebody on one side than on the other, or as many who stand closer."""
    if len(one) != len(other) or not one:
        return len(one) > len(other)
    return sum(gap for gap, _ in one.values()) < sum(gap for gap, _ in other.values())
