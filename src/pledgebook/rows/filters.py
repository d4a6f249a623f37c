"""Which lines of the ledger somebody wants to see."""

from dataclasses import dataclass
from datetime import date

from pledgebook.domain import Entry, Party, Purpose, Stage
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations


@dataclass(frozen=True, slots=True)
class Filters:
    """What a line must be to be shown; what is None or empty lets every line pass.

    `investor` and `recipient` are names, or parts of names, in any spelling that the lexicon knows. `since` and
    `until` keep what was, or may have been, announced in these days.
    """

    investor: str | None = None
    recipient: str | None = None
    country: str | None = None
    place: str | None = None
    purpose: Purpose | None = None
    stage: Stage | None = None
    since: date | None = None
    until: date | None = None
    min_sources: int = 0
    counted: bool = False

    def keep(self, entry: Entry) -> bool:
        """Whether the line is one of those."""
        pledge = entry.pledge
        return (
            (self.investor is None or any(_is_named(party, self.investor) for party in pledge.investors))
            and (
                self.recipient is None or (pledge.recipient is not None and _is_named(pledge.recipient, self.recipient))
            )
            and (self.country is None or self.country in pledge.destinations)
            and (self.place is None or any(skeleton(self.place) in skeleton(place) for place in pledge.places))
            and (self.purpose is None or self.purpose in pledge.purposes)
            and (self.stage is None or pledge.stage is self.stage)
            and self._is_in_time(entry)
            and pledge.voices >= self.min_sources
            and (entry.counted or not self.counted)
        )

    def _is_in_time(self, entry: Entry) -> bool:
        if self.since is None and self.until is None:
            return True
        days = entry.pledge.announced
        if days is None:
            return False
        return (self.since is None or days.latest >= self.since) and (self.until is None or days.earliest <= self.until)


def _is_named(party: Party, words: str) -> bool:
    wanted = skeleton(words.strip())
    listed = load_organisations().by_skeleton.get(wanted)
    if listed is not None:
        return party.name == listed.party.name
    return wanted in skeleton(party.name)
