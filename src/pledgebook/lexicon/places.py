"""Countries, regions of the world, and towns, by the names that a language has for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pledgebook.domain import LexiconError
from pledgebook.lexicon.matcher import MARKS
from pledgebook.lexicon.names import base_language, skeleton
from pledgebook.lexicon.toml import read_toml

# UN M49 regions that CLDR names, and the code that a claim gives them.
REGIONS: Mapping[str, str] = {
    **dict.fromkeys(("001",), "001"),
    **dict.fromkeys(("150", "151", "154", "155", "039"), "150"),
    **dict.fromkeys(("142", "030", "034", "035", "143", "145"), "142"),
    **dict.fromkeys(("002", "011", "014", "015", "017", "018", "202"), "002"),
    **dict.fromkeys(("019", "003", "005", "013", "021", "419"), "019"),
    "EU": "EU",
}


# What ends the code of a region where the line names a town in it.
_IN_REGION = "+"
_BETWEEN = re.compile(rf"[^\w&{MARKS}]+")
HEAD = 3
CODE = 3
SUFFIX = 6
_REGION_PEOPLE = 5_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region or town: its code, and for what is no country its name and GeoNames id.

    `people` is the population of a town, 0 where it is not known. `needs_context` marks names that are common words
    or people's names too, `is_town` a town that the table of regions names.
    """

    code: str
    name: str | None = None
    geonames: int | None = None
    people: int = 0
    needs_context: bool = False
    is_town: bool = False


