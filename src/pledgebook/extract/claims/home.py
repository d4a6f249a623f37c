"""Whose dollar, peso or rupee a document means: that of the country it is written in."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from pledgebook.domain import Document, Mention, PartyKind
from pledgebook.extract.claims.homes import home_of, land_of_body
from pledgebook.extract.mentions.organisations import find_organisations
from pledgebook.lexicon.language import Language
from pledgebook.lexicon.money import load_currencies
from pledgebook.lexicon.organisations import load_governed

_US = "US"
_LEAST_PLACES = 2
_MOST = 0.5
_NEARLY_ALL, _IN_PASSING = 0.8, 1
_SIGN = re.compile(r"(?<![A-Za-z$])\$|\bdollars?\b", re.IGNORECASE)


def find_home(document: Document, text: str, places: Sequence[Mention], language: Language) -> str | None:
    """The country whose currency a bare "dollar", "peso" or "rupee" means here, None where nothing tells.

    The language's region and the source's domain tell it; failing them, the country that the text names most. For
    the dollar that is not enough, since half of the world's papers count in American ones: there the text has to
    tell American dollars apart, or to speak of hardly any other country.
    """
    told = language.country or _domain(document.source)
    if told is not None:
        return told
    counts = Counter(mention.place for mention in places if mention.place is not None)
    total = sum(counts.values())
    if total < _LEAST_PLACES:
        counts += _lands_of_parties(text, language)
        total = sum(counts.values())
    if total < _LEAST_PLACES:
        return None
    country, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    classes = load_currencies().countries
    if not any(country in classes.get(label, {}) for label in classes):
        return None
    if most < _MOST * total:
        return None
    if country not in classes["dollar"] or not _counts_in_dollars(text, language):
        return country
    own = _is_own_dollar(text) or (most >= _NEARLY_ALL * total and counts[_US] <= _IN_PASSING)
    return country if own else None


def find_land(document: Document, places: Sequence[Mention], language: Language) -> str | None:
    """The land in whose money a text counts that names no currency at all.

    Of the lands in which it may have been written that which it names nearly alone, the likeliest where it names no
    land at all; None where it only names others.
    """
    homes = newsrooms(document, language)
    counts = Counter(mention.place for mention in places if mention.place is not None)
    land = max(homes, key=lambda home: counts[home], default=None)
    own = sum(counts[home] for home in homes)
    return None if land is not None and counts and counts[land] < max(1, _NEARLY_ALL * own) else land


def _lands_of_parties(text: str, language: Language) -> Counter[str]:
    """The lands whose governments a text names; where it names none, those of its companies whose money is no dollar.

    A government tells as much as two places.
    """
    governed, homes = Counter[str](), Counter[str]()
    dollars = load_currencies().countries["dollar"]
    for mention in find_organisations(text, language):
        party = mention.party
        if party is not None and party.kind is PartyKind.GOVERNMENT:
            land = load_governed().get(party.name) or land_of_body(party.name, frozenset(language.homes))
            governed[land] = _LEAST_PLACES
        elif party is not None and (land := home_of(party.name)) not in dollars:
            homes[land] = _LEAST_PLACES
    found = governed or homes
    return Counter({land: count for land, count in found.items() if land})


def newsrooms(document: Document, language: Language) -> tuple[str, ...]:
    """The countries in which a document may have been written: one where its region or its domain tells."""
    told = language.country or _domain(document.source)
    homes = language.homes if language.likely is None else (language.likely, *language.homes)
    return homes if told is None else (told,)


def _counts_in_dollars(text: str, language: Language) -> bool:
    """Whether a text has a dollar that does not say whose it is."""
    if _SIGN.search(text) is not None:
        return True
    return any(name in text for name in language.money.names.get("dollar", ()))


def _is_own_dollar(text: str) -> bool:
    """Whether a text marks American dollars as such and has bare ones beside them."""
    american = _american_dollars()
    return american.search(text) is not None and _SIGN.search(american.sub(" ", text)) is not None


@cache
def _american_dollars() -> re.Pattern[str]:
    """What an American dollar is called where a plain "$" stands as well: the plain one is the country's own."""
    return re.compile("|".join(load_currencies().american_dollars))


def _domain(source: str) -> str | None:
    """The country of a URL's domain."""
    host = urlsplit(source).hostname or "" if "://" in source else ""
    last = host.rpartition(".")[2].upper()
    last = {"UK": "GB"}.get(last, last)
    known = {country for several in load_currencies().countries.values() for country in several}
    return last if last in known else None
