"""Which town or region is spoken of, where words such as "the city" or "the province" name none."""

from collections import Counter

from pledgebook.domain import Mention, Party, Span
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_governments import region_party
from pledgebook.lexicon.capitals import load_federations
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.places import load_countries, load_name_words
from pledgebook.lexicon.towns import load_towns, region_of


def is_word_for(scene: Scene, span: Span, label: str) -> bool:
    """Whether the words at `span`, be it with an adjective, are among a language's words for a sort of local body."""
    words, known = scene.text[span.start : span.end].casefold(), scene.language.locals.get(label, ())
    first, *between, last = words.split(" ") if " " in words else (words, words)
    return words in known or (len(between) == 1 and f"{first} {last}" in known)


def is_body(scene: Scene, span: Span) -> bool:
    """Whether the words at `span` stand for a body of their own, such as "the university" or "the municipality"."""
    return any(is_word_for(scene, span, label) for label in ("body", "school", "city", "place"))


def town_before(scene: Scene, start: int) -> Mention | None:
    """The town that was named last before `start`; one at home that a text keeps to rather than one abroad.

    "Radom: ... in Radom will build Acme, owned by a fund from London. The city will build the road": Radom.
    """
    towns = [mention for mention in _wholes(scene) if mention.span.start < start and _is_town(mention)]
    if not towns or towns[-1].place in scene.newsrooms:
        return towns[-1] if towns else None
    told = Counter(mention.name for mention in towns)
    at_home = [mention for mention in towns if mention.place in scene.newsrooms and told[mention.name] > 1]
    return at_home[-1] if at_home and told[towns[-1].name] == 1 else towns[-1]


def _wholes(scene: Scene) -> list[Mention]:
    """The places but for what stands right behind a town with no blank between, a part of it: "高岡市福岡町"."""
    towns = [mention.span.end for mention in scene.places if _is_town(mention)]
    words = tuple(load_name_words(scene.language.code).words("city_word").whole)
    ends = {*towns, *(end + len(word) for end in towns for word in words if scene.text.startswith(word, end))}
    return [mention for mention in scene.places if mention.span.start not in ends]


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
    places = [mention for mention in _wholes(scene) if mention.place in countries]
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
    if town.name is None:
        return None
    if town.geonames is None and town.reason == "town":
        # The gazetteer has it under its English name, where it is the only one of its country.
        named = [one for one in load_towns("latn").named(skeleton(town.name)) if one.country == town.place]
        return region_of(town.name, named[0].geonames) if len(named) == 1 and named[0].geonames else None
    return region_of(town.name, town.geonames) if town.geonames is not None else None
