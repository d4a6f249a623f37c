"""The organisations that the product knows by name, and what their names are in every script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import normalize

from pledgebook.domain import LexiconError, Party, PartyKind
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import starts_of
from pledgebook.plugins import ORGANISATIONS, load_plugin, origin_of, plugins

_NUKTA = "\u093c"
_WORD_END = re.compile(r"[\s\-'.,&・:]")


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a known organisation.

    `written` is the name as the list has it. A `risky` name is also a common word or another body's name and needs
    the text around it to say that the organisation is meant. `country` is where the organisation belongs.
    """

    party: Party
    country: str
    written: str
    risky: bool = False

    @property
    def is_acronym(self) -> bool:
        """Whether the name is short and in capitals, so that "Tim" is not TIM."""
        return self.written.isascii() and self.written.isupper() and len(self.written) <= 6


@dataclass(frozen=True, slots=True)
class Organisations:
    """Names by skeleton.

    `heads` holds the first word of every name and how many characters the longest such name has; `starts` holds the
    first two characters of names, with the lengths of the names that begin so, longest first. `lower` are first
    words of names that are written with a small letter ("xAI").
    """

    by_skeleton: dict[str, Listed]
    governments: dict[str, Party]
    heads: dict[str, int]
    starts: dict[str, tuple[int, ...]]
    lower: frozenset[str]


_GOVERNMENT = re.compile(r" government$|^Government of ")


@cache
def load_organisations() -> Organisations:
    """The organisations of lexicon/world/organisations.tsv, and those that installed packages bring: ours go first.

    >>> load_organisations().by_skeleton["amazon web services"].party.name
    'Amazon'
    """
    by_skeleton: dict[str, Listed] = {}
    lower: set[str] = set()
    for where, line in _lines():
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 5:
            raise LexiconError(where, f"{len(fields)} fields", "There must be five.")
        name, kind, country, wikidata, others = fields
        party = Party(name.lstrip("?-"), PartyKind(kind), wikidata or None)
        names = [] if name.startswith("-") else [(party.name, name.startswith("?"))]
        names += [(other.removeprefix("?"), other.startswith("?")) for other in others.split(" | ") if other]
        for written, risky in names:
            for key in _spellings(skeleton(written)):
                by_skeleton.setdefault(key, Listed(party, country, written, risky))
            if written[0].islower():
                lower.add(_WORD_END.split(skeleton(written), maxsplit=1)[0])
    return _index(by_skeleton, _governments(by_skeleton), lower)


@cache
def load_governed() -> dict[str, str]:
    """The countries of governments by the governments' English names, those of regions that are listed among them.

    >>> load_governed()["French government"], load_governed()["Flemish government"]
    ('FR', 'BE')
    """
    known = load_organisations()
    listed = {
        one.party.name: one.country
        for one in known.by_skeleton.values()
        if one.party.kind is PartyKind.GOVERNMENT and _GOVERNMENT.search(one.party.name)
    }
    return listed | {party.name: code for code, party in known.governments.items()}


def _spellings(key: str) -> tuple[str, ...]:
    """A skeleton, and how newspapers write it without the dots under letters of Devanagari."""
    plain = normalize("NFD", key).replace(_NUKTA, "") if any("\u0900" <= char <= "\u097f" for char in key) else key
    return (key,) if plain == key else (key, plain)


def _lines() -> Iterator[tuple[str, str]]:
    source = files("pledgebook.lexicon") / "world" / "organisations.tsv"
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        yield f"organisations.tsv, line {number}", line
    for name in plugins(ORGANISATIONS):
        for number, line in enumerate(load_plugin(ORGANISATIONS, name)(), 1):
            yield f"organisations of {origin_of(ORGANISATIONS, name)}, line {number}", line


def _governments(by_skeleton: dict[str, Listed]) -> dict[str, Party]:
    """The national governments by country: those listed, and the rest by the English adjective of their country."""
    source = files("pledgebook.lexicon") / "world" / "governments.tsv"
    lines = (line.partition("\t") for line in source.read_text(encoding="utf-8").splitlines())
    governments = {
        code: Party(f"{adjective} government", PartyKind.GOVERNMENT) for code, tab, adjective in lines if tab
    }
    for listed in by_skeleton.values():
        # The nation's stands in the list before those of its regions.
        if listed.country and listed.party.kind is PartyKind.GOVERNMENT and listed.party.name.endswith(" government"):
            governments.setdefault(listed.country, listed.party)
    governments["EU"] = by_skeleton["european union"].party
    return governments


def _index(by_skeleton: dict[str, Listed], governments: dict[str, Party], lower: set[str]) -> Organisations:
    heads: dict[str, int] = {}
    for key in by_skeleton:
        head = _WORD_END.split(key, maxsplit=1)[0]
        heads[head] = max(heads.get(head, 0), len(key))
    return Organisations(by_skeleton, governments, heads, starts_of(by_skeleton), frozenset(lower))
