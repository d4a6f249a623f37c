"""Which town or region is spoken of, where words such as "the city" or "the province" name none."""

from collections import Counter

from pledgebook.domain import Mention, Party, Span
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_governments import region_party
from pledgebook.lexicon.capitals import load_federations
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.places import load_countries
from pledgebook.lexicon.towns import region_of


def is_word_for(scene: Scene, span: Span, label: str) -> bool:
    """Whether the words at `span`, be it with an adjective, are among a language's words for a sort of local body."""
    words, known = scene.text[span.start : span.end].casefold(), scene.language.locals.get(label, ())
    first, *between, last = words.split(" ") if " " in words else (words, words)
    return words in known or (len(between) == 1 and f"{first} {last}" in known)


def is_body(scene: Scene, span: Span) -> bool:
    """Whether the words at `span` stand for a body of their own, such as "the university" or "the municipality"."""
    return any(is_word_for(scene, span, label) for label in ("body", "school", "city", "place"))


def town_before(scene: Scene, start: int) -> Mention | None:
    """The town that was named last before `start`."""
    return next(
        (mention for mention in reversed(scene.places) if mention.span.start < start and _is_town(mention)), None
    )


def _is_town(mention: Mention) -> bool:
    is_known = mention.geonames is not None or mention.reason == "town"
    return mention.name is not None and is_known and mention.reason != "region"


def region_at(scene: Scene, span: Span) -> Party | None:
    """Who governs the region that was spoken of last before words such as "the province" at `span`, or else first.

    None where the words mean no region's government: "the state" is the nation in a country without states.
    """
    is_region = is_word_for(scene, span, "region") or is_word_for(scene, span, "province")
    if not is_region and not is_word_for(scene, span, "state"):
        return None
    named = Counter(mention.place for mention in scene.places)
    countries = named.keys() if is_region else named.keys() & load_federations()
    places = [mention for mention in scene.places if mention.place in countries]
    before = [mention for mention in places if mention.span.start < span.start] or places[:1]
    if not before:
        return None
    # A person's name may be that of a region far away: the land that the text is about has the one that is meant.
    country = max(before, key=lambda mention: (named[mention.place], mention.span.start)).place or ""
    last = [mention for mention in reversed(before) if mention.place == country]
    name = next((m.name for m in last if m.reason == "region"), None) or next(
        filter(None, map(_region_around, last)), None
    )
    if name is None:
        return None
    known = load_countries(scene.language.code).names.get(skeleton(name))
    english = known.name if known is not None and known.code == country else None
    return region_party(country, english or name, load_organisations())


def _region_around(town: Mention) -> str | None:
    """The region in which a town lies, None for what is no town."""
    if town.name is None or town.geonames is None:
        return None
    return region_of(town.name, town.geonames)
