"""Governments: a word for one beside a country's name or adjective, or alone where only one can be meant."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_bodies import is_body, is_inside
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_towns import town_that_acts
from pledgebook.extract.mentions.places_countries import country_at
from pledgebook.lexicon.capitals import load_capitals, load_heads
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import Organisations
from pledgebook.lexicon.places import Place

_LABELS = ("government", "ministry", "officeholder", "say")
# What the body of a region is called where it is no government of its own.
_REGION_FORMS = {
    "IT": "{} Region",
    "FR": "{} Region",
    "NL": "Province of {}",
    "CH": "Canton of {}",
    "JP": "{} Prefecture",
    "PL": "{} Voivodeship",
    "KR": "{} Province",
}
# The most words behind a verb among which a region may have its turn.
_TURN = 24
_OFFICE_WORDS = 9
_LARGE = 100_000
# How many words tell where a text was written, and how many times those of the likeliest land they have to be.
_LEAST_TOLD, _MUCH_MORE = 2, 2
_IN_OFFICE = frozenset((" ", "-", "'"))
CAPITAL = "capital"
"""The reason of a government that its capital stands for."""
_REGIONS_OF_THE_WORLD = frozenset({"150", "142", "002", "019", "001"})


def governments(context: Context, organisations: Organisations, *, region: str | None) -> Iterator[Found]:
    """The governments of a text. `region` is the country of the text's language code, where it has one."""
    words, language = context.words, context.language
    sorts = (
        ("government", 0.9, "government"),
        ("ministry", 0.7, "government"),
        ("officeholder", 0.3, "officeholder"),
    )
    home = region or _home_in(context)
    heads = frozenset[str]().union(*(language.words(label).heads for label in _LABELS))
    ends = set[int]()
    for index in [index for index, head in enumerate(words.heads) if head in heads]:
        word, start = words.tokens[index], words.starts[index]
        for label, score, reason in sorts:
            if context.taken[start] or not language.has(label, word, words.written(index)):
                continue
            beside = _country_beside(index, context)
            if beside is None and reason == "government":
                beside = _head_beside(index, context) or _capital_behind(index, context)
            if beside is not None:
                place, span = beside
                party = None if _is_where(place, index, context) else party_of(place, organisations)
                if party is not None and not any(context.taken[span.start : span.end]):
                    yield Found(span, party, score, reason)
                    ends.add(span.end)
            elif reason == "government" and home in organisations.governments and _may_stand_alone(index, context):
                alone = Span(start, words.ends[index])
                yield Found(alone, organisations.governments[home or ""], 0.4, "government")
                ends.add(alone.end)
            break
        else:
            yield from _region_behind(index, context, organisations)
            if index and language.is_action(word, words.written(index)):
                acting = list(_country_that_acts(index, context, organisations)) or list(town_that_acts(index, context))
                yield from acting
                if acting or words.ends[index - 1] in ends:
                    yield from _region_in_turn(index, context, organisations)
    _take_offices(context)


def _home_in(context: Context) -> str | None:
    """The country whose government words mean that name none, of those in which the language is written.

    It is the language's first home, unless the text names another, more than once, and never that one nor a town of it.
    """
    first, homes = context.language.home, load_language(context.language.code).homes
    if first is None or len(homes) == 1:
        return first
    countries = context.countries
    told = Counter(
        code
        for token in context.words.tokens
        if (code := countries.adjective(token) or (place.code if (place := countries.names.get(token)) else None))
        in homes
    )
    others = {code for code, count in told.items() if count > 1}
    if len(told) != 1 or not others or first in told or _has_town_of(first, context):
        return first
    return others.pop()


def _has_town_of(country: str, context: Context) -> bool:
    """Whether a text names a large town of a country."""
    words = context.words
    names = {words.tokens[at] for at in words.large if not words.text[words.starts[at]].islower()}
    return any(
        town.country == country and town.people >= _LARGE
        for name in names
        if context.towns.refs[name]
        for town in context.towns.named(name)
    )


