"""Every language's phrase table: values with ways to say them, and what must not match.

In a table, words outside of vertical bars are context; without bars the whole phrase must be read. Dates are read
as of Monday 10 June 2024.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pledgebook.domain import Interval, Mention, Qualifier, Span
from pledgebook.extract.mentions.dates import find_dates
from pledgebook.extract.mentions.money import find_money
from pledgebook.extract.mentions.quantities import find_quantities

TABLES = Path(__file__).parents[2] / "phrases"
PUBLISHED = Interval.day(date(2024, 6, 10))
_UNDERSCORE = re.compile(r"(?<=\d)_(?=\d)")


def _cases(section: str) -> Iterator[tuple[str, str, str]]:
    for path in sorted(TABLES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for value, phrases in table.get(section, {}).items():
            for phrase in phrases:
                yield path.stem, value, phrase


def _split(phrase: str) -> tuple[str, Span]:
    before, bar, rest = phrase.partition("|")
    if not bar:
        return phrase, Span(0, len(phrase))
    inner, _, after = rest.partition("|")
    return before + inner + after, Span(len(before), len(before) + len(inner))


def _covered(mention: Mention) -> Span:
    spans = [mention.span, *(mention.parts[name] for name in ("qualifier", "also", "edge") if name in mention.parts)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _same_words(text: str, found: Span, wanted: Span) -> bool:
    """Whether both cover the same words, but for brackets and marks at the ends."""
    low, high = min(found.start, wanted.start), max(found.end, wanted.end)
    edges = text[low : max(found.start, wanted.start)] + text[min(found.end, wanted.end) : high]
    return not any(char.isalnum() for char in edges)


def _money(mention: Mention) -> str:
    amount = mention.amount
    assert amount is not None
    top = f"-{amount.value_max:f}" if amount.value_max is not None else ""
    also = "".join(f" = {money.value:f} {money.currency}" for money in amount.also)
    qualifier = f" {amount.qualifier.value}" if amount.qualifier not in {Qualifier.EXACT, Qualifier.RANGE} else ""
    return f"{amount.value:f}{top} {amount.currency}{qualifier}{also}{' damaged' if mention.damaged else ''}"


def _quantity(mention: Mention) -> str:
    thing = mention.deliverable
    assert thing is not None
    top = f"-{thing.count_max:f}" if thing.count_max is not None else ""
    qualifier = f" {thing.qualifier.value}" if thing.qualifier not in {Qualifier.EXACT, Qualifier.RANGE} else ""
    return f"{thing.count:f}{top} {thing.kind.value}{qualifier}"


def _date(mention: Mention) -> str:
    reading = mention.reading
    assert reading is not None
    days = reading.interval
    return f"{reading.edge} {days.earliest}" + ("" if days.is_day else f"..{days.latest}")


@pytest.mark.parametrize(("code", "value", "phrase"), _cases("money"))
def test_money(code: str, value: str, phrase: str) -> None:
    text, wanted = _split(phrase)
    found = find_money(text, code)
    assert [_money(mention) for mention in found] == [_UNDERSCORE.sub("", value)]
    assert _same_words(text, _covered(found[0]), wanted), text[_covered(found[0]).start : _covered(found[0]).end]


@pytest.mark.parametrize(("code", "value", "phrase"), _cases("quantities"))
def test_quantities(code: str, value: str, phrase: str) -> None:
    text, _ = _split(phrase)
    assert [_quantity(mention) for mention in find_quantities(text, code)] == [_UNDERSCORE.sub("", value)]


@pytest.mark.parametrize(("code", "value", "phrase"), _cases("dates"))
def test_dates(code: str, value: str, phrase: str) -> None:
    text, _ = _split(phrase)
    assert value in [_date(mention) for mention in find_dates(text, code, published=PUBLISHED)]


def _nothing(name: str) -> Iterator[tuple[str, str]]:
    for code, section, phrase in _cases("nothing"):
        if section == name:
            yield code, phrase


@pytest.mark.parametrize(("code", "phrase"), _nothing("money"))
def test_no_money(code: str, phrase: str) -> None:
    assert [_money(mention) for mention in find_money(phrase, code)] == []


@pytest.mark.parametrize(("code", "phrase"), _nothing("quantities"))
def test_no_quantity(code: str, phrase: str) -> None:
    assert [_quantity(mention) for mention in find_quantities(phrase, code)] == []


@pytest.mark.parametrize(("code", "phrase"), _nothing("dates"))
def test_no_date(code: str, phrase: str) -> None:
    assert [_date(mention) for mention in find_dates(phrase, code, published=PUBLISHED)] == []


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.toml")), ids=lambda path: path.stem)
def test_amounts_are_exact_decimals(path: Path) -> None:
    for value in tomllib.loads(path.read_text(encoding="utf-8"))["money"]:
        assert Decimal(value.split(" ", maxsplit=1)[0].split("-", maxsplit=1)[0].replace("_", "")) > 0
