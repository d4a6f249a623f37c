"""Capitals that stand for the governments that sit in them."""

from functools import cache
from importlib.resources import files


@cache
def load_capitals() -> frozenset[tuple[str, str]]:
    """Pairs of a country's code and a name of its capital.

    >>> ("KR", "Seoul") in load_capitals()
    True
    """
    source = files("pledgebook.lexicon").joinpath("world", "capitals.tsv")
    rows = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return frozenset((country, name) for country, names in rows for name in names.split("|"))
