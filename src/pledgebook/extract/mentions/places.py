"""Countries, regions and towns in a text."""

from pledgebook.domain import Mention
from pledgebook.extract.mentions.organisations import HasCode, organisations_in
from pledgebook.extract.mentions.organisations_words import words_of
from pledgebook.extract.mentions.places_countries import country_mentions
from pledgebook.extract.mentions.places_towns import town_mentions
from pledgebook.lexicon.names import base_language
from pledgebook.lexicon.places import load_countries, load_name_words, load_towns


def find_places(text: str, language: HasCode | str) -> list[Mention]:
    """The places that `text` names, in order, none overlapping another nor an organisation's name.

    A country or region of the world has its code and no name; a region or town has the code of its country, its name
    and mostly a GeoNames id. Adjectives ("Spanish") have parts["adjective"]. The reason tells what decided between
    places of one name.

    >>> [(mention.place, mention.name) for mention in find_places("De Spaanse tak in Spanje en Parijs", "nl")]
    [('ES', None), ('ES', None), ('FR', 'Paris')]
    """
    code = language if isinstance(language, str) else language.code
    words, name_words = words_of(text), load_name_words(base_language(code))
    taken = bytearray(len(text) + 1)
    for mention in organisations_in(text, code):
        if mention.reason != "officeholder" and "country" not in mention.parts:
            start, end = mention.span.start, mention.span.end
            taken[start:end] = b"\1" * (end - start)
    countries = load_countries(name_words.code)
    found = list(country_mentions(words, countries, name_words, taken))
    for mention in found:
        start, end = mention.span.start, mention.span.end
        taken[start:end] = b"\1" * (end - start)
    found += town_mentions(words, load_towns(name_words.script), countries, name_words, taken, found)
    return sorted(found, key=lambda mention: mention.span)
