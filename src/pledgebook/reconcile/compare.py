"""Whether two tellings tell of one pledge: the sum of the points of all traits, with the reasons."""

from dataclasses import dataclass

import numpy as np

from pledgebook.domain import Telling
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.interned import Ints
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.reader import read_facts
from pledgebook.reconcile.traits import (
    DESTINATIONS,
    IMPOSSIBLE,
    INVESTORS,
    MONEY,
    PLACES,
    PURPOSES,
    RECIPIENTS,
    ROLES,
    TERMS,
    THINGS,
    TIME,
    Floats,
    Pairs,
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
    found[open_] = np.round(score, 6)
    return found


def liken_pairs(facts: Facts, one: Ints, other: Ints) -> list[Likeness]:
    """The points of each pair of rows with their reasons."""
    pairs = Pairs(facts, one, other)
    told = [trait.tell(pairs) for trait in _TRAITS]
    points = np.array([said.points for said in told])
    score = np.round(points.sum(axis=0), 6).tolist()
    is_possible = (points.min(axis=0) > IMPOSSIBLE).tolist()
    names = np.array([said.name for said in told]).T.tolist()
    found = []
    for numbers, of, total, good in zip(names, points.T.tolist(), score, is_possible, strict=True):
        reasons = [(_NAMES[n][number], of[n]) for n, number in enumerate(numbers) if number]
        found.append(Likeness(total, tuple(reasons)) if good else NOT)
    return found


def liken(one: Telling, other: Telling, rates: Rates) -> Likeness:
    """How alike two tellings are; the same whichever comes first."""
    facts = read_facts(sorted((one, other), key=lambda it: it.key), rates).facts
    return liken_pairs(facts, np.array([0]), np.array([1]))[0]
