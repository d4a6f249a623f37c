"""Several governments or local bodies named with one word: "the German and French governments", "provincies A en B"."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial

from pledgebook.domain import Party, Span
from pledgebook.extract.mentions.organisations_bodies import body_party, is_inside, kinds_of_several, place_name
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_governments import party_of
from pledgebook.extract.mentions.places_countries import country_at
from pledgebook.lexicon.organisations import Organisations
from pledgebook.lexicon.places import Place

_LONGEST_NAME = 3
_LINKS = 3
Item = tuple[Party, int, int]


def several(context: Context, organisations: Organisations) -> Iterator[Found]:
    """The governments and local bodies that share a word in the plural, at least two of them, each at its own name.

    The words are those of "governments", and of "city_areas", "province_areas" and so on. A word before its names
    goes with the first of them.
    """
    words, language = context.words, context.language
    kinds = kinds_of_several(language.code)
    for index, word in enumerate(words.tokens):
        if word in language.words("governments"):
            items = _around(index, context, partial(_government, context=context, organisations=organisations))
            yield from (_found(item, 0.8, "government", context) for item in items)
        for kind in kinds:
            if word in language.words(f"{kind}_areas") and not _are_places(index, context):
                items = _around(index, context, partial(_body, kind=kind, context=context))
                yield from (_found(item, 0.65, "country", context) for item in items)


def _are_places(index: int, context: Context) -> bool:
    """Whether a word before, be it an article's neighbour, says that the names tell where: "mayors of the cities"."""
    words, language = context.words, context.language
    before = (words.word(index - 1), words.word(index - 2) if len(words.word(index - 1)) <= _LONGEST_NAME else "")
    is_link = any(word in language.words(label) for word in before for label in ("of", "at"))
    return is_inside(index, context) or is_link


def _found(item: Item, score: float, reason: str, context: Context) -> Found:
    party, first, last = item
    return Found(Span(context.words.starts[first], context.words.ends[last]), party, score, reason)


Read = Callable[[int, int], Party | None]


def _around(index: int, context: Context, read: Read) -> list[Item]:
    """The names listed behind a word, else those before it; none where there are not at least two."""
    behind = _behind(index, context, read)
    if len(behind) > 1:
        return [(behind[0][0], index, behind[0][2]), *behind[1:]]
    before = _before(index, context, read)
    return before if len(before) > 1 else []


def _behind(index: int, context: Context, read: Read) -> list[Item]:
    words, language = context.words, context.language
    found: list[Item] = []
    at = index + 1
    while at < len(words.starts):
        is_next = bool(found)
        if words.gap(at) not in ({" ", ", ", "'"} if is_next else {" ", "'"}):
            break
        if is_next and words.gap(at) != ", " and words.word(at) not in language.words("and"):
            break
        at += is_next and words.word(at) in language.words("and")
        at = _over_links(at, context)
        item = next(
            (
                (party, at, last)
                for last in range(min(at + _LONGEST_NAME, len(words.starts)) - 1, at - 1, -1)
                if (party := read(at, last)) is not None
            ),
            None,
        )
        if item is None:
            break
        found.append(item)
        at = item[2] + 1
    return found


def _over_links(at: int, context: Context) -> int:
    """The first word that is none of those such as "of the"."""
    words, language = context.words, context.language
    for _ in range(_LINKS):
        word = words.word(at)
        is_link = word in language.words("of") or word in context.types.joins
        if not is_link or word in language.words("and") or words.gap(at + 1) not in {" ", "'"}:
            break
        at += 1
    return at


def _before(index: int, context: Context, read: Read) -> list[Item]:
    words, language = context.words, context.language
    found: list[Item] = []
    last = index - 1
    while last >= 0 and words.gap(last + 1) in ({" ", ", "} if found else {" "}):
        item = next(
            (
                (party, first, last)
                for first in range(max(0, last - _LONGEST_NAME + 1), last + 1)
                if (party := read(first, last)) is not None
            ),
            None,
        )
        if item is None:
            break
        found.append(item)
        last = item[1] - 1
        last -= last > 0 and words.word(last) in language.words("and")
    return found[::-1]


def _government(first: int, last: int, context: Context, organisations: Organisations) -> Party | None:
    """Whose government the words mean: an adjective, or the name of a country or region."""
    words, countries, language = context.words, context.countries, context.language
    word = words.word(first)
    is_small = words.text[words.starts[first]].islower()
    if first == last and not (is_small and language.adjectives_have_capitals):
        code = countries.adjective(word)
        place = countries.region_adjective(word) or (Place(code) if code is not None else None)
        if place is not None:
            return party_of(place, organisations)
    here = country_at(words, first, countries, language) if not is_small else None
    if here is None or bisect_left(words.ends, here[0].end) != last:
        return None
    return party_of(here[1], organisations)


def _body(first: int, last: int, kind: str, context: Context) -> Party | None:
    words = context.words
    if any(words.gap(at) not in {" ", "-"} for at in range(first + 1, last + 1)):
        return None
    name = place_name(words.low[words.starts[first] : words.ends[last]], first, last, context)
    return body_party(kind, name) if name is not None else None
