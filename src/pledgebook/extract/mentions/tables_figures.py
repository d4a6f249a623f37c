"""Bare numbers in tables: the head of their column says of what they are sums, or what they count."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pledgebook.domain import Mention, Span
from pledgebook.extract.mentions.money import find_money
from pledgebook.extract.mentions.quantities import find_quantities
from pledgebook.extract.mentions.tables import TAIL, Table
from pledgebook.lexicon.language import Language

_FIGURES = r"\d[\d.,' \u00a0\u202f]*"
_BARE = re.compile(rf"[~≈<>+]?\s?{_FIGURES}(?:\s?(?:[-–—]|[^\W\d_]{{1,3}})\s?{_FIGURES})?(?=\s?\*{{0,3}}$)")
_BRACKET = re.compile(r"[(（\[](.+)[)）\]]")
_MOST_UNIT_WORDS = 6


def column_sums(text: str, language: Language, tables: Iterable[Table], *, country: str | None = None) -> list[Mention]:
    r"""The bare numbers under a head that tells of what they are sums: "Investment (€m)".

    >>> from pledgebook.extract.mentions.tables import find_tables
    >>> from pledgebook.lexicon.language import load_language
    >>> text = "Who | Sum (€m)\nAcme | 120\nBolt | 80"
    >>> [m.amount.value for m in column_sums(text, load_language("en"), find_tables(text))]
    [Decimal('120000000'), Decimal('80000000')]
    """

    def sums(words: str) -> list[Mention]:
        return find_money(words, language, country=country)

    return [
        replace(mention, span=cell, score=0.8, reason="column", parts={"number": cell, "unit": head})
        for cell, head, mention in _read_columns(text, tables, sums, _units)
    ]


def column_counts(text: str, language: Language, tables: Iterable[Table]) -> list[Mention]:
    """The bare numbers under a head that tells what is counted: "Jobs"."""

    def counts(words: str) -> list[Mention]:
        return find_quantities(words, language)

    return [replace(mention, span=cell, parts={}) for cell, _, mention in _read_columns(text, tables, counts, _nouns)]


def _read_columns(
    text: str, tables: Iterable[Table], find: Callable[[str], list[Mention]], units: Callable[[str], Iterator[str]]
) -> Iterator[tuple[Span, Span, Mention]]:
    """The bare cells with their heads and what both together say."""
    for table in tables:
        for column, head in enumerate(table.head):
            unit = next((u for u in units(head.of(text)) if _read("1", u, find) is not None), None)
            if unit is None:
                continue
            for row in table.rows:
                bare = _BARE.match(text, row[column].start, row[column].end)
                mention = _read(bare.group().strip(), unit, find) if bare is not None else None
                if bare is not None and mention is not None:
                    yield Span(bare.start(), bare.start() + len(bare.group().strip())), head, mention


def _units(head: str) -> Iterator[str]:
    """What may be the unit in a column's head: what stands in brackets, or its last words."""
    bracket = _BRACKET.search(head)
    if bracket is not None:
        yield from _last_words(bracket[1])
    yield from _last_words(head)


def _last_words(words: str) -> Iterator[str]:
    several = words.split()
    yield from (" ".join(several[n:]) for n in range(max(0, len(several) - _MOST_UNIT_WORDS), len(several)))


def _nouns(head: str) -> Iterator[str]:
    yield TAIL.sub("", head).lower()
    yield head


def _read(number: str, unit: str, find: Callable[[str], list[Mention]]) -> Mention | None:
    """What a number says with its unit behind it or around it: "120 M€", "€120m", "Rs 120 crore"."""
    first, _, rest = unit.partition(" ")
    for words in (f"{number} {unit}", f"{number}{unit}", f"{unit[:1]}{number}{unit[1:]}", f"{first} {number} {rest}"):
        told = words.strip()
        found = find(told)
        if len(found) == 1 and found[0].span == Span(0, len(told)):
            return found[0]
    return None
