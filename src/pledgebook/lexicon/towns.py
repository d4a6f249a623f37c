"""Towns and regions of the world by their names."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pledgebook.lexicon.blocks import Blocks, Names, Rows, packed
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import starts_of

_UNSPACED = frozenset({"hani", "thai"})
_NONE = Blocks(packed([b""]))


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

    >>> region_of("Visakhapatnam", 1253102)
    'Andhra Pradesh'
    """
    towns = load_towns("latn").named(skeleton(name))
    return next((_regions().get((town.country, town.region)) for town in towns if town.geonames == geonames), None)


@cache
def _regions() -> dict[tuple[str, str], str]:
    rows = (row.split("\t") for row in _rows())
    return {(country, region): name for _, name, country, region, _, level in rows if level == "region"}


@cache
def _rows() -> Rows:
    return Rows(Blocks(_file("rows").read_bytes()))


def _file(name: str) -> Traversable:
    return files("pledgebook.lexicon").joinpath("world", f"places.{name}.blocks")
