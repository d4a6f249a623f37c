"""Words for what is counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.lexicon.sections import Entry, Phrases, Table, entries, merged, phrases, section, strings

_POWER: Phrases = {"1": ("MW", "MWe", "megawatt*"), "1000": ("GW", "GWe", "gigawatt*"), "0.001": ("kW",)}


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """A language's words for things that are promised by number.

    `nouns` go from what is counted to its names; "people" are nobody's deliverable until a `context` says what
    becomes of them ("trained", "hired"); who is listed under jobs as well ("workers") is trained where that is said.
    `one` are singular forms that mean one thing when an article of `indefinite` precedes them, or by themselves where
    `one_alone` is set; `two` are duals, which say that there are two; plurals mean one behind `one_of` ("one of its
    labs"), and an agent beside ("operator") means none. `power` goes from megawatts to units. `counters` may stand
    between figure and noun or, with `before`, behind a figure that follows its noun. `not_counted` ends the search
    for a noun behind a figure ("percent", "years").
    """

    nouns: Phrases
    one: Phrases
    two: Phrases
    one_alone: bool
    indefinite: tuple[str, ...]
    definite: tuple[str, ...]
    one_of: tuple[str, ...]
    agents: tuple[str, ...]
    counters: tuple[str, ...]
    power: Phrases
    context: Phrases
    not_counted: tuple[str, ...]
    before: bool

    def entries(self) -> Iterator[Entry]:
        """What the term table holds of these words."""
        yield from entries(self.nouns, "count")
        both = set(self.nouns.get("jobs", ())) & set(self.nouns.get("people", ()))
        yield from ((phrase, "people", "", None) for phrase in sorted(both))
        yield from entries(self.one, "one")
        yield from entries(self.two, "two")
        yield from entries(self.context, "context")
        for label, several in self.power.items():
            yield from ((phrase, "power", label, Decimal(label)) for phrase in several)
        for sense, several in (
            ("indefinite", self.indefinite),
            ("definite", self.definite),
            ("one_of", self.one_of),
            ("agent", self.agents),
            ("counter", self.counters),
            ("not_counted", self.not_counted),
        ):
            yield from ((phrase, sense, "", None) for phrase in several)


def read_quantities(hand: Table) -> QuantityWords:
    """The section of the hand lexicon."""
    table = section(hand, "quantities")
    return QuantityWords(
        nouns=phrases(section(table, "nouns")),
        one=phrases(section(table, "one")),
        two=phrases(section(table, "two")),
        one_alone=table.get("one_alone") is True,
        indefinite=strings(table, "indefinite"),
        definite=strings(table, "definite"),
        one_of=strings(table, "one_of"),
        agents=strings(table, "agents"),
        counters=strings(table, "counters"),
        power=merged(_POWER, phrases(section(table, "power"))),
        context=phrases(section(table, "context")),
        not_counted=strings(table, "not_counted"),
        before=table.get("before") is True,
    )