@dataclass(frozen=True, slots=True)
class Endings:
    """How words end in a language when they are inflected: for each ending what to put instead.

    The flag beside it says that the ending means "there" or "to there". `lengths` are those of the endings.
    """

    instead: Mapping[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.instead)

    def bases(self, word: str) -> list[tuple[str, bool]]:
        """The words that `word` may be a form of, itself not among them, each with whether the form says "there"."""
        found: list[tuple[str, bool]] = []
        for length in self.lengths:
            for instead, is_there in self.instead.get(word[-length:], ()):
                base = word[:-length] + instead
                # "KT와": letters of another script than the ending's are a name, however few.
                if len(base) >= 3 or (len(base) == 2 and not word.isascii()):
                    found.append((base, is_there))
        return found

    def is_locative(self, ending: str) -> bool:
        """Whether `ending` alone, written apart from the name, says that something is there."""
        return any(there for _, there in self.instead.get(ending, ()))


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of one kind, and the beginnings of words ("rząd*") that count as them."""

    whole: frozenset[str] = frozenset()
    stems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # The first letters of all words.
    heads: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", frozenset(word[:HEAD] for word in (*self.whole, *self.stems)))

    @classmethod
    def of(cls, line: str) -> "WordList":
        """The words of a data line; a star at the end of one stands for the rest of the word."""
        names = [skeleton(name) for name in split_names(line)]
        stems: dict[str, tuple[str, ...]] = {}
        for name in names:
            if name.endswith("*"):
                stems[name[:HEAD]] = (*stems.get(name[:HEAD], ()), name[:-1])
        return cls(frozenset(name for name in names if not name.endswith("*")), stems)

    def __contains__(self, word: str) -> bool:
        return word in self.whole or (bool(self.stems) and word.startswith(self.stems.get(word[:HEAD], ("\0",))))

    def __bool__(self) -> bool:
        return bool(self.whole or self.stems)


_NO_WORDS = WordList()


@dataclass(frozen=True, slots=True)
class NameWords:
    """What a language does to names and says around them, from lexicon/world/names/<code>.toml.

    `home` is the country whose government is meant where the text only says "the government", None where the
    language has several. `prefixes` are letters written together with the following name. `verb_first` says that
    whoever acts stands behind the verb, `articles_lead` that only a name may act without an article.
    `region_adjectives` go from a country's code and a region's English name ("DE Bavaria") to the adjectives made
    of the region, `town_adjectives` likewise to those made of towns, `regions` to the names that the language
    itself has for a region or town. `town_endings` are the endings of such adjectives where a language makes them
    of every town, and what to put instead ("er>"). `tells` has, by country, words that only its papers use: of two
    towns of one name theirs is meant. `lookalikes` has the spellings of words of action that only accents tell from
    other words. Where marks tell words apart throughout (Vietnamese "Nam" and "năm"), `spelt` has by label and
    skeleton how the words are written. `there` are endings that only marks tell from those of the bare name, and
    say that something is there: Latvian "Spānijā" and "Spānija". `lone_endings` are what names end with, and what
    they end with in their base form, where it is told by one form alone: Finnish "Kuuvuorelta" is of Kuuvuori.
    """

    code: str
    script: str
    home: str | None
    endings: Endings
    prefixes: frozenset[str]
    nouns_have_capitals: bool
    verb_first: bool
    articles_lead: bool
    adjectives_have_capitals: bool
    adjective_ending: str
    countries: Mapping[str, str]
    adjectives: Mapping[str, str]
    region_adjectives: Mapping[str, str]
    town_adjectives: Mapping[str, str]
    lists: Mapping[str, WordList]
    regions: Mapping[str, str] = field(default_factory=dict)
    tells: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lookalikes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    town_endings: Endings = Endings()
    spelt: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    there: tuple[str, ...] = ()
    lone_endings: Mapping[str, str] = field(default_factory=dict)

    def has(self, label: str, word: str, written: str) -> bool:
        """Whether the skeleton `word`, in full `written`, is one of the words of one kind.

        >>> vietnamese = load_name_words("vi")
        >>> vietnamese.has("not_names", "nam", "Năm"), vietnamese.has("not_names", "nam", "Nam")
        (True, False)
        """
        if word not in self.words(label):
            return False
        spelt = self.spelt.get(label, {}).get(word)
        return spelt is None or written.lower() in spelt

    def is_action(self, word: str, written: str) -> bool:
        """Whether the skeleton `word`, in full `written`, is a word of action ("say").

        Accents tell it from other words: a Portuguese "é" acts, "e" only joins.

        >>> portuguese = load_name_words("pt")
        >>> portuguese.is_action("e", "é"), portuguese.is_action("e", "e")
        (True, False)
        """
        if word not in self.words("say"):
            return False
        return word not in self.lookalikes or written.lower() in self.lookalikes[word]

    def words(self, label: str) -> WordList:
        """The words of one kind; none where the language has no such list."""
        return self.lists.get(label, _NO_WORDS)


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
    table = read_toml(source.read_text(encoding="utf-8")) if source.is_file() else {}
    return NameWords(
        code=code,
        script=table.get("script", "latn"),
        home=table.get("home"),
        endings=_endings(table.get("endings", ""), code),
        town_endings=_endings(table.get("town_endings", ""), code),
        prefixes=frozenset(map(skeleton, table.get("prefixes", "").split())),
        nouns_have_capitals=table.get("nouns_have_capitals", False),
        verb_first=table.get("verb_first", False),
        articles_lead=table.get("articles_lead", False),
        adjectives_have_capitals=table.get("adjectives_have_capitals", False),
        adjective_ending=table.get("adjective_ending", ""),
        countries=table.get("countries", {}),
        adjectives=table.get("adjectives", {}),
        region_adjectives=table.get("region_adjectives", {}),
        town_adjectives=table.get("town_adjectives", {}),
        lists={label: WordList.of(line) for label, line in table.get("words", {}).items()},
        regions=table.get("regions", {}),
        tells={country: WordList.of(line).whole for country, line in table.get("tells", {}).items()},
        lookalikes=_lookalikes(table.get("words", {})),
        spelt=_spelt(table.get("words", {})) if table.get("marks_tell", False) else {},
        there=tuple(table.get("there", "").split()),
        lone_endings=dict(entry.split(">", 1) for entry in table.get("lone_endings", "").split()),
    )


def _endings(line: str, code: str) -> Endings:
    instead_of: dict[str, tuple[tuple[str, bool], ...]] = {}
    for entry in line.split():
        ending, arrow, instead = skeleton(entry.removesuffix("!")).partition(">")
        if not arrow or not ending:
            raise LexiconError(f"names/{code}.toml", f"ending {entry!r}", "Write ending>instead.")
        instead_of[ending] = (*instead_of.get(ending, ()), (instead, entry.endswith("!")))
    return Endings(instead_of, tuple(sorted(set(map(len, instead_of)))))


def _lookalikes(lists: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The words of action by their skeleton that only accents tell from words of other lists."""
    acts: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for label, line in lists.items():
        for name in split_names(line):
            spelt = acts if label == "say" else others
            spelt.setdefault(skeleton(name), set()).add(name.lower())
    return {key: frozenset(names) for key, names in acts.items() if others.get(key, set()) - names}


