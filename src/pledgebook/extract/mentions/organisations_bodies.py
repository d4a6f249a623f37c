"""Provinces, counties, towns and schools: a word for such a body beside a name.

Scripts without capitals do not tell where a name ends: there only places of the gazetteer are found.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_runs import MAX_RUN, opens_sentence
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import Organisations
from pledgebook.lexicon.places import NameWords, load_name_words
from pledgebook.lexicon.towns import Town

# "St. Gallen", "Ste. Foy".
_SAINTS = frozenset(("st", "ste"))
_FORMS = {
    "metropolitan": "Metropolitan City of {}",
    "city": "City of {}",
    "municipality": "{} Municipality",
    "province": "Province of {}",
    "county": "{} County",
    "department": "{} Department",
    "regency": "{} Regency",
    "region": "{} Region",
    "region_first": "Region {}",
    "canton": "Canton of {}",
    "state": "Government of {}",
    "voivodeship": "{} Voivodeship",
    "named": "{}",
    "whole": "{}",
}
"""What the body of a place is called in English, by the first part of the labels in lexicon/world/names."""
# The kinds of bodies that an adjective behind may name, and the countries whose regions have such.
_WITH_ADJECTIVES = {"canton": ("CH",), "region": ("FR", "IT")}
# Where municipalities are called so in English, whatever their size.
_MUNICIPALITIES = frozenset(("DK", "NO", "SE"))
_LONGEST_NAME = 4
# The most letters of a word that is written with a point: "TP.".
_SHORT = 3
_LINKS = 3
_SHORTEST_STEM = 4
_LARGE, _MUCH_LARGER = 100_000, 10


def bodies(context: Context, organisations: Organisations) -> Iterator[Found]:
    """The bodies of a text that are called by what they are and where.

    The body of "whole" keeps all of its words ("Communauté urbaine de Dunkerque").

    Of the labels "city_body" holds words for an office ("ayuntamiento", "byråd"), "city_area" words for the place as
    well ("stad", "kommune"), which mean nobody behind a word of `inside` ("in"); so for the other kinds. A word of
    "school" stands before its name ("université de Limoges") or behind ("Lunds universitet").
    """
    words = context.words
    heads, several = _heads(context.language.code)
    for index in [index for index, head in enumerate(words.heads) if head in heads]:
        if context.taken[words.starts[index]]:
            continue
        for label in _labels(context.language.code):
            last = _end_of_word(index, label, context, several)
            if last is None:
                continue
            found = _school(index, last, context) if label == "school" else _body(index, last, label, context)
            if found is not None and not any(context.taken[found.span.start : found.span.end]):
                listed = organisations.by_skeleton.get(skeleton(found.party.name))
                yield found if listed is None else Found(found.span, listed.party, found.score, found.reason)
                break


def municipality_of(town: str, country: str) -> Party:
    """The body that governs a town, by the town's English name: "City of Turku", "Malmö Municipality"."""
    form = _FORMS["municipality" if country in _MUNICIPALITIES else "city"]
    return Party(form.format(town), PartyKind.GOVERNMENT)


def body_party(kind: str, name: str) -> Party:
    """The body of a place by its kind ("province") and the place's name."""
    return Party(_FORMS[kind].format(name), PartyKind.GOVERNMENT)


@cache
def kinds_of_several(code: str) -> tuple[str, ...]:
    """The kinds of bodies for which a language has words in the plural."""
    language = load_name_words(code)
    return tuple(kind for kind in _FORMS if language.words(f"{kind}_areas"))


@cache
def _labels(code: str) -> tuple[str, ...]:
    language = load_name_words(code)
    labels = [f"{kind}_{sort}" for kind in _FORMS for sort in ("body", "area")]
    return tuple(label for label in (*labels, "school") if language.words(label))


def is_body(word: str, language: NameWords) -> bool:
    """Whether a word is one for the body of a place ("Diputación")."""
    return any(word in language.words(label) for label in _labels(language.code) if label != "school")


