"""Parties compared by name, however they are written."""

import re
import unicodedata
from functools import cache

from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.places import load_countries

_LEGAL_WORDS = """
    inc incorporated corp corporation co company ltd limited llc plc gmbh ag se sa spa srl sl slu bv nv oy oyj ab
    as asa aps kft zrt sas sarl kk pte pty pvt jsc llp lp kg sp zoo holding holdings group the
"""
_LEGAL = frozenset(_LEGAL_WORDS.split())
_RANK = r"(?:federal |national |regional |state |provincial )?"
_BODIES = "government|govt|state|ministries|cabinet|region|province"
_OF = re.compile(rf"{_RANK}(?:{_BODIES}|kingdom|republic)(?: of)? (?P<land>.+)")
_ITS = re.compile(rf"(?P<land>.+?) {_RANK}(?:{_BODIES})")
_FOLDED = str.maketrans("øłđðþæœß", "olddpaos")


def fold(name: str) -> str:
    """A name without case, accents, punctuation and legal forms.

    >>> fold("Telefónica, S.A."), fold("The AWS Group")
    ('telefonica', 'aws')
    """
    text = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    text = re.sub(r"[.'’`´]", "", text.replace("&", " and ").translate(_FOLDED))
    words = re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", text)).split()
    return " ".join([word for word in words if word not in _LEGAL] or words)


@cache
def name_key(name: str) -> str:
    """One key for all ways to write a party; a country, its government and "government of" it are one.

    >>> name_key("Amazon Web Services") == name_key("Amazon.com, Inc."), name_key("French government")
    (True, 'government FR')
    """
    key = _canonical(fold(name))
    found = _OF.fullmatch(key) or _ITS.fullmatch(key)
    land = found["land"] if found else key
    code = _country(land)
    if code is not None:
        return f"government {code}"
    return f"government {land}" if found else key


def _canonical(key: str) -> str:
    known = _listed()
    for _ in range(3):
        other = known.get(key, key)
        if other == key:
            break
        key = other
    return key


@cache
def _listed() -> dict[str, str]:
    names: dict[str, str] = {}
    for listed in load_organisations().by_skeleton.values():
        if fold(listed.written) != fold(listed.party.name):
            names.setdefault(fold(listed.written), fold(listed.party.name))
    return names


@cache
def _country(land: str) -> str | None:
    countries = load_countries("en")
    for words in (land, f"the {land}"):
        place = countries.names.get(words)
        if place is not None and place.name is None:
            return place.code
    return None if " " in land and land not in countries.heads else countries.adjective(land)
