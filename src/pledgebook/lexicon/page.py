"""What pages say around their articles, and what tells languages apart."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pledgebook.lexicon.sections import section, strings


@dataclass(frozen=True, slots=True)
class PageWords:
    """The furniture of pages in one language, in lower case.

    `teaser` opens a line that advertises another article ("read also"), `block` is a line of its own above a list of
    such ("most read"), `banner` marks a line as advertising or as a menu, `abbreviations` end in a point that ends no
    sentence.
    """

    teaser: tuple[str, ...] = ()
    block: frozenset[str] = frozenset()
    banner: tuple[str, ...] = ()
    abbreviations: frozenset[str] = frozenset()


@cache
def load_page_words(code: str) -> PageWords:
    """The page words of a language and, as templates often stay English, those of English."""
    primary = code.split("-")[0].lower()
    words = [_read(primary)] + ([_read("en")] if primary != "en" else [])
    return PageWords(
        teaser=tuple(phrase for one in words for phrase in one.teaser),
        block=frozenset().union(*(one.block for one in words)),
        banner=tuple(phrase for one in words for phrase in one.banner),
        abbreviations=frozenset().union(*(one.abbreviations for one in words)),
    )


@cache
def _read(primary: str) -> PageWords:
    source = files("pledgebook.lexicon").joinpath("languages", f"{primary}.toml")
    if not primary.isalpha() or not source.is_file():
        return PageWords()
    table = section(tomllib.loads(source.read_text(encoding="utf-8")), "page")
    return PageWords(
        teaser=strings(table, "teaser"),
        block=frozenset(strings(table, "block")),
        banner=strings(table, "banner"),
        abbreviations=frozenset(strings(table, "abbreviations")),
    )


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Everyday words by language, and the blocks of characters that only one language uses."""

    words: Mapping[str, frozenset[str]]
    scripts: Mapping[str, tuple[tuple[int, int], ...]]


@cache
def load_common_words() -> CommonWords:
    """The table of everyday words of all languages."""
    source = files("pledgebook.lexicon").joinpath("world", "common_words.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    scripts = {}
    for code, ranges in data["scripts"].items():
        pairs = (part.split("-") for part in ranges)
        scripts[code] = tuple((int(low, 16), int(high, 16)) for low, high in pairs)
    return CommonWords({code: frozenset(words.split()) for code, words in data["words"].items()}, scripts)