def _take_offices(context: Context) -> None:
    """Marks what an office is for: "Minister for Digital Development" names no company."""
    words, language = context.words, context.language
    offices = [language.words(label) for label in ("ministry", "officeholder", "office")]
    heads = frozenset().union(*(several.heads for several in offices))
    for index in [index for index, head in enumerate(words.heads) if head in heads]:
        word = words.tokens[index]
        if word in context.types.last or not any(word in several for several in offices):
            continue
        last = _end_of_office(index, context)
        if last is not None:
            start = words.starts[index] if word in offices[0] else words.ends[index]
            context.taken[start : words.ends[last]] = b"\1" * (words.ends[last] - start)


def _end_of_office(index: int, context: Context) -> int | None:
    """The last word of what an office is for: words with capitals behind "of" or "for", joined by small words.

    A list may part them by commas ("Science, Innovation and Universities"), and one small word may belong to the
    capital before it ("Enseignement supérieur et de la Recherche").
    """
    words, language = context.words, context.language
    first = index + 1
    if words.word(first) in language.words("of"):
        first += 1
    elif words.word(index) not in language.words("ministry") or not _is_large(first, context):
        return None
    last = None
    for following in range(first, min(first + _OFFICE_WORDS, len(words.starts))):
        gap = words.gap(following)
        if gap not in _IN_OFFICE and not (gap == ", " and last is not None and _goes_on(following, context)):
            break
        if _is_large(following, context):
            if context.taken[words.starts[following]]:
                break
            if last is None and is_body(words.word(following), language):
                return None  # "the president of the Province of León" names the province
            if last is not None and _is_another(following, context):
                break
            last = following
        elif not _joins(following, context) and not (
            following - 1 == last and words.word(following + 1) in language.words("and")
        ):
            break
    return last


def _is_another(index: int, context: Context) -> bool:
    """Whether "and" joins what no ministry is for to what one is for: "ministero delle Imprese e Acme"."""
    words, language = context.words, context.language
    topics = language.words("ministry_for")
    return bool(topics) and words.word(index - 1) in language.words("and") and words.word(index) not in topics


def _goes_on(index: int, context: Context) -> bool:
    """Whether a list of single words with capitals goes on at `index` and ends with "and" and one more."""
    words = context.words
    for following in range(index, min(index + _OFFICE_WORDS, len(words.starts))):
        if words.word(following) in context.language.words("and"):
            return following > index and words.gap(following) == " "
        is_next = following > index and words.gap(following) == ", "
        if not is_next and following > index and words.gap(following) not in _IN_OFFICE:
            return False
        if _is_large(following, context):
            if not (is_next or following == index or _joins(following - 1, context)):
                return False
        elif (is_next or following == index) and not _joins(following, context):
            return False
    return False


def _is_large(index: int, context: Context) -> bool:
    words = context.words
    return index < len(words.starts) and not words.text[words.starts[index]].islower()


def _joins(index: int, context: Context) -> bool:
    word, language = context.words.word(index), context.language
    return word in context.types.joins or word in language.words("and") or word in language.words("of")


def region_party(country: str, name: str, organisations: Organisations) -> Party:
    """The body that governs a region, by the region's English name: "Government of Kerala", "Apulia Region"."""
    party = _party(Place(country, name), organisations)
    form = _REGION_FORMS.get(country)
    if party is None or (form is not None and party.name == f"Government of {name}"):
        called = (form or "Government of {}").format(name.removeprefix("Canton of "))
        return Party(called, PartyKind.GOVERNMENT)
    return party


def _is_where(place: Place, index: int, context: Context) -> bool:
    """Whether a word for a government only tells where something lies: "en el estado de Jalisco"."""
    return place.name is not None and _is_area_inside(index, context)


def _is_area_inside(index: int, context: Context) -> bool:
    """Whether a word for a state stands behind one that says that something lies there."""
    areas = (phrase.partition(" ")[0] for phrase in context.language.words("state_area").whole)
    return context.words.word(index) in areas and is_inside(index, context)


def _is_where_town(index: int, context: Context) -> bool:
    """Whether a state in which something lies bears the name of a town: "nello Stato di New York"."""
    of = context.words.word(index + 1) in context.language.words("of")
    return of and _is_large(index + 2, context) and _is_area_inside(index, context)


def party_of(place: Place, organisations: Organisations) -> Party | None:
    """Who governs a country or region, None for a continent."""
    return region_party(place.code, place.name, organisations) if place.name else _party(place, organisations)


