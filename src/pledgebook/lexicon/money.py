"""Words for money and for how exact a figure is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pledgebook.lexicon.sections import Entry, Phrases, Table, entries, merged, phrases, section, spelled, strings
from pledgebook.lexicon.toml import read_toml


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """A language's words for currencies, and those around figures.

    `names` go from ISO 4217 code, or from a class of currencies such as "dollar", to names; `scaled` from "1e9 DKK"
    to words that are scale and currency in one ("mdkr"). `defaults` say which currency a class means in this
    language where no country tells. `qualifiers` stand before a figure, `qualifiers_after` behind it.
    `range_to` joins the ends of a range, `between` opens one whose ends `range_and` joins; `respective` joins two
    figures of two things ("3,0 respektive 1,7 miljarder"); `rising` before a figure says that "to" tells of a rise or
    fall, no range: always, or only where a word of `changes` is near (behind both figures in a language without words
    for "from"), in a language that lists any; `risen_to` are more words for such a "to". With `adjacent` two number
    words beside each other are the ends of a range. `restated` opens the
    same sum in other words. `behind_only` are names that mean something else before a figure (Czech "jen 300 lidí":
    only), `no_currency` longer phrases that begin like a currency ("złotych medali").
    """

    names: Phrases
    scaled: Phrases
    defaults: Mapping[str, str]
    qualifiers: Phrases
    qualifiers_after: Phrases
    fillers: tuple[str, ...]
    range_to: tuple[str, ...]
    between: tuple[str, ...]
    range_and: tuple[str, ...]
    respective: tuple[str, ...]
    rising: tuple[str, ...]
    risen_to: tuple[str, ...]
    restated: tuple[str, ...]
    changes: tuple[str, ...]
    adjacent: bool
    behind_only: tuple[str, ...]
    no_currency: tuple[str, ...]

    def entries(self) -> Iterator[Entry]:
        """What the term table holds of these words."""
        for label, several in self.names.items():
            for phrase in several:
                yield from spelled(phrase, "currency", label, None)
        for label, several in self.scaled.items():
            value, code = label.split()
            for phrase in several:
                yield from spelled(phrase, "scaled", code, Decimal(value))
        yield from entries(self.qualifiers, "qualifier")
        yield from entries(self.qualifiers_after, "qualifier_after")
        for sense, several in (
            ("filler", self.fillers),
            ("range_to", self.range_to),
            ("between", self.between),
            ("range_and", self.range_and),
            ("respective", self.respective),
            ("rising", self.rising),
            ("risen_to", self.risen_to),
            ("restated", self.restated),
            ("change", self.changes),
            ("behind_only", self.behind_only),
            ("no_currency", self.no_currency),
        ):
            yield from ((phrase, sense, "", None) for phrase in several)


@dataclass(frozen=True, slots=True)
class Currencies:
    """What is the same in every language: signs, codes, and the currencies of countries.

    `rough` says what one unit is worth in dollars, within a third or so over the years: enough to tell the same sum
    in another currency from another sum, and never used to convert. `lands` gives for each country its own money,
    `american_dollars` are regular expressions of what tells American dollars from a land's own.
    """

    signs: Phrases
    codes: frozenset[str]
    countries: Mapping[str, Mapping[str, str]]
    rough: Mapping[str, Decimal]
    lands: Mapping[str, str]
    american_dollars: tuple[str, ...]

    def entries(self) -> Iterator[Entry]:
        """What the term table holds of the signs."""
        yield from entries(self.signs, "sign")


@cache
def load_currencies() -> Currencies:
    """The currencies of world/currencies.toml."""
    source = files("pledgebook.lexicon").joinpath("world", "currencies.toml")
    table: Table = read_toml(source.read_text(encoding="utf-8"))
    return Currencies(
        signs=phrases(section(table, "signs")),
        codes=frozenset(strings(table, "codes")),
        american_dollars=tuple(strings(table, "american_dollars")),
        rough={code: Decimal(str(value)) for code, value in section(table, "rough").items()},
        lands={land: code for code in section(table, "lands") for land in strings(section(table, "lands"), code)},
        countries={
            name: {country: str(code) for country, code in section(table, "classes", name).items()}
            for name in section(table, "classes")
        },
    )


def _behind_sums(hand: Table) -> Iterator[str]:
    """The words for "respectively" that the language's cues have; those of a stem alone are no words of a sum."""
    yield from (word for word in strings(section(hand, "cues"), "respectively") if "*" not in word)


def read_money(hand: Table, cldr: Table) -> MoneyWords:
    """The section of the hand lexicon over CLDR's."""
    table = section(hand, "money")
    figures = section(hand, "qualifiers")
    ranges = section(hand, "ranges")
    return MoneyWords(
        names=merged(phrases(section(cldr, "money", "names")), phrases(section(table, "names"))),
        scaled=phrases(section(table, "scaled")),
        defaults={name: str(code) for name, code in section(table, "defaults").items()},
        qualifiers=phrases(section(figures, "before")),
        qualifiers_after=phrases(section(figures, "after")),
        fillers=strings(figures, "fillers"),
        range_to=strings(ranges, "to"),
        between=strings(ranges, "between"),
        range_and=strings(ranges, "and"),
        respective=tuple(dict.fromkeys((*strings(ranges, "respective"), *_behind_sums(hand)))),
        rising=strings(ranges, "rising"),
        risen_to=strings(ranges, "risen_to"),
        restated=strings(ranges, "restated"),
        changes=strings(ranges, "changes"),
        adjacent=ranges.get("adjacent") is True,
        behind_only=strings(table, "behind_only"),
        no_currency=strings(table, "no_currency"),
    )
