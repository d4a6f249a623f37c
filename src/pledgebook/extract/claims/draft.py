"""A claim in the making."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pledgebook.domain import Amount, Mention, PartyKind
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.rivals import Pool, pool_of


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


class Cast:
    """Everybody and everywhere a document names."""

    def __init__(self, parties: Sequence[Actor], countries: Sequence[Actor]) -> None:
        """Takes the parties, and the countries in which money may be spent."""
        self.parties = pool_of(parties)
        self.countries = pool_of(countries)
        # A heading names who pays or where, not who is paid.
        self.paid = pool_of(a for a in parties if a.party and a.party.kind is not PartyKind.GOVERNMENT)
        self._without: dict[str, Pool] = {}

    def payers(self, recipient: Actor | None) -> Pool:
        """Who may pay where `recipient` is paid."""
        if recipient is None:
            return self.parties
        found = self._without.get(recipient.key)
        if found is None:
            found = pool_of(actor for actor in self.parties.actors if actor is not recipient)
            self._without[recipient.key] = found
        return found


def same_actors(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    """Whether two lists name the same actors."""
    return {actor.key for actor in one} == {actor.key for actor in other}