def _spelt(lists: Mapping[str, str]) -> dict[str, dict[str, frozenset[str]]]:
    """By label the words by their skeleton, as they are written."""
    spelt: dict[str, dict[str, frozenset[str]]] = {}
    for label, line in lists.items():
        forms = spelt[label] = {}
        for name in split_names(line):
            key = skeleton(name)
            forms[key] = forms.get(key, frozenset()) | {name.lower()}
    return spelt


@cache
def given_names() -> frozenset[str]:
    """Common given names of many countries, as skeletons.

    >>> "bjorn" in given_names()
    True
    """
    lines = (_world() / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(skeleton(name) for line in lines if not line.startswith("#") for name in line.split())


@dataclass(frozen=True, slots=True)
class Countries:
    """The names of countries and regions in one language, and the adjectives made of them.

    `adjectives` are stems by their first letters; a stem may be followed by up to `SUFFIX` letters. `starts` holds
    the first two characters of names with the lengths of the names that begin so, for scripts without blanks;
    `heads` the first words of names and adjectives of several words. `rivals` are regions elsewhere that share the
    name of a country ("Georgia"). `regions` are the stems of adjectives made of regions ("bayerisch"), `towns` of those
    made of towns ("львівськ"). `short` are names as short as codes that the language writes in small letters ("Usa").
    """

    names: dict[str, Place]
    adjectives: dict[str, tuple[tuple[str, str, bool], ...]]
    starts: dict[str, tuple[int, ...]]
    heads: frozenset[str]
    rivals: dict[str, Place]
    regions: dict[str, tuple[tuple[str, Place, bool], ...]]
    towns: dict[str, tuple[tuple[str, Place, bool], ...]]
    short: frozenset[str]

    def adjective(self, word: str) -> str | None:
        """The country that the adjective `word` speaks of."""
        for stem, code, is_open in self.adjectives.get(word[:HEAD], ()):
            if word == stem or (is_open and word.startswith(stem) and len(word) - len(stem) <= SUFFIX):
                return code
        return None

    def is_whole_adjective(self, word: str) -> bool:
        """Whether a word is an adjective in full, not by a stem that goes on: what may look like a name's ending."""
        return any(word == stem and not is_open for stem, _, is_open in self.adjectives.get(word[:HEAD], ()))

    def region_adjective(self, word: str) -> Place | None:
        """The region that the adjective `word` speaks of.

        >>> load_countries("de").region_adjective("bayerische").name
        'Bavaria'
        """
        return _made(word, self.regions)

    def town_adjective(self, word: str) -> Place | None:
        """The town that the adjective `word` speaks of.

        >>> load_countries("uk").town_adjective("львівська").name
        'Lviv'
        """
        return _made(word, self.towns)


def _made(word: str, stems: Mapping[str, tuple[tuple[str, Place, bool], ...]]) -> Place | None:
    for stem, place, is_open in stems.get(word[:HEAD], ()):
        if word == stem or (is_open and word.startswith(stem) and len(word) - len(stem) <= SUFFIX):
            return place
    return None


@cache
def load_countries(language: str) -> Countries:
    """The countries and regions by their names in a language.

    >>> load_countries("nl").names["spanje"].code
    'ES'
    """
    code = base_language(language)
    stems: dict[str, list[tuple[str, str, bool]]] = {}
    words = load_name_words(code)
    names = _own_names(words)
    for target, name in _territories(code):
        names.setdefault(skeleton(name), Place(REGIONS.get(target, target)))
    rivals: dict[str, Place] = {}
    for place, several in _regions(words.script):
        for name in several:
            here = names.setdefault(skeleton(name), place)
            if here.name is None and here.code != place.code:
                rivals[here.code] = place
    for target, line in words.adjectives.items():
        for name in split_names(line):
            stem = skeleton(name.removesuffix("*"))
            stems.setdefault(stem[:HEAD], []).append((stem, REGIONS.get(target, target), name.endswith("*")))
    for name, place in names.items() if words.adjective_ending else ():
        stems.setdefault(name[:HEAD], []).append((name + words.adjective_ending, place.code, False))
    adjectives = {head: tuple(sorted(several, key=lambda s: -len(s[0]))) for head, several in stems.items()}
    stems_of_several = (stem for several in adjectives.values() for stem, _, _ in several)
    return Countries(
        names,
        adjectives,
        starts_of(names),
        heads_of([*names, *stems_of_several]),
        rivals,
        _made_of(words.region_adjectives),
        _made_of(words.town_adjectives),
        _short_names(words),
    )


def _short_names(words: NameWords) -> frozenset[str]:
    """The short names that a language writes with one capital; none where marks tell words apart (Vietnamese "Anh")."""
    lines = () if words.spelt else (*words.countries.values(), *words.regions.values())
    several = (name for line in lines for name in split_names(line))
    return frozenset(name for name in several if len(name) <= CODE and name.istitle())


def _own_names(words: NameWords) -> dict[str, Place]:
    """The countries and regions that a language has a name of its own for."""
    names: dict[str, Place] = {}
    for target, line in words.countries.items():
        for name in split_names(line):
            names[skeleton(name.removeprefix("?"))] = Place(REGIONS.get(target, target), needs_context=name[0] == "?")
    for target, line in words.regions.items():
        for name in split_names(line):
            place = Place(target[:2], target[3:].removesuffix(_IN_REGION), people=_REGION_PEOPLE)
            names.setdefault(skeleton(name), replace(place, is_town=target.endswith(_IN_REGION)))
    return names


def _made_of(places: Mapping[str, str]) -> dict[str, tuple[tuple[str, Place, bool], ...]]:
    """The adjectives made of regions or towns, as stems by their first letters."""
    stems: dict[str, tuple[tuple[str, Place, bool], ...]] = {}
    for target, line in places.items():
        place = Place(target[:2], target[3:])
        for name in split_names(line):
            stem = skeleton(name.removesuffix("*"))
            stems[stem[:HEAD]] = (*stems.get(stem[:HEAD], ()), (stem, place, name.endswith("*")))
    return stems


def heads_of(names: Iterable[str]) -> frozenset[str]:
    """The first words of names that have several."""
    parts = (_BETWEEN.split(name, maxsplit=1) for name in names)
    return frozenset(part[0] for part in parts if len(part) > 1)


def starts_of(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The first two characters of names, with how long the names are that begin so, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(several, reverse=True)) for start, several in lengths.items()}