@cache
def _heads(code: str) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """The first letters of all words for bodies, and the phrases of several words by label."""
    lists = {label: load_name_words(code).words(label) for label in _labels(code)}
    phrases = {
        label: tuple(sorted((word for word in words.whole if " " in word), key=len, reverse=True))
        for label, words in lists.items()
    }
    return frozenset(head for words in lists.values() for head in words.heads), phrases


def _end_of_word(index: int, label: str, context: Context, several: dict[str, tuple[str, ...]]) -> int | None:
    """The last word of a word or phrase for a body that begins at `index`; None where none does."""
    words = context.words
    start = words.starts[index]
    for phrase in several[label]:
        if words.low.startswith(phrase, start):
            last = index + phrase.count(" ") + phrase.count("'")
            if last < len(words.ends) and words.ends[last] == start + len(phrase):
                return last
    return index if words.word(index) in context.language.words(label) else None


def _body(index: int, last: int, label: str, context: Context) -> Found | None:
    words = context.words
    kind, _, sort = label.rpartition("_")
    is_office = sort == "body"
    behind = _whole(index, context) or (_whole(last, context) if last > index else None)
    behind = behind or _adjective_behind(last, kind, context)
    named = context.language.words(f"{kind}_names")
    is_told = words.word(last + 1) in named or words.word(last + 2) in named  # "département de l'Ain"
    behind = behind or _name_behind(last, context, is_sure=is_office or is_told)
    if kind == "whole" and (end := _end_of_whole(last, context)) is not None:
        behind = "", end
    if behind is not None:
        name, span = behind[0], Span(words.starts[index], behind[1])
        name = (_county(words.low[words.ends[last] : span.end].strip(), context) if kind == "county" else None) or name
    else:
        before = _adjective_before(index, kind, context) or _name_before(index, context, is_sure=is_office, last=last)
        if before is None:
            return None
        name, span, index = before[0], Span(before[1], words.ends[last]), before[2]
    if not is_office and is_inside(index, context):
        return None
    if kind == "whole":
        name = " ".join(span.of(words.text).split())
        name = name[0].upper() + name[1:]
    party = body_party(kind, name)
    return Found(span, party, 0.8 if is_office else 0.65, "government" if is_office else "country")


def _county(key: str, context: Context) -> str | None:
    """The county of a name that is also a short one of its town: Cluj is no Cluj-Napoca."""
    named = context.towns.named(key)
    counties = (town for town in named if town.is_region and town.country == context.language.home)
    return next((county.name for county in counties if skeleton(county.name) == key), None)


def _whole(index: int, context: Context) -> tuple[str, int] | None:
    """The region whose name begins with the word for its body, in small letters: "województwo śląskie".

    That word may stand behind another for the body: "budżet województwa śląskiego".
    """
    words, names = context.words, context.countries.names
    for final in (index + 2, index + 1):
        if final < len(words.ends) and words.gap(index + 1) == " " and not _breaks(index + 1, words):
            place = names.get(words.low[words.starts[index] : words.ends[final]])
            if place is not None and place.name is not None:
                return place.name, words.ends[final]
    return None


def is_inside(index: int, context: Context) -> bool:
    """Whether a word before says that something lies there, an article or adjective between counting as nothing.

    Of "legt 3 miljoen in, de provincie Drenthe 2 miljoen" the comma parts both.
    """
    words, inside = context.words, context.language.words("inside")
    if index < 1 or "," in words.gap(index):
        return False
    before, topic = words.word(index - 1), context.language.words("topic")
    if any(words.word(at) in topic and words.word(at + 1) in inside for at in (index - 2, index - 3)):
        return False  # "Quant à la Ville de Lyon, elle paie"
    if before in inside:
        return True
    if before in context.language.words("purse"):
        return False  # "z rozpočtu Moravskoslezského kraje"
    if index < _LINKS - 1 or "," in words.gap(index - 1) or words.word(index - 2) not in inside:
        return False
    # "Im benachbarten Kanton Zürich": what acts would stand between as well ("in Genf zahlt der Kanton").
    is_small = words.text[words.starts[index - 1]].islower() and words.gap(index - 1) == " "
    return len(before) <= _LINKS or (is_small and not context.language.is_action(before, words.written(index - 1)))


