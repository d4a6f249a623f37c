"""The regions of the world as the United Nations number them."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Region(NamedTuple):
    """The UN M49 codes of a country's subregion (`155`, Western Europe) and region (`150`, Europe)."""

    subregion: str
    region: str


@cache
def load_regions() -> dict[str, Region]:
    """The region of every country by its ISO 3166-1 code."""
    lines = files("pledgebook.lexicon").joinpath("world", "m49.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: Region(subregion, region) for code, subregion, region in rows}


def region_of(code: str) -> str | None:
    """The region in which a destination lies: of a country, of the Union, of a region itself; None for the world.

    >>> region_of("FR"), region_of("EU"), region_of("142"), region_of("001")
    ('150', '150', '142', None)
    """
    if code == "EU":
        return "150"
    known = load_regions().get(code)
    if known is not None:
        return known.region
    return code if code in {region.region for region in load_regions().values()} else None


def subregion_of(code: str) -> str | None:
    """The subregion in which a country lies; None for what is wider than one.

    >>> subregion_of("FR"), subregion_of("EU")
    ('155', None)
    """
    known = load_regions().get(code)
    return None if known is None else known.subregion
