"""One language's words, from its files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from pledgebook.lexicon.dates import DateWords, read_dates
from pledgebook.lexicon.money import MoneyWords, load_currencies, read_money
from pledgebook.lexicon.numbers import NumberWords, read_numbers
from pledgebook.lexicon.quantities import QuantityWords, read_quantities
from pledgebook.lexicon.sections import Entry, Phrases, Table, phrases, read_table, section, strings, text
from pledgebook.lexicon.terms import TermTable

_FALLBACK = "en"
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}


@dataclass(frozen=True, eq=False)
class Language:
    """What is known of a language: typed sections, plain ones, and the table that finds their words in a text.

    `cues` and `purposes` go from label to phrases in the notation of PhraseMatcher; `locals` has the words of the
    cues for a government that mean the one of a "region", or of a "state" where a country has several; `columns` has
    the heads of columns and lines of facts that tell "who" pays or is "given" money; `flow` has words that tell which
    way money goes: what one does who "takes" or "gives", what marks whom it is "from" and "to", and those for "anyone",
    investors without a name; `shares` go from "1/3" to words for a third of a sum, from "1" to those for as much again;
    `territories` go from ISO 3166-1 or UN M49 code to the name in this language. `homes` are the countries that its
    newsrooms write in, the ones with most of them first; `country` is the one that a region in the code names, `likely`
    the one that a script in it makes likely ("zh-Hant").
    `is_known` is False for a language that has no file of its own.
    """

    code: str
    numbers: NumberWords
    money: MoneyWords
    dates: DateWords
    quantities: QuantityWords
    cues: Phrases = field(default_factory=dict)
    purposes: Phrases = field(default_factory=dict)
    locals: Phrases = field(default_factory=dict)
    columns: Phrases = field(default_factory=dict)
    flow: Phrases = field(default_factory=dict)
    shares: Phrases = field(default_factory=dict)
    territories: Mapping[str, str] = field(default_factory=dict)
    homes: tuple[str, ...] = ()
    country: str | None = None
    likely: str | None = None
    is_known: bool = True

    @property
    def terms(self) -> TermTable:
        """The table of its words for figures, money, days and what is counted; made when it is first asked for."""
        return _terms(self.code)


def load_language(code: str) -> Language:
    """The language that a BCP 47 code names, regional habits included ("es-MX"); English words where none is known.

    >>> load_language("pt-BR").code, load_language("nn").code, load_language("xx").is_known
    ('pt', 'nb', False)
    """
    parts = re.split(r"[-_]", code.strip()) or [""]
    primary = _SAME.get(parts[0].lower(), parts[0].lower())
    region = next((part.upper() for part in parts[1:] if len(part) == 2), None)
    script = next((part.title() for part in parts[1:] if len(part) == 4), None)
    if region is None and script is not None:
        return _written(primary, script)
    return _load(primary, region)


@cache
def _written(primary: str, script: str) -> Language:
    """A language in a script that is at home in one country, by the table "scripts" of its file."""
    likely = text(section(read_table("languages", primary) or {}, "scripts"), script, "")
    base = _load(primary, None)
    return replace(base, likely=likely) if likely else base


@cache
def _load(primary: str, region: str | None) -> Language:
    hand = read_table("languages", primary)
    if hand is None:
        return replace(_load(_FALLBACK, None), is_known=False)
    if region is not None:
        base = _load(primary, None)
        return _regional(base, region, section(hand, "variants", region))
    cldr = read_table("cldr", primary) or {}
    return Language(
        code=primary,
        numbers=read_numbers(hand, cldr),
        money=read_money(hand, cldr),
        dates=read_dates(hand, cldr),
        quantities=read_quantities(hand),
        cues=phrases(section(hand, "cues")),
        purposes=phrases(section(hand, "purposes")),
        locals=phrases(section(hand, "locals")),
        columns=phrases(section(hand, "columns")),
        flow=phrases(section(hand, "flow")),
        shares=phrases(section(hand, "shares")),
        territories={key: str(name) for key, name in section(cldr, "territories").items()},
        homes=strings(hand, "homes"),
    )


def _regional(base: Language, region: str, variant: Table) -> Language:
    numbers = replace(
        base.numbers,
        decimal=text(variant, "decimal", base.numbers.decimal),
        group=text(variant, "group", base.numbers.group),
    )
    dates = replace(base.dates, month_first=variant.get("month_first", base.dates.month_first) is True)
    return replace(base, numbers=numbers, dates=dates, country=region)


@cache
def _terms(code: str) -> TermTable:
    language = _load(code, None)
    numbers = language.numbers
    return TermTable(
        _entries(language),
        particles=numbers.particles,
        prefixes=numbers.prefixes,
        by_character=numbers.scan != "words",
        compounds=numbers.compounds,
        linkers=numbers.linkers,
    )


def _entries(language: Language) -> Iterator[Entry]:
    yield from language.numbers.entries()
    yield from language.money.entries()
    yield from language.quantities.entries()
    yield from language.dates.entries()
    yield from load_currencies().entries()
