"""Whether two tellings tell of one pledge: the sum of the points of all traits, with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pledgebook.domain import Telling
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.interned import Ints
from pledgebook.reconcile.pairs import IMPOSSIBLE, Floats, Pairs
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.reader import read_facts
from pledgebook.reconcile.traits import (
    DESTINATIONS,
    INVESTORS,
    MONEY,
    PLACES,
    PURPOSES,
    RECIPIENTS,
    ROLES,
    TERMS,
    THINGS,
    TIME,
)

THRESHOLD = 6.5
_TRAITS = (INVESTORS, RECIPIENTS, DESTINATIONS, MONEY, TIME, THINGS, PLACES, PURPOSES, TERMS, ROLES)
_NAMES = [trait.names for trait in _TRAITS]
# What rules out most pairs comes first, and the most that all later traits can add.
_STEPS = (
    (MONEY, 16.0),
    (TIME, 13.0),
    (INVESTORS, 11.0),
    (DESTINATIONS, 9.0),
    (ROLES, 9.0),
    (RECIPIENTS, 6.0),
    (THINGS, 3.0),
    (PLACES, 1.5),
    (PURPOSES, 1.0),
    (TERMS, 0.0),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two tellings are: the sum of the points, and each point's reason."""

    score: float
    reasons: tuple[tuple[str, float], ...]

    @property
    def is_same(self) -> bool:
        """Whether the points say that both tell of one pledge."""
        return self.score >= THRESHOLD


NOT = Likeness(IMPOSSIBLE, (("what can't be one pledge", IMPOSSIBLE),))


def score_pairs(facts: Facts, one: Ints, other: Ints, *, least: float = -np.inf) -> Floats:
    """The points of each pair of rows; IMPOSSIBLE or less where it can't be, or has less than `least`."""
    return _scores(Pairs(facts, one, other), least)


def _scores(pairs: Pairs, least: float) -> Floats:
    found = np.full(len(pairs), IMPOSSIBLE)
    open_ = np.arange(len(pairs))
    score = np.zeros(len(pairs))
    for trait, most in _STEPS:
        points = trait.tell(pairs).points
        score += points
        kept = (points > IMPOSSIBLE) & (score + most >= least)
        if not kept.all():
            open_, score, pairs = open_[kept], score[kept], pairs.take(kept)
            if not len(open_):
                break
    found[open_] = np.round(score, 6)
    return found


def liken_pairs(facts: Facts, one: Ints, other: Ints) -> list[Likeness]:
    """The points of each pair of rows with their reasons."""
    pairs = Pairs(facts, one, other)
    told = [trait.tell(pairs) for trait in _TRAITS]
    names, points = np.array([said.name for said in told]).T, np.array([said.points for said in told]).T
    # Most pairs are told alike as others are: each likeness is made once.
    packed = np.hstack([names.copy().view(np.uint8), np.ascontiguousarray(points).view(np.uint8)])
    rows, width = packed.tobytes(), packed.shape[1]
    made: dict[bytes, Likeness] = {}
    found = []
    for n in range(len(packed)):
        row = rows[n * width : (n + 1) * width]
        likeness = made.get(row)
        if likeness is None:
            likeness = made[row] = _likeness(names[n].tolist(), points[n].tolist())
        found.append(likeness)
    return found


def _likeness(names: Sequence[int], points: Sequence[float]) -> Likeness:
    reasons = tuple((_NAMES[n][name], points[n]) for n, name in enumerate(names) if name)
    if any(value <= IMPOSSIBLE for _, value in reasons):
        return NOT
    return Likeness(round(sum(value for _, value in reasons), 6), reasons)


def liken(one: Telling, other: Telling, rates: Rates) -> Likeness:
    """How alike two tellings are; the same whichever comes first."""
    facts = read_facts(sorted((one, other), key=lambda it: it.key), rates).facts
    return liken_pairs(facts, np.array([0]), np.array([1]))[0]
