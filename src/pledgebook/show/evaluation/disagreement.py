"""What gold and a reader disagree on in a document."""

from collections.abc import Iterable
from dataclasses import dataclass

from pledgebook.domain import Claim, ReadDocument
from pledgebook.show.evaluation.fields import differing_fields, relations
from pledgebook.show.evaluation.gold import Gold
from pledgebook.show.evaluation.pairing import Comparison, pair_claims

Link = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that are meant to be one, by their places, with the fields in which they differ."""

    gold: int
    told: int
    fields: tuple[str, ...]
    is_strict: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One document: claims that were missed, that are false, and that differ, by their places in gold and found.

    `found` is None where the reader could not read it. Relations are between names: G1 is gold's first claim, F1 the
    first that was found where no gold claim is meant by it.
    """

    gold: Gold
    found: ReadDocument | None
    missed: tuple[int, ...]
    false: tuple[int, ...]
    pairs: tuple[Pair, ...]
    relations_missed: tuple[Link, ...]
    relations_false: tuple[Link, ...]

    @property
    def told(self) -> tuple[Claim, ...]:
        """The claims that were found."""
        return () if self.found is None else self.found.claims

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The pairs that differ in some field."""
        return tuple(pair for pair in self.pairs if pair.fields)

    @property
    def badness(self) -> tuple[int, int]:
        """How much there is: claims that count as missed or false when read strictly, then all that differs."""
        wrong = sum(not pair.is_strict for pair in self.pairs)
        links = len(self.relations_missed) + len(self.relations_false)
        return len(self.missed) + len(self.false) + 2 * wrong, sum(len(pair.fields) for pair in self.pairs) + links


def disagreements(pairs: Iterable[tuple[Gold, ReadDocument | None]]) -> list[Disagreement]:
    """The documents on which gold and the reader disagree, the worst first."""
    every = (_compared(gold, found) for gold, found in pairs)
    apart = [item for item in every if item.found is None or any(item.badness)]
    return sorted(apart, key=lambda item: (item.found is not None, *(-n for n in item.badness), item.gold.id))


def _compared(gold: Gold, found: ReadDocument | None) -> Disagreement:
    told = () if found is None else found.claims
    paired = pair_claims(gold.claims, told, gold.also)
    beside = [(g, t, Comparison(gold.claims[g], told[t], gold.also[g])) for g, t in paired]
    names = {t: f"G{g + 1}" for g, t in paired}
    ours = relations(gold.claims, [f"G{n + 1}" for n in range(len(gold.claims))])
    theirs = relations(told, [names.get(n, f"F{n + 1}") for n in range(len(told))])
    return Disagreement(
        gold,
        found,
        missed=tuple(sorted(set(range(len(gold.claims))) - {g for g, _ in paired})),
        false=tuple(sorted(set(range(len(told))) - {t for _, t in paired})),
        pairs=tuple(Pair(g, t, differing_fields(item), item.is_strict) for g, t, item in beside),
        relations_missed=tuple(sorted(ours - theirs)),
        relations_false=tuple(sorted(theirs - ours)),
    )