def _name_behind(last: int, context: Context, *, is_sure: bool) -> tuple[str, int] | None:
    """The name that follows a word, over words such as "of the", and where it ends."""
    words = context.words
    first = last + 1
    for _ in range(_LINKS):
        if first >= len(words.starts) or _breaks(first, words):
            return None
        is_short = words.gap(first) in {". ", "."} and words.ends[last] - words.starts[last] <= _SHORT
        if words.gap(first) not in {" ", "'"} and not is_short:  # "UBND TP. Hồ Chí Minh"
            return None
        if not words.text[words.starts[first]].islower():
            break
        is_link = words.word(first) in context.types.joins or words.word(first) in context.language.words("of")
        if not is_link or words.word(first) in context.language.words("and"):
            return None  # "Malmö stad och Lunds universitet"
        first += 1
    else:
        return None
    end = first
    while end + 1 < len(words.starts) and end - first < _LONGEST_NAME and _goes_on(end + 1, words):
        end += 1
    for final in range(end, first - 1, -1):
        name = place_name(words.low[words.starts[first] : words.ends[final]], first, final, context)
        if name is not None:
            return name, words.ends[final]
    return _as_written(first, context) if is_sure else None


def _end_of_whole(last: int, context: Context) -> int | None:
    """Where a name ends that goes on over small links: "communauté d'agglomération du Pays de Saint-Malo"."""
    words, language, end = context.words, context.language, None
    for index in range(last + 1, min(last + 1 + 2 * _LONGEST_NAME, len(words.starts))):
        if words.gap(index) not in {" ", "'", "-"} or _breaks(index, words):
            break
        if words.text[words.starts[index]].isupper():
            end = words.ends[index]
        elif words.word(index) not in language.words("of") and words.gap(index) != "-":
            break
    return end


def _as_written(first: int, context: Context) -> tuple[str, int] | None:
    """A name that no gazetteer has: words with capitals, none of which is a general one."""
    words = context.words
    final = first
    while (
        final + 1 < len(words.starts)
        and final + 1 - first < MAX_RUN
        and _is_joined(final + 1, words)
        and words.text[words.starts[final + 1]].isupper()
    ):
        final += 1
    if _is_general(words.word(first), context) or not words.text[words.starts[first]].isupper():
        return None
    return words.text[words.starts[first] : words.ends[final]], words.ends[final]


def _is_general(word: str, context: Context) -> bool:
    banned = context.language.words("not_names")
    return word in context.types.generic or word in context.countries.names or word in banned or len(word) < 2


def _breaks(index: int, words: Words) -> bool:
    """Whether a line ends before a word."""
    return "\n" in words.text[words.ends[index - 1] : words.starts[index]]


def _goes_on(index: int, words: Words) -> bool:
    """Whether a word may go on a name, be it behind an elision: "Côtes-d'Armor"."""
    is_elided = words.gap(index) == "'" and words.ends[index - 1] - words.starts[index - 1] == 1
    return is_elided or _is_joined(index, words)


def _is_joined(index: int, words: Words) -> bool:
    if words.text[words.ends[index] : words.ends[index] + 1] == "$":
        return False  # "Universidade do Norte e R$ 3 milhões"
    is_saint = words.gap(index) in {". ", "."} and words.word(index - 1) in _SAINTS
    return (is_saint or words.gap(index) in {" ", "-"}) and not _breaks(index, words)


