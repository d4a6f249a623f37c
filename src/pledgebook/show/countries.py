"""Countries by name, for people."""

from functools import cache
from importlib.resources import files

from pledgebook.domain import UsageError
from pledgebook.lexicon.names import skeleton

_NAMES = "world/territories/en.tsv"
_OWN = {
    "001": "worldwide", "EU": "European Union", "009": "Oceania", "029": "Caribbean", "035": "South-eastern Asia",
    "053": "Australia and New Zealand", "054": "Melanesia", "057": "Micronesia", "061": "Polynesia",
}  # fmt: skip


@cache
def country_names() -> dict[str, str]:
    """English names by ISO 3166-1 and UN M49 code."""
    lines = (files("pledgebook.lexicon") / _NAMES).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: names.split(" | ")[0] for code, names, *_ in pairs} | _OWN


def country_name(code: str) -> str:
    """The English name of a code, the code itself where it has none.

    >>> country_name("ES"), country_name("??")
    ('Spain', '??')
    """
    return country_names().get(code, code)


def country_code(words: str) -> str:
    """The code of a country that is named by its code or in English.

    >>> country_code("fr"), country_code("United Kingdom")
    ('FR', 'GB')
    """
    names = country_names()
    if words.upper() in names:
        return words.upper()
    if words.upper() == "UK":
        return "GB"
    wanted = skeleton(words.strip())
    for code in sorted(names, key=lambda code: (code.isdigit(), code)):
        if skeleton(names[code]) == wanted:
            return code
    raise UsageError("--country", f"{words!r}, which we don't know", "Use an ISO 3166-1 code or the English name.")
