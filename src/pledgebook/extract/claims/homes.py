"""Where investors are from."""

import re
from collections.abc import Collection, Sequence

from pledgebook.extract.claims.actor import Actor
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.towns import load_towns

_BODY = re.compile(
    r"(?:City|Government|Province|Canton) of (?P<of>.+)|(?P<own>.+) (?:Region|Municipality|County|Department)"
)
# How many times as many people the place that a name means has as others of the name.
_MUCH_LARGER = 2


def homes_of(investors: Sequence[Actor]) -> list[str]:
    """The country of each investor, "" for one that no list has; nothing where there is no investor."""
    return [home_of(actor.key, is_government=actor.is_public) for actor in investors]


def home_of(name: str, *, is_government: bool = False) -> str:
    """The country of a party by its name, "" where no list has it."""
    known = load_organisations()
    listed = known.by_skeleton.get(skeleton(name))
    if listed is not None:
        return listed.country
    if is_government:
        return next((code for code, party in known.governments.items() if party.name == name), "")
    return ""


def land_of_body(name: str, homes: Collection[str]) -> str:
    """The country of a town's or region's body by its name, "" where it may be several; rather one of `homes`.

    >>> land_of_body("City of Medellín", ("ES", "CO")), land_of_body("Acme Cloud", ())
    ('CO', '')
    """
    found = _BODY.fullmatch(name)
    places = load_towns("latn").named(skeleton(found["of"] or found["own"])) if found is not None else ()
    people: dict[str, int] = {}
    for place in [place for place in places if place.country in homes] or places:
        people[place.country] = max(people.get(place.country, 0), place.people)
    ranked = sorted(people, key=lambda country: (-people[country], country))
    if not ranked or (len(ranked) > 1 and people[ranked[0]] < _MUCH_LARGER * people[ranked[1]]):
        return ""
    return ranked[0]


def is_public(actors: Sequence[Actor]) -> bool:
    """Whether all who pay are governments, and somebody does."""
    return bool(actors) and all(actor.is_public for actor in actors)