def place_name(key: str, first: int, final: int, context: Context) -> str | None:
    """The name of the region or town that the words `first` to `final` name, possibly inflected."""
    words, text = context.words, context.words.text
    is_small = text[words.starts[final]].islower()
    # Some towns go on in small letters: "Novo mesto".
    if text[words.starts[first]].islower() or (is_small and not context.towns.refs[key]):
        return None
    for form in (key, *(base for base, _ in context.language.endings.bases(key))):
        place = context.countries.names.get(form)
        if place is not None:
            return place.name
        if context.towns.refs[form]:
            towns = context.towns.named(form)
            home = [town for town in towns if town.country == context.language.home and not town.is_region]
            home = _large_elsewhere(towns, home, context) or home
            if home and _is_longer(skeleton(home[0].name), form):
                return text[words.starts[first] : words.ends[final]]  # Ludwigshafen is short for "am Rhein"
            if home and ("Å" not in home[0].name or home[0].name.lower().replace("å", "aa") != form):
                return home[0].name  # in English: "Comune di Torino" is the City of Turin, but Aarhus is no Århus
            town = next((town for town in towns if town.is_own and not town.is_region), towns[0])
            as_written = form == key and context.language.script == "latn" and not _is_case_of(town, key, context)
            return text[words.starts[first] : words.ends[final]] if as_written else town.name
    return None


def _is_longer(name: str, written: str) -> bool:
    """Whether a town's name goes on behind how it is written: "Ludwigshafen am Rhein", but not "Ho Chi Minh City"."""
    return name.startswith(f"{written} ") and name != f"{written} city"


def _large_elsewhere(towns: Sequence[Town], home: Sequence[Town], context: Context) -> list[Town]:
    """The large town that a name means rather in another land of the language: "Linz", "Wien" in German."""
    homes = load_language(context.language.code).homes if context.language.home is not None else ()
    large = [town for town in towns if town.country in homes and not town.is_region and town.people >= _LARGE]
    largest = max(large, key=lambda town: town.people, default=None)
    if largest is None or largest.people < _MUCH_LARGER * max((town.people for town in home), default=0):
        return []
    return [largest]


def _adjective_before(index: int, kind: str, context: Context) -> tuple[str, int, int] | None:
    """The town or region of the adjective right before a word for its body: "Львівська міська рада"."""
    words, last = context.words, index - 1
    if last < 0 or words.gap(index) != " " or not words.text[words.starts[last]].isupper():
        return None
    is_town = kind in {"city", "municipality"}
    first = last - (last > 0 and words.word(last - 1) in _SAINTS and words.gap(last) == ". ")
    adjective = words.low[words.starts[first] : words.ends[last]]
    place = (context.countries.town_adjective if is_town else context.countries.region_adjective)(adjective)
    name = place.name if place is not None else _town_of_adjective(adjective, kind, context)
    return (name, words.starts[first], first) if name is not None else None


def _adjective_behind(last: int, kind: str, context: Context) -> tuple[str, int] | None:
    """The region of the adjective right behind a word for its body: "Grand Conseil vaudois", and where it ends."""
    words, following = context.words, last + 1
    if kind not in _WITH_ADJECTIVES or following >= len(words.starts) or words.gap(following) != " ":
        return None
    place = context.countries.region_adjective(words.word(following))
    if place is None or place.name is None or place.code not in _WITH_ADJECTIVES[kind]:
        return None
    return place.name, words.ends[following]


def _town_of_adjective(word: str, kind: str, context: Context) -> str | None:
    """The town of an adjective that a language makes of every town: "Dresdner Stadtrat", "Zürcher Regierungsrat".

    The body of a region is meant where the region is called as the town is.
    """
    endings, homes = context.language.town_endings, tuple(load_language(context.language.code).homes)
    town = context.towns.of_adjective(word, endings, homes) if endings else None
    if town is None or kind in {"city", "municipality"}:
        return None if town is None else town.name
    called = context.towns.named(skeleton(town.name))
    return town.name if any(one.is_region and one.country == town.country for one in called) else None


def _is_case_of(town: Town, key: str, context: Context) -> bool:
    """Whether a name in the gazetteer is but a case of a town's own name: "Šiaulių" of Šiauliai."""
    own = skeleton(town.name)
    return own != key and any(base == own for base, _ in context.language.endings.bases(key))


