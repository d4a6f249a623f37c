"""Towns and regions of the world by their names."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pledgebook.lexicon.blocks import Blocks, Names, Rows, packed
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import Endings, known_regions, plain_name, starts_of

_UNSPACED = frozenset({"hani", "thai"})
_NONE = Blocks(packed([b""]))
# How many people a town has to have that an adjective is made of: in a country of the language, and elsewhere.
_OURS, _THEIRS = 50_000, 1_000_000
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Town:
    """A town or region of GeoNames: `is_own` where the name that was looked up is its own, not one in other tongues."""

    geonames: int
    name: str
    country: str
    region: str
    people: int
    is_region: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Towns:
    """The towns and regions whose names are written in one script.

    `refs` has "" for a name that none has. `heads` are the first words of names of several words. In scripts without
    blanks `starts` holds the first two characters of names with the lengths of the names that begin so.
    """

    rows: Rows
    refs: Names
    starts: dict[str, tuple[int, ...]]
    heads: frozenset[str]

    def named(self, name: str) -> list[Town]:
        """All that have the name (a skeleton), the most populous first within own names."""
        refs = self.refs[name]
        return [self._town(ref) for ref in refs.split(" ")] if refs else []

    def of_adjective(self, word: str, endings: Endings, homes: tuple[str, ...]) -> Town | None:
        """The large town that an adjective is made of: one in `homes`, or one known all over the world.

        >>> from pledgebook.lexicon.places import load_name_words
        >>> load_towns("latn").of_adjective("kieler", load_name_words("de").town_endings, ("DE",)).name
        'Kiel'
        """

        def large(name: str) -> Town | None:
            towns = (town for town in self.named(name) if not town.is_region)
            return next((town for town in towns if town.people >= (_OURS if town.country in homes else _THEIRS)), None)

        bases = [base for base, _ in endings.bases(word)] if endings and len(word) >= _SHORTEST else []
        found = next((town for base in bases if (town := large(base)) is not None), None)
        return None if found is None or large(word) is not None else found

    def _town(self, ref: str) -> Town:
        number = int(ref.removeprefix("-"))
        key, name, country, region, people, level = self.rows[number].split("\t")
        return Town(int(key), name, country, region, int(people), level == "region", ref[0] != "-")


@cache
def load_towns(script: str) -> Towns:
    """The towns whose names are written in `script` (a four-letter code such as "latn").

    >>> [(town.country, town.is_own) for town in load_towns("latn").named("munchen")][0]
    ('DE', False)
    """
    source = _file(script)
    if not source.is_file():
        return Towns(_rows(), Names(_NONE, count=1), {}, frozenset())
    blocks = Blocks(source.read_bytes())
    last = len(blocks) - 1
    refs, heads = Names(blocks, count=last), blocks[last].decode().split("\n")
    return Towns(_rows(), refs, starts_of(refs.every()) if script in _UNSPACED else {}, frozenset(heads))


def region_of(name: str, geonames: int) -> str | None:
    """The region of a town told by its Latin name, None where it is not known; the first call reads all towns.

    >>> region_of("Visakhapatnam", 1253102), region_of("Reus", 3111933)
    ('Andhra Pradesh', 'Catalonia')
    """
    towns = load_towns("latn").named(skeleton(name))
    return next((_regions().get((town.country, town.region)) for town in towns if town.geonames == geonames), None)


@cache
def _regions() -> dict[tuple[str, str], str]:
    """The regions by country and code; of a region and its provinces, which share a code, the one that papers name."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in _rows():
        _, name, country, region, _, level = row.split("\t")
        if level == "region":
            found.setdefault((country, region), []).append(_in_order(name))
    known = known_regions()
    chosen: dict[tuple[str, str], str] = {}
    for (country, region), names in found.items():
        listed = sorted(known[key] for name in names if (key := (country, plain_name(name))) in known)
        if listed or len(names) == 1:
            chosen[country, region] = listed[0][1] if listed else names[0]
    return chosen


def _in_order(name: str) -> str:
    """A name whose last word stands first in lists: "Valenciana, Comunidad"."""
    last, _, first = name.partition(", ")
    return f"{first} {last}" if first else name


@cache
def _rows() -> Rows:
    return Rows(Blocks(_file("rows").read_bytes()))


def _file(name: str) -> Traversable:
    return files("pledgebook.lexicon").joinpath("world", f"places.{name}.blocks")