def _regions(script: str) -> Iterator[tuple[Place, list[str]]]:
    """The regions that newspapers name in many languages; Latin names only for languages in Latin script."""
    for line in (_world() / "regions.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, code, name, others = line.split("\t")
        names = [other for other in split_names(others) if (ord(other[0]) < 0x0250) == (script == "latn")]
        place = Place(country, name, people=_REGION_PEOPLE, is_town=code.endswith(_IN_REGION))
        yield place, [*names, name] if script == "latn" else names


@cache
def known_regions() -> dict[tuple[str, str], tuple[int, str]]:
    """The regions that newspapers name, by country and plain name in any language: rank and English name."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for line in (_world() / "regions.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, code, name, others = line.split("\t")
            if code.endswith(_IN_REGION):
                continue
            for other in (name, *split_names(others)):
                found.setdefault((country, plain_name(other)), (len(found), name))
    return found


def plain_name(name: str) -> str:
    """A name without accents and marks: GeoNames writes "Pays-de-la-Loire".

    >>> plain_name("Provence-Alpes-Côte-d’Azur") == plain_name("Provence-Alpes-Côte d'Azur")
    True
    """
    return re.sub(r"\W+", " ", skeleton(name))


def _territories(code: str) -> Iterator[tuple[str, str]]:
    source = _world() / "territories" / f"{code}.tsv"
    if not source.is_file():
        source = _world() / "territories" / "en.tsv"
    for line in source.read_text(encoding="utf-8").splitlines():
        target, tab, name = line.partition("\t")
        if tab and "/" not in target:
            yield target, name
