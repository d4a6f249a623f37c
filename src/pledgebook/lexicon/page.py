"""What pages say around their articles, and what tells languages apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pledgebook.lexicon.sections import read_table, section, strings
from pledgebook.lexicon.toml import read_toml


@dataclass(frozen=True, slots=True)
class PageWords:
    """The furniture of pages in one language, in lower case.

    `teaser` opens a line that advertises another article ("read also"), `block` is a line of its own above a list of
    such ("most read"), `banner` marks a line as advertising or as a menu, `abbreviations` end in a point that ends no
    sentence. A letter behind a word of `lettered` does end one: "a Series B. The round"; so do names of money in
    `closing` before a capital: "2 млрд грн. Компанія".
    """

    teaser: tuple[str, ...] = ()
    block: frozenset[str] = frozenset()
    banner: tuple[str, ...] = ()
    abbreviations: frozenset[str] = frozenset()
    lettered: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()


@cache
def load_page_words(code: str) -> PageWords:
    """The page words of a language and, as templates often stay English, those of English."""
    primary = code.split("-", maxsplit=1)[0].lower()
    words = [_read(primary)] + ([_read("en")] if primary != "en" else [])
    return PageWords(
        teaser=tuple(phrase for one in words for phrase in one.teaser),
        block=frozenset().union(*(one.block for one in words)),
        banner=tuple(phrase for one in words for phrase in one.banner),
        abbreviations=frozenset().union(*(one.abbreviations for one in words)),
        lettered=frozenset().union(*(one.lettered for one in words)),
        closing=frozenset().union(*(one.closing for one in words)),
    )


@cache
def _read(primary: str) -> PageWords:
    table = section(read_table("languages", primary) or {}, "page")
    return PageWords(
        teaser=strings(table, "teaser"),
        block=frozenset(strings(table, "block")),
        banner=strings(table, "banner"),
        abbreviations=frozenset(strings(table, "abbreviations")),
        lettered=frozenset(strings(table, "lettered")),
        closing=frozenset(strings(table, "closing")),
    )


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """How templates name the parts of a page that are no article.

    `around` and the `pairs` of words mark what may hold the article all the same, `never` what never does; `adverts`
    stand in a short line for the place of an advert.
    """

    around: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    never: frozenset[str]
    adverts: frozenset[str]


@cache
def load_template_words() -> TemplateWords:
    """The table of the words that templates use."""
    source = files("pledgebook.lexicon").joinpath("world", "templates.toml")
    data = read_toml(source.read_text(encoding="utf-8"))
    markup = data["markup"]
    pairs = [pair.split() for pair in markup["around_pairs"]]
    return TemplateWords(
        around=frozenset(markup["around"].split()),
        pairs=frozenset((first, second) for first, second in pairs),
        never=frozenset(markup["never"].split()),
        adverts=frozenset(data["advert"]["words"].split()),
    )


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of writing the language `of`: it has more of the characters `marks` than of those `against` it."""

    code: str
    of: str
    marks: frozenset[str]
    against: frozenset[str]


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Everyday words and letters by language, the blocks of characters that only one uses, and ways of writing one."""

    words: Mapping[str, frozenset[str]]
    letters: Mapping[str, frozenset[str]]
    scripts: Mapping[str, tuple[tuple[int, int], ...]]
    variants: tuple[Variant, ...]


@cache
def load_common_words() -> CommonWords:
    """The table of everyday words of all languages."""
    source = files("pledgebook.lexicon").joinpath("world", "common_words.toml")
    data = read_toml(source.read_text(encoding="utf-8"))
    scripts = {}
    for code, ranges in data["scripts"].items():
        pairs = (part.split("-") for part in ranges)
        scripts[code] = tuple((int(low, 16), int(high, 16)) for low, high in pairs)
    variants = []
    for code, entry in data["variants"].items():
        marks, against = frozenset(entry["marks"]), frozenset(entry["against"])
        variants.append(Variant(code, entry["of"], marks - against, against - marks))
    words = {code: frozenset(words.split()) for code, words in data["words"].items()}
    letters = {code: frozenset(letters) for code, letters in data["letters"].items()}
    return CommonWords(words, letters, scripts, tuple(variants))
