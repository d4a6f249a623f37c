"""A claim in the making."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pledgebook.domain import Amount, Mention
from pledgebook.extract.claims.actors import Actor


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


def same_actors(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    """Whether two lists name the same actors."""
    return {actor.key for actor in one} == {actor.key for actor in other}
