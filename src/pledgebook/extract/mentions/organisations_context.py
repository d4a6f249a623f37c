"""What the search for names needs to know about a text, and what it finds."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.organisations_types import NameTypes
from pledgebook.lexicon.places import Countries, NameWords
from pledgebook.lexicon.towns import Towns

_LARGE_TOWN, _TOWN, _FEW = 100_000, 10_000, 4
CAPITALS = "capitals"
"""The reason of a name that nothing but its capitals gives away."""


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation at a span, how sure, and why."""

    span: Span
    party: Party
    score: float
    reason: str
    aliases: tuple[str, ...] = ()


@dataclass
class Context:
    """What the search for names needs to know about a text and its language.

    `things` are the acronyms that the text gives to laws, plans and programmes.
    """

    words: Words
    taken: bytearray
    language: NameWords
    countries: Countries
    towns: Towns
    types: NameTypes
    no_names: dict[int, bool] = field(default_factory=dict)
    inside: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    things: set[str] = field(default_factory=set)


def kind_of(tokens: AbstractSet[str], types: NameTypes) -> PartyKind:
    """What kind of party a name stands for, by the skeletons of its words."""
    if tokens & types.councils and tokens & types.governed:
        return PartyKind.GOVERNMENT
    if tokens & types.bodies:
        return PartyKind.ORGANISATION
    return PartyKind.FUND if tokens & types.funds else PartyKind.COMPANY


def is_town(key: str, context: Context) -> bool:
    """Whether a skeleton names a country, a region, or a town that newspapers name."""
    for form in _forms(key, context):
        if context.towns.refs[form] and any(
            town.is_region
            or town.people >= _LARGE_TOWN
            or town.country == context.language.home
            or (town.people >= _TOWN and town.country in _homes(context.language))
            for town in context.towns.named(form)
        ):
            return True
        if form in context.countries.names:
            return True
    return False


def _homes(language: NameWords) -> tuple[str, ...]:
    """The lands of a language's newsrooms where they are a few; of many lands any word is some town."""
    homes = load_language(language.code).homes
    return () if language.home or len(homes) > _FEW else homes


def _forms(key: str, context: Context) -> Iterator[str]:
    """What a name may be a form of: itself, with another ending, or with another one of its first word, too."""
    endings = context.language.endings
    last = [key, *(base for base, _ in endings.bases(key))]
    yield from last
    first, blank, _ = key.partition(" ")
    if not blank:
        first, blank, _ = key.partition("-")
    for head, _ in endings.bases(first) if blank else ():
        if head in context.towns.heads:
            yield from (head + name[len(first) :] for name in last)
