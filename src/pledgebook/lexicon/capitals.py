"""What stands for governments: capitals, the regions of countries that call them states, and who heads them."""

from functools import cache
from importlib.resources import files

from pledgebook.lexicon.names import skeleton


@cache
def load_capitals() -> frozenset[tuple[str, str]]:
    """Pairs of a country's code and a name of its capital.

    >>> ("KR", "Seoul") in load_capitals()
    True
    """
    source = files("pledgebook.lexicon").joinpath("world", "capitals.tsv")
    rows = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return frozenset((country, name) for country, names in rows for name in names.split("|"))


@cache
def load_heads() -> dict[str, tuple[str, str | None]]:
    """The countries and regions of heads of government, by the skeletons of surnames that governments are called by.

    >>> load_heads()["trudeau"], load_heads()["legault"]
    (('CA', None), ('CA', 'Quebec'))
    """
    source = files("pledgebook.lexicon").joinpath("world", "heads.tsv")
    rows = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {
        skeleton(name): (country, region or None)
        for where, names in rows
        for country, _, region in [where.partition(" ")]
        for name in names.split("|")
    }


@cache
def load_federations() -> frozenset[str]:
    """The codes of the countries in whose papers "the state" may be one of several.

    >>> "IN" in load_federations(), "FR" in load_federations()
    (True, False)
    """
    source = files("pledgebook.lexicon").joinpath("world", "federations.txt")
    return frozenset(line for line in source.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
