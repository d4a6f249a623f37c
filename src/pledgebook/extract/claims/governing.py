"""Which government words such as "the municipality", "the city" and "the department" mean, by what a text names."""

from collections import Counter
from collections.abc import Sequence

from pledgebook.domain import Mention, Party, PartyKind, Span
from pledgebook.extract.claims.local import is_word_for, town_before
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_bodies import body_party, municipality_of
from pledgebook.extract.mentions.organisations_local import called
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_governed, load_organisations
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_countries, load_name_words
from pledgebook.lexicon.towns import load_towns

_TOWN_HALL, _PROVINCE = "City of ", "Province of "
_NEARLY, _SEVERAL, _FEW = 0.65, 3, 2
_UNION, _CODE = "EU", 2
_SURE = frozenset(("city", "province", "department"))


def local_at(scene: Scene, named: Sequence[tuple[int, Party]], span: Span) -> tuple[Party | None, bool]:
    """Whom words for the government of a town or region at `span` mean, and whether they have to be such words.

    `named` are the governments that the text names, and where. The town hall is that of the town which was named last
    with its town hall, or last of all: never a nation's. "The city" alone is more often a place than its town hall.
    """
    sort = next(
        (
            sort
            for sort in ("city", "county", "place", "department", "province", "region")
            if is_word_for(scene, span, sort)
        ),
        None,
    )
    if sort is None or sort == "county":
        return (_county_before(scene, span.start), True) if sort is not None else (None, False)
    nations = {party.name for party in load_organisations().governments.values()}
    wanted = "city" if sort == "place" else sort
    known = [(at, party) for at, party in named if party.name not in nations and _sort_of(party.name) == wanted]
    before = [item for item in known if item[0] < span.start]
    if before:
        party = _unless_region_behind(scene, *max(before, key=lambda item: item[0]), span, wanted)
        return party, party is not None
    if known and sort in _SURE:
        return min(known, key=lambda item: item[0])[1], True  # a headline names it short
    town = town_before(scene, span.start)
    if sort == "province" and town is not None and _names_province(town):
        return body_party("province", town.name or ""), True
    if sort != "city":
        return None, sort in {"place", "department"}
    return (municipality_of(town.name or "", town.place or "") if town is not None else None), True


def _unless_region_behind(scene: Scene, at: int, party: Party, span: Span, wanted: str) -> Party | None:
    """A region's government unless another region is named behind it: "Hessen pays 3. In Bayern the land pays 2"."""
    regions = (mention.span.start for mention in scene.places if mention.reason == "region" and mention.name)
    return None if wanted == "region" and any(at < start < span.start for start in regions) else party


def _county_before(scene: Scene, start: int) -> Party | None:
    """The government of the county that was named last before `start`, with or without the word for one: 雲林."""
    words, names = load_name_words(scene.language.code).words("county_word").whole, load_countries(scene.language.code)
    told = [mention.span for mention in scene.places if mention.span.start < start]
    for span in reversed(told):
        name = span.of(scene.text)
        bare = next((name.removesuffix(word) for word in words if name.endswith(word)), name)
        known = [names.names[bare + word] for word in words if bare + word in names.names]
        if known and known[0].name is not None:
            return Party(called("county", known[0].name), PartyKind.GOVERNMENT)
        behind = next((word for word in words if scene.text.startswith(word, span.end) or bare != name), None)
        if behind is not None:
            return Party(called("county", bare), PartyKind.GOVERNMENT)
    return None


def _names_province(town: Mention) -> bool:
    """Whether a province of the same country is called as a town is: "Soria", "Cremona"."""
    named = load_towns("latn").named(skeleton(town.name or ""))
    return any(one.is_region and one.country == town.place for one in named)


def _sort_of(government: str) -> str:
    """Whether a local government's English name is that of a town, a province or a region."""
    if government.endswith((" Municipality", " County", " District", " Regency")):
        return "city"
    if government.endswith(" Department"):
        return "department"
    return {_TOWN_HALL: "city", _PROVINCE: "province"}.get(government[: government.find(" of ") + 4], "region")