def _party(place: Place, organisations: Organisations) -> Party | None:
    if place.name is not None:
        listed = organisations.by_skeleton.get(f"government of {place.name}".lower())
        return listed.party if listed else Party(f"Government of {place.name}", PartyKind.GOVERNMENT)
    if place.code in _REGIONS_OF_THE_WORLD:
        return None
    return organisations.governments.get(place.code)


def _may_stand_alone(index: int, context: Context) -> bool:
    """Whether the word for a government, without a country, means the government of the text's country."""
    words, language = context.words, context.language
    word = words.word(index)
    local = language.words("local")
    if _is_where_town(index, context) or (local and (words.word(index + 1) in local or words.word(index - 1) in local)):
        return False
    if word in context.types.not_alone:
        return word in context.types.alone_with_capital and words.text[words.starts[index]].isupper()
    return word in language.words("government") or word in language.words("ministry")


def _country_beside(index: int, context: Context) -> tuple[Place, Span] | None:
    words, countries, language = context.words, context.countries, context.language
    end = words.ends[index]
    for neighbour in (index - 1, index + 1):
        gap = words.gap(max(neighbour, index)) if 0 <= neighbour < len(words.starts) else "."
        word = words.word(neighbour) if gap in {" ", "-"} else ""
        region, code = countries.region_adjective(word), countries.adjective(word)
        is_small = code is not None and words.text[words.starts[neighbour]].islower()
        if code is not None and not (is_small and language.adjectives_have_capitals):
            first, last = min(neighbour, index), max(neighbour, index)
            return region or Place(code), Span(words.starts[first], words.ends[last])
        if region is not None:
            first, last = min(neighbour, index), max(neighbour, index)
            return region, Span(words.starts[first], words.ends[last])
    before = _country_before(index, context)
    if before is not None:
        return before[0], Span(before[1], end)
    return _country_behind(index, context)


def land_told(context: Context, homes: Sequence[str]) -> str | None:
    """The country in which a text was written, by its words and the lands it names, where a language has several.

    A land that is only named may be another's: some word of its own papers has to stand there.

    None where nothing tells that it is another than the one with most newsrooms.
    """
    words, language, countries = context.words, context.language, context.countries
    if not language.tells or not homes:
        return None
    counts, native = Counter[str](), set[str]()
    for word in set(words.tokens):
        place, adjective = countries.names.get(word), countries.adjective(word)
        region = countries.region_adjective(word)
        lands = {country for country, told in language.tells.items() if word in told}
        native |= lands
        lands |= {place.code} if place is not None else set()
        lands |= {adjective} if adjective is not None else set()
        lands |= {region.code} if region is not None else set()
        counts.update(lands & set(homes))
    land, most = max(counts.items(), key=lambda item: item[1], default=("", 0))
    is_told = most >= _LEAST_TOLD and most > _MUCH_MORE * counts[homes[0]]
    return land if land != homes[0] and is_told and land in native else None


def is_of_other_land(here: Found, context: Context, organisations: Organisations, region: str | None) -> bool:
    """Whether a word that a list knows for one nation's government means another's here."""
    words = context.words
    if here.party.kind is not PartyKind.GOVERNMENT or here.party.name not in _nations(organisations):
        return False
    index = bisect_left(words.starts, here.span.start)
    is_word = words.ends[index : index + 1] == (here.span.end,)  # not amid a run of signs without blanks
    if not is_word or words.word(index) not in context.language.words("government"):
        return False
    beside = _country_beside(index, context) or _capital_behind(index, context)
    party = organisations.governments.get(region or "") if beside is None else party_of(beside[0], organisations)
    return party is not None and party.name != here.party.name


def _nations(organisations: Organisations) -> frozenset[str]:
    return frozenset(party.name for party in organisations.governments.values())


