"""Which sum is whose where a sentence tells several sums of several parties in turn."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.local import is_body
from pledgebook.extract.claims.rivals import Rivals
from pledgebook.extract.claims.scene import Scene

# Lands tell where as often as who.
_NAMED = frozenset(("name", "officeholder"))
_SEVERAL = 2
_PRONOUN = 4
_MARKS = re.compile(r"[,;、，；،؛]")
_PARTING = frozenset(";；؛")
# A sum, what stands between it and those named beside it, and who they are.
_Side = Mapping[Span, tuple[str, frozenset[str]]]


class _Turns(NamedTuple):
    """Who has his turn with each sum of a sentence: the side on which they stand, and how many sums there are."""

    side: _Side
    name: str
    sums: int


def turn_features(scene: Scene, span: Span, actor: Actor, rivals: Rivals, sentence: int) -> tuple[str, ...]:
    """Whether the sum at `span` is the actor's, another's or nobody's turn: "Acme puts in 3 billion, Bolt 2 billion".

    Nothing where the sentence does not tell at least two sums with somebody beside each.
    """
    sums = sums_of(scene, sentence)
    if len(sums) < _SEVERAL:
        return ()
    if rivals.knows(actor) or all(anchor.sentence != sentence for anchor in actor.anchors):
        # All of them see the same turns.
        key = (_turns, id(rivals), sentence)
        kept = scene.kept.get(key)
        if kept is None:
            kept = scene.kept[key] = (rivals, _turns(scene, rivals.standing(None, sentence), sums, sentence))
        turns: _Turns | None = kept[1]
    else:
        turns = _turns(scene, rivals.standing(actor, sentence), sums, sentence)
    if turns is None:
        return ()
    if span not in turns.side:
        return (f"pair-none-{turns.name}",)
    whose = "own" if actor.key in turns.side[span][1] else "other"
    return (f"pair-{whose}", f"pair-{whose}-{turns.name}-{'all' if len(turns.side) == turns.sums else 'most'}")


def _turns(scene: Scene, standing: Sequence[tuple[str, Anchor]], sums: Sequence[Span], sentence: int) -> _Turns | None:
    """None where not at least two sums have somebody beside them."""
    named = _listed([item for item in standing if _is_told(scene, item[1])], sums)
    left, right = _beside(scene.text, named, sums, scene.sentences[sentence].span)
    joins = scene.language.money.range_and
    side, name = (right, "r") if _weight(right, joins) > _weight(left, joins) else (left, "l")
    return _Turns(side, name, len(sums)) if len(side) >= _SEVERAL else None


def _is_told(scene: Scene, anchor: Anchor) -> bool:
    """Whether an anchor is a name, or a word for a body of its own: "11 million from Acme, 7 from the university".

    So is "the company" as what a sentence opens with: "The company pays 9 million, the town 3".
    """
    if anchor.kind != "pronoun" or is_body(scene, anchor.span):
        return anchor.kind in _NAMED or anchor.kind == "pronoun"
    return len(anchor.span) > _PRONOUN and anchor.span.start == scene.sentences[anchor.sentence].span.start


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


def _beside(
    text: str, named: Sequence[tuple[Span, frozenset[str]]], sums: Sequence[Span], bounds: Span
) -> tuple[_Side, _Side]:
    """For each sum who stands between it and the sum before, and who between it and the one behind.

    A semicolon parts them: "the state pays 36; Acme, 22".
    """
    left: dict[Span, tuple[str, frozenset[str]]] = {}
    right: dict[Span, tuple[str, frozenset[str]]] = {}
    starts, ends = [bounds.start, *(one.end for one in sums)], [*(one.start for one in sums[1:]), bounds.end]
    for one, low, high in zip(sums, starts, ends, strict=False):
        before = [(span.end, keys) for span, keys in named if low <= span.start and span.end <= one.start]
        after = [(span.start, keys) for span, keys in named if one.end <= span.start and span.end <= high]
        if before and _PARTING.isdisjoint(text[before[-1][0] : one.start]):
            end, keys = before[-1]
            left[one] = text[end : one.start], keys
        if after and _PARTING.isdisjoint(text[one.end : after[0][0]]):
            start, keys = after[0]
            right[one] = text[one.end : start], keys
    return left, right


def _weight(side: _Side, joins: Collection[str]) -> tuple[int, int, int]:
    """How much tells for one side: how many sums have somebody there, how few are parted from them, and how close."""
    parted = sum(
        _MARKS.search(between) is not None or any(word.casefold() in joins for word in between.split())
        for between, _ in side.values()
    )
    return len(side), -parted, -sum(len(between) for between, _ in side.values())
