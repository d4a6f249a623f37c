"""Words for numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.lexicon.sections import Entry, Phrases, Table, merged, phrases, section, spelled, strings, text


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How a language writes numbers.

    `scan` tells how its words are found: "words" between blanks, "characters" anywhere, "chain" where one word
    follows another without a blank (Korean). `words` and `scales` go from value to spellings; `articles` mean one
    before a scale word only, `bare` scale words mean one of themselves, those of `bare_behind` behind a qualifier
    ("preko milijarde", else billions). With `mixed` a figure goes on behind a scale word ("2 bin 500"). `joined`
    links number words ("and"), `counts_with` always stands between a million and what is counted ("millions de"),
    which `nouns_have_capitals` tells where German writes it; `told_before` words lead back to a figure ("that"),
    `of` stands between a number and what is counted, `half_after` adds half of what went
    before, `vague` before a number word makes it no number ("several"). `endings` are written behind figures
    ("2-х"), `points` are said for the decimal mark. `rounded` words are numbers that mean about as many ("une
    centaine de"). `odd` words inside a number make it a minimum (多, 余).
    """

    decimal: str
    group: str
    scan: str
    compounds: bool
    linkers: tuple[str, ...]
    particles: tuple[str, ...]
    prefixes: tuple[str, ...]
    words: Phrases
    rounded: Phrases
    scales: Phrases
    articles: tuple[str, ...]
    bare: frozenset[str]
    bare_behind: frozenset[str]
    mixed: bool
    has_variants: bool
    joined: tuple[str, ...]
    counts_with: tuple[str, ...]
    nouns_have_capitals: bool
    told_before: tuple[str, ...]
    of: tuple[str, ...]
    half_after: tuple[str, ...]
    vague: tuple[str, ...]
    odd: tuple[str, ...]
    endings: tuple[str, ...]
    points: tuple[str, ...]
    ordinals: Phrases

    def entries(self) -> Iterator[Entry]:
        """What the term table holds of these words."""
        for label, several in self.words.items():
            for phrase in several:
                yield from spelled(phrase, "number", label, _value(label))
        for label, several in self.rounded.items():
            yield from ((phrase, "number", "about", _value(label)) for phrase in several)
        for label, several in self.scales.items():
            for phrase in several:
                how = "bare" if phrase in self.bare else "behind" if phrase in self.bare_behind else label
                yield from spelled(phrase, "scale", how, _value(label))
        yield from ((phrase, "article", "1", Decimal(1)) for phrase in self.articles)
        yield from ((phrase, "half_after", "0.5", Decimal("0.5")) for phrase in self.half_after)
        for sense, several in (
            ("joined", self.joined),
            ("of", self.of),
            ("vague", self.vague),
            ("ending", self.endings),
            ("point", self.points),
        ):
            yield from ((phrase, sense, "", None) for phrase in several)
        yield from ((phrase, "odd", "at_least", None) for phrase in self.odd)
        for label, several in self.ordinals.items():
            yield from ((phrase, "ordinal", label, None) for phrase in several)


def read_numbers(hand: Table, cldr: Table) -> NumberWords:
    """The section of the hand lexicon over CLDR's."""
    table = section(hand, "numbers")
    generated = section(cldr, "numbers")
    return NumberWords(
        decimal=text(table, "decimal", text(generated, "decimal", ".")),
        group=text(table, "group", text(generated, "group", ",")),
        scan=text(table, "scan", "words"),
        compounds=table.get("compounds") is True,
        linkers=strings(table, "linkers"),
        particles=strings(table, "particles"),
        prefixes=strings(table, "prefixes"),
        words=_normal(phrases(section(table, "words"))),
        rounded=_normal(phrases(section(table, "rounded"))),
        scales=merged(_normal(phrases(section(generated, "scales"))), _normal(phrases(section(table, "scales")))),
        articles=strings(table, "articles"),
        bare=frozenset(strings(table, "bare")),
        bare_behind=frozenset(strings(table, "bare_behind")),
        mixed=table.get("mixed") is True,
        has_variants=any("decimal" in section(hand, "variants", region) for region in section(hand, "variants")),
        joined=strings(table, "joined"),
        counts_with=strings(table, "counts_with"),
        nouns_have_capitals=table.get("nouns_have_capitals") is True,
        told_before=strings(table, "told_before"),
        of=strings(table, "of"),
        half_after=strings(table, "half_after"),
        vague=strings(table, "vague"),
        odd=strings(table, "odd"),
        endings=strings(table, "endings"),
        points=strings(table, "points"),
        ordinals=phrases(section(table, "ordinals")),
    )


def _normal(lists: Phrases) -> Phrases:
    """The lists under plain numbers: "1_000" and "1e3" become "1000"."""
    plain: dict[str, tuple[str, ...]] = {}
    for label, several in lists.items():
        key = f"{_value(label):f}"
        plain[key] = plain.get(key, ()) + several
    return plain


def _value(label: str) -> Decimal:
    return Decimal(label)