def _head_beside(index: int, context: Context) -> tuple[Place, Span] | None:
    """The country of who heads a government, by the surname beside a word: "the Biden administration"."""
    words, heads, size = context.words, load_heads(), len(context.words.starts)
    behind = index + 1
    if behind < size and words.gap(behind) in {" ", "-", " of "}:
        for last in (behind + 1, behind):
            where = heads.get(words.low[words.starts[behind] : words.ends[last]]) if last < size else None
            if where is not None and words.text[words.starts[behind]].isupper():
                return Place(*where), Span(words.starts[index], words.ends[last])
    last = index - 1
    if last > 0 and words.word(last) == "s" and words.gap(last) == "'":
        last -= 1
    if last < 0 or words.gap(index) not in {" ", "-"}:
        return None
    for first in (last - 1, last):
        key = words.low[words.starts[first] : words.ends[last]] if first >= 0 else ""
        where = heads.get(key) or next(
            (heads[base] for base, _ in context.language.endings.bases(key) if base in heads), None
        )
        if where is not None and words.text[words.starts[first]].isupper():
            return Place(*where), Span(words.starts[first], words.ends[index])
    return None


def _capital_behind(index: int, context: Context) -> tuple[Place, Span] | None:
    """The country in whose capital a government sits: "the government in Bucharest", "rząd w Bukareszcie"."""
    words, language = context.words, context.language
    at, seat = index + 1, index + 2
    if seat >= len(words.starts) or words.word(at) not in language.words("at"):
        return None
    if words.gap(at) != " " or words.gap(seat) != " " or words.text[words.starts[seat]].islower():
        return None
    for name in (words.tokens[seat], *(base for base, _ in language.endings.bases(words.tokens[seat]))):
        towns = [town for town in context.towns.named(name) if (town.country, town.name) in load_capitals()]
        if towns:
            capital = max(towns, key=lambda town: town.people)
            return Place(capital.country), Span(words.starts[index], words.ends[seat])
    return None


def _country_behind(index: int, context: Context) -> tuple[Place, Span] | None:
    """The country or region that follows a word, in the genitive or after words such as "of the"."""
    words, countries, language = context.words, context.countries, context.language
    start = words.starts[index]
    following = index + 1
    # What a ministry is for, in a language that says so without a small word: "Міністерство економіки Польщі".
    is_ministry = words.word(index) in language.words("ministry") and bool(language.words("ministry_for"))
    for _ in range(_OFFICE_WORDS if is_ministry else 3):
        if following >= len(words.starts) or words.gap(following) not in ({" ", ", "} if is_ministry else {" ", "'"}):
            return None
        here = country_at(words, following, countries, language)
        if here is not None and not words.text[here[0].start].islower():
            has_small_word = bool(language.words("of"))  # Vietnamese has none: "chính phủ Đức"
            stands_apart = (
                following == index + 1 and has_small_word and not language.endings and language.script == "latn"
            )
            return None if stands_apart else (here[1], Span(start, here[0].end))
        word = words.word(following)
        is_topic = is_ministry and (word in language.words("ministry_for") or word in language.words("and"))
        if not is_topic and word not in context.types.joins and word not in language.words("of"):
            return None
        following += 1
    return None


def _country_before(index: int, context: Context) -> tuple[Place, int] | None:
    """The country or region whose name ends right before a word, possibly in the genitive, and where it begins."""
    words = context.words
    last = index - 1
    if last > 1 and words.word(last - 1) == "s" and words.gap(last - 1) == "'" and words.gap(last) == " ":
        last -= 1  # "Nigeria's federal government"
        if words.gap(index) != " " or words.text[words.starts[index - 1]].isupper():
            return None
    if words.word(last) == "s" and words.gap(last) == "'":
        last -= 1
    if last < 0 or words.text[words.starts[last]].islower():
        return None
    is_initial = words.ends[last] - words.starts[last] == 1 and words.gap(index) == ". "  # "the U.S. Department"
    if words.low[words.ends[index - 1] : words.starts[index]] not in {" ", "-", ""} and not is_initial:
        return None
    for first in range(max(0, last - 3), last + 1):
        if words.text[words.starts[first]].islower():
            continue
        here = country_at(words, first, context.countries, context.language)
        if here is not None and here[0].end >= words.ends[last]:
            return here[1], here[0].start
    return None


