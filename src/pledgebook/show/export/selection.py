"""What is exported: lines of a ledger and what they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pledgebook.domain import Decision, Entry, Party, Pledge, ReadDocument


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who publishes IATI activities: the identifier of an organisation, and its name.

    The default is ours and registered nowhere; whoever publishes puts their own there.
    """

    ref: str = "XI-PLEDGEBOOK"
    name: str = "Pledgebook (secondary reporter: what news articles tell)"


@dataclass(frozen=True, slots=True)
class Selection:
    """The lines that somebody takes along, with the documents that they rest on and the book's last hash.

    `documents` go by id, and may be missing where a format does without: only a data package needs their text.
    `snapshot` names the state of the book that they come from. `previous` is the data package that this one follows,
    `reporter` who publishes.
    """

    entries: Sequence[Entry]
    documents: Mapping[str, ReadDocument] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()
    snapshot: str = ""
    previous: Path | None = None
    reporter: Reporter = Reporter()

    @property
    def pledges(self) -> tuple[Entry, ...]:
        """The lines without the unnamed rests of totals: the commitments that somebody told of."""
        return tuple(entry for entry in self.entries if not entry.is_rest)

    def parties(self) -> tuple[Party, ...]:
        """Every investor and recipient, each once, by name."""
        return parties_of(entry.pledge for entry in self.entries)


def parties_of(pledges: Iterable[Pledge]) -> tuple[Party, ...]:
    """Investors and recipients of pledges, each name once: with the Wikidata item where one of them has it."""
    found: dict[str, Party] = {}
    for pledge in pledges:
        for party in (*pledge.investors, *([pledge.recipient] if pledge.recipient is not None else [])):
            known = found.get(party.name)
            if known is None or _rank(party) > _rank(known):
                found[party.name] = party
    return tuple(found[name] for name in sorted(found))


def _rank(party: Party) -> tuple[bool, bool, str, str]:
    return (party.id is not None, party.kind.value != "unknown", party.kind.value, party.id or "")
