"""Where investors are from."""

from collections.abc import Sequence

from pledgebook.domain import PartyKind
from pledgebook.extract.claims.actor import Actor
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations


def homes_of(investors: Sequence[Actor]) -> list[str]:
    """The country of each investor, "" for one that no list has; nothing where there is no investor."""
    return [home_of(actor.key, is_government=_is_government(actor)) for actor in investors]


def home_of(name: str, *, is_government: bool = False) -> str:
    """The country of a party by its name, "" where no list has it."""
    known = load_organisations()
    listed = known.by_skeleton.get(skeleton(name))
    if listed is not None:
        return listed.country
    if is_government:
        return next((code for code, party in known.governments.items() if party.name == name), "")
    return ""


def is_public(actors: Sequence[Actor]) -> bool:
    """Whether all who pay are governments, and somebody does."""
    return bool(actors) and all(map(_is_government, actors))


def _is_government(actor: Actor) -> bool:
    return actor.party is not None and actor.party.kind is PartyKind.GOVERNMENT
