"""Countries, regions of the world, and towns, by the names that a language has for them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pledgebook.domain import LexiconError
from pledgebook.lexicon.names import base_language, skeleton

# UN M49 regions that CLDR names, and the code that a claim gives them.
REGIONS: Mapping[str, str] = {
    **dict.fromkeys(("001",), "001"),
    **dict.fromkeys(("150", "151", "154", "155", "039"), "150"),
    **dict.fromkeys(("142", "030", "034", "035", "143", "145"), "142"),
    **dict.fromkeys(("002", "011", "014", "015", "017", "018", "202"), "002"),
    **dict.fromkeys(("019", "003", "005", "013", "021", "419"), "019"),
    "EU": "EU",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region or town: its code, and for what is no country its name and GeoNames id.

    `people` is the population of a town, 0 where it is not known. `needs_context` marks names that are common words
    or people's names too.
    """

    code: str
    name: str | None = None
    geonames: int | None = None
    people: int = 0
    needs_context: bool = False


@dataclass(frozen=True, slots=True)
class Endings:
    """How words end in a language when they are inflected: endings by their last letter, with what to put instead."""

    by_last: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def bases(self, word: str) -> Iterator[str]:
        """The words that `word` may be a form of, itself not among them."""
        for ending, instead in self.by_last.get(word[-1:], ()):
            if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 3:
                yield word[: len(word) - len(ending)] + instead


@dataclass(frozen=True, slots=True)
class NameWords:
    """What a language does to names and says around them, from lexicon/world/names/<code>.toml."""

    code: str
    endings: Endings
    prefixes: tuple[str, ...]
    countries: Mapping[str, str]
    adjectives: Mapping[str, str]
    words: Mapping[str, frozenset[str]]


def _world() -> Traversable:
    return files("pledgebook.lexicon") / "world"


def split_names(line: str) -> list[str]:
    """The names that a data line holds, parted by bars."""
    return [name.strip() for name in line.split("|") if name.strip()]


@cache
def load_name_words(language: str) -> NameWords:
    """The words around names in a language; empty where the language has no file."""
    code = base_language(language)
    source = _world() / "names" / f"{code}.toml"
    if not source.is_file():
        return NameWords(code, Endings(), (), {}, {}, {})
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    by_last: dict[str, list[tuple[str, str]]] = {}
    for entry in table.get("endings", "").split():
        ending, arrow, instead = skeleton(entry).partition(">")
        if not arrow or not ending:
            raise LexiconError(f"names/{code}.toml", f"ending {entry!r}", "Write ending>instead.")
        by_last.setdefault(ending[-1], []).append((ending, instead))
    endings = Endings({last: tuple(several) for last, several in by_last.items()})
    words = {
        label: frozenset(skeleton(name) for name in split_names(line)) for label, line in table.get("words", {}).items()
    }
    prefixes = tuple(table.get("prefixes", "").split())
    return NameWords(code, endings, prefixes, table.get("countries", {}), table.get("adjectives", {}), words)


@dataclass(frozen=True, slots=True)
class Countries:
    """The names of countries and regions in one language, and the adjectives made of them.

    `adjectives` are stems by their first letters; a stem may be followed by up to `SUFFIX` letters.
    """

    names: dict[str, Place]
    adjectives: dict[str, tuple[tuple[str, str, bool], ...]]


HEAD = 3
SUFFIX = 6


@cache
def load_countries(language: str) -> Countries:
    """The countries and regions by their names in a language.

    >>> load_countries("nl").names["spanje"].code
    'ES'
    """
    code = base_language(language)
    names: dict[str, Place] = {}
    stems: dict[str, list[tuple[str, str, bool]]] = {}
    words = load_name_words(code)
    for target, line in words.countries.items():
        for name in split_names(line):
            names[skeleton(name.removeprefix("?"))] = Place(REGIONS.get(target, target), needs_context=name[0] == "?")
    for target, name in _territories(code):
        names.setdefault(skeleton(name), Place(REGIONS.get(target, target)))
    for target, line in words.adjectives.items():
        for name in split_names(line):
            stem = skeleton(name.removesuffix("*"))
            stems.setdefault(stem[:HEAD], []).append((stem, REGIONS.get(target, target), name.endswith("*")))
    adjectives = {head: tuple(sorted(several, key=lambda s: -len(s[0]))) for head, several in stems.items()}
    return Countries(names, adjectives)


def _territories(code: str) -> Iterator[tuple[str, str]]:
    source = _world() / "territories" / f"{code}.tsv"
    if not source.is_file():
        source = _world() / "territories" / "en.tsv"
    for line in source.read_text(encoding="utf-8").splitlines():
        target, tab, name = line.partition("\t")
        if tab and "/" not in target:
            yield target, name