def _country_that_acts(index: int, context: Context, organisations: Organisations) -> Iterator[Found]:
    """A country or region as the subject of a word of action: "France will lend 2 billion"."""
    before, reason = _country_before(index, context), "country"
    if before is None:
        before, reason = _capital_before(index, context), CAPITAL
    if before is None:
        return
    place, start = before
    first = bisect_left(context.words.starts, start)
    if context.words.word(first - 1) in context.language.words("at") and context.words.gap(first) == " ":
        return  # "in Norrbotten will be trained"
    if _is_of_name(first, context):
        return
    here = country_at(context.words, first, context.countries, context.language)
    there = context.language.there
    is_there = bool(there) and context.words.written(index - 1).lower().endswith(there)
    if place.is_town or is_there or (here is not None and here[2]):
        return  # Lithuanian "Taivane investuos": in Taiwan somebody will
    party = party_of(place, organisations)
    if party is None:
        return
    yield Found(Span(start, context.words.ends[index - 1]), party, 0.3, reason)
    joint = context.words.word(first - 1)
    if first > 1 and joint in context.language.words("and") and context.words.gap(first) == " ":
        yield from _country_that_acts(first - 1, context, organisations)  # "Denmark and Greenland set aside"


def _is_of_name(first: int, context: Context) -> bool:
    """Whether a land only says whose arm a company is, or where it is from: "HSBC Vietnam will", "Acme from Korea"."""
    words, before = context.words, first - 1
    if before < 0 or words.gap(first) != " ":
        return False
    if context.taken[words.starts[before]]:
        return True
    if before < 1 or words.word(before) not in context.language.words("whence") or words.gap(before) != " ":
        return False
    return bool(context.taken[words.starts[before - 1]]) or words.text[words.starts[before - 1]].isupper()


def _region_in_turn(index: int, context: Context, organisations: Organisations) -> Iterator[Found]:
    """A region that does the same for another sum behind the verb: "Ottawa will give 30 million and Quebec 20"."""
    # Behind a comma as well: "der Bund gibt 30 Millionen, Hessen 20".
    words, ands = context.words, context.language.words("and")
    for at in range(index + 1, min(index + _TURN, len(words.starts) - 1)):
        if any(c in words.gap(at) for c in ".;:!?\n"):
            return
        is_next = words.word(at - 1) in ands or words.gap(at) == ", "
        if not is_next or words.text[words.starts[at]].islower():
            continue
        here = country_at(words, at, context.countries, context.language)
        if here is None or here[1].name is None or here[1].is_town:
            continue
        party = party_of(here[1], organisations)
        if party is not None and words.text[here[0].end : here[0].end + 2].strip()[:1].isdigit():
            yield Found(here[0], party, 0.3, "country")
            return


def _region_behind(index: int, context: Context, organisations: Organisations) -> Iterator[Found]:
    """A region as the subject behind a verb of giving: "12 Millionen davon zahlt Hessen"."""
    words = context.words
    if words.word(index) not in _turned(context.language.code) or index + 1 >= len(words.starts):
        return
    here = country_at(words, index + 1, context.countries, context.language)
    if here is None or here[1].name is None or here[1].is_town or here[2] or words.gap(index + 1) != " ":
        return
    party = party_of(here[1], organisations)
    behind = words.text[here[0].end : here[0].end + 2]
    if party is not None and (not behind.strip() or behind[0] in ".,;" or behind.strip()[:1].isdigit()):
        yield Found(here[0], party, 0.3, "country")


@cache
def _turned(code: str) -> frozenset[str]:
    """The verbs of giving behind which their subject may stand."""
    return frozenset(load_language(code).flow.get("turned", ()))


def _capital_before(index: int, context: Context) -> tuple[Place, int] | None:
    """The country whose capital's name ends right before a word, and where it begins: "Ottawa will give Acme"."""
    words, capitals = context.words, _countries_of_capitals()
    for first in (index - 2, index - 1):
        if first < 0 or any(words.gap(at) != " " for at in range(first + 1, index + 1)):
            continue
        start = words.starts[first]
        code = capitals.get(words.low[start : words.ends[index - 1]])
        if code is not None and words.text[start].isupper() and not context.taken[start]:
            is_part = first > 0 and words.gap(first) in _IN_OFFICE and words.text[words.starts[first - 1]].isupper()
            return None if is_part else (Place(code), start)
    return None


@cache
def _countries_of_capitals() -> dict[str, str]:
    """The countries by the skeletons of their capitals, without those that stand for several governments."""
    codes: dict[str, list[str]] = {}
    for code, name in load_capitals():
        codes.setdefault(skeleton(name), []).append(code)
    return {name: several[0] for name, several in codes.items() if len(several) == 1}