def government_at_home(scene: Scene) -> Party | None:
    """The government of the one country in which a document may have been written, None where it may be several."""
    return load_organisations().governments.get(scene.newsrooms[0]) if len(scene.newsrooms) == 1 else None


def government_of_places(scene: Scene) -> Party | None:
    """The government of the country in which nearly all places of a text lie, None where they lie in several."""
    return _of_nearly_all(scene.places)


def government_abroad(scene: Scene, party: Party) -> Party | None:
    """Whose government a bare word means that stands for `party` at home: another's where a text names nothing at home.

    "L'Etat" is the French one in most papers, and the Algerian one where a text names Algeria and towns there alone.
    """
    home = load_governed().get(party.name)
    if home is None or len(scene.newsrooms) == 1 or any(mention.place == home for mention in scene.places):
        return None
    places = [mention for mention in scene.places if "adjective" not in mention.parts]
    lands = {mention.place for mention in places if mention.name is None}
    abroad = _of_nearly_all(places) if len(places) >= _SEVERAL else None
    return abroad if abroad is not None and load_governed().get(abroad.name) in lands else None


def government_here(scene: Scene, party: Party, span: Span) -> Party | None:
    """Whose government a bare word means that stands for `party` at home, where another land is all that is spoken of.

    So it is where a place abroad opens the paragraph or stands in its heading: "Au Gabon, l'État paie 3 millions".
    """
    home, governments = load_governed().get(party.name), load_organisations().governments
    code = scene.language.code
    if home is None or home != load_name_words(code).home or any(m.span.overlaps(span) for m in scene.places):
        return None
    countries = load_countries(code)
    if any(countries.adjective(word) or word in countries.names for word in skeleton(span.of(scene.text)).split()):
        return None
    first = scene.paragraph_start(scene.sentence_at(span.start))
    start, heading = scene.sentences[first].span.start, scene.sections[first]
    told = [mention for mention in scene.places if start <= mention.span.start < span.start]
    opening = next((mention for mention in told if _opens(scene, start, mention)), None)
    if opening is not None and _acts_beside(scene, opening, span):
        return None
    if opening is None and heading >= 0:
        above = [
            m for m in scene.places if scene.sentences[heading].span.contains(m.span) and "adjective" not in m.parts
        ]
        told, opening = [*told, *above], above[0] if len({mention.place for mention in above}) == 1 else None
    if opening is None or any(mention.place == home for mention in told):
        return None
    return governments.get(opening.place or "")


def _opens(scene: Scene, start: int, mention: Mention) -> bool:
    """Whether a paragraph opens with a place, over a word or two: "À Dakar, ...", "Côté gabonais, ..."."""
    before = skeleton(scene.text[start : mention.span.start]).split()
    is_article = bool(before) and before[0] in load_name_types().articles
    return len(before) <= _FEW and not ("adjective" in mention.parts and (is_article or not before))


def _acts_beside(scene: Scene, place: Mention, span: Span) -> bool:
    """Whether a place itself acts in the sentence of a word for a government: "Belgium and the state pay"."""
    sentence = scene.sentence_at(place.span.start)
    before = skeleton(scene.text[scene.sentences[sentence].span.start : place.span.start]).split()
    is_where = (bool(before) and before[-1] not in load_name_types().articles) or "adjective" in place.parts
    is_union = place.place is None or len(place.place) != _CODE or place.place == _UNION
    return is_union or (not is_where and sentence == scene.sentence_at(span.start))


def _of_nearly_all(places: Sequence[Mention]) -> Party | None:
    countries = Counter(mention.place for mention in places if mention.place)
    most, count = next(iter(countries.most_common(1)), ("", 0))
    return load_organisations().governments.get(most) if count > _NEARLY * countries.total() else None