def _name_before(index: int, context: Context, *, is_sure: bool, last: int) -> tuple[str, int, int] | None:
    """The name that ends right before words that go on to `last`, where it begins, and its first word."""
    words = context.words
    end = words.ends[last]
    last = index - 1
    if last < 0 or not _is_joined(index, words) or words.text[words.starts[last]].islower():
        return None
    for first in range(max(0, last - 2), last + 1):
        if not all(_is_joined(at, words) for at in range(first + 1, last + 1)):
            continue
        whole = context.countries.names.get(words.low[words.starts[first] : end])
        if whole is not None and whole.name is not None:
            return whole.name, words.starts[first], first  # "Jihomoravský kraj"
        name = place_name(words.low[words.starts[first] : words.ends[last]], first, last, context)
        if name is not None:
            return name, words.starts[first], first
    is_name = is_sure or not opens_sentence(words, last) or _is_named_elsewhere(last, words)
    is_name = is_name and words.text[words.starts[last]].isupper()
    if not is_name or _is_general(words.word(last), context):
        return None
    return words.text[words.starts[last] : words.ends[last]], words.starts[last], last


def _school(index: int, last: int, context: Context) -> Found | None:
    """A school or other body of learning: its name keeps the words of the text."""
    words = context.words
    for at in (index, index - 1):
        is_first = words.word(at) in context.types.first and words.text[words.starts[at]].isupper()
        if is_first and (at == index or words.gap(index) == " "):
            return None  # found by the word, with the whole of its name
    behind = _name_behind(last, context, is_sure=True)
    if behind is not None:
        end = _end_of_joined(behind[1], context)
        span = Span(words.starts[index], _end_of_school(last, end, context))
    else:
        before = _name_before(index, context, is_sure=True, last=last)
        if before is None:
            return None
        span = Span(before[1], words.ends[last])
    name = " ".join(words.text[span.start : span.end].split())
    if behind is None:
        name = without_ending(name, words.word(last), context.language, "school")
    return Found(span, Party(name[0].upper() + name[1:], PartyKind.ORGANISATION), 0.7, "type")


def _end_of_joined(end: int, context: Context) -> int:
    """Where a name ends that hyphens join to more words with capitals: "université Paris-Saclay"."""
    words = context.words
    following = bisect_left(words.starts, end)
    while following < len(words.starts) and words.gap(following) == "-" and words.starts[following] == end + 1:
        if not words.text[words.starts[following]].isupper():
            break
        end = words.ends[following]
        following += 1
    return end


def _end_of_school(last: int, end: int, context: Context) -> int:
    """Where a school's name ends whose fields have small letters in their second words: "Đại học Bách khoa Hà Nội"."""
    words, fields = context.words, context.language.words("school_fields")
    final = last
    while final + 1 < len(words.ends) and words.ends[final] < end:
        final += 1
    while fields and final + 1 < len(words.ends) and words.gap(final + 1) == " ":
        is_field = f"{words.word(final)} {words.word(final + 1)}" in fields
        if not is_field and not words.text[words.starts[final + 1]].isupper():
            break
        final += 1
    return words.ends[final]


def _is_named_elsewhere(index: int, words: Words) -> bool:
    """Whether a word has its capital amid a sentence, too: "Mo i Rana", "Rana kommune"."""
    word = words.word(index)
    return any(words.word(at) == word and at != index and not opens_sentence(words, at) for at in words.large)


def without_ending(name: str, word: str, language: NameWords, label: str) -> str:
    """A name whose last word (its skeleton `word`) stands in a case, with the word's base form of a list.

    "Kauno universitetui" is called Kauno universitetas where the list has both forms.
    """
    for length in reversed(language.endings.lengths):
        for instead, _ in language.endings.instead.get(word[-length:], ()):
            if len(word) - length >= _SHORTEST_STEM and word[:-length] + instead in language.words(label):
                return name[:-length] + instead
    return name
