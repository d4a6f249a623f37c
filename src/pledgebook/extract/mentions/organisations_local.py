"""Towns, provinces and the government at home, in scripts without capitals, where they act."""

import re
from collections.abc import Iterator
from functools import cache

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_governments import party_of
from pledgebook.lexicon.organisations import Organisations
from pledgebook.lexicon.places import load_name_words

_HAN = "\u3005\u4e00-\u9fff"
_KANA = "\u30a1-\u30fe"
_LETTERS = {"hani": f"[{_HAN}]", "hang": "[\uac00-\ud7a3]"}
_FORMS = {
    "prefecture": "{} Prefecture",
    "province": "{} Province",
    "city": "City of {}",
    "district": "{} District",
    "county": "{} County",
    "school": "{}",
    "state": "Government of {}",
}
_LONGEST, _SHORTEST = 5, 2
_NOT_GOVERNING = frozenset({"school"})


def local_bodies(context: Context, organisations: Organisations, *, home: str | None) -> Iterator[Found]:
    """Provinces and towns that are followed by a word of `acts`: 福岡県は, 창원시 100억 원, 深圳市政府.

    The labels of lexicon/world/names are those of _FORMS. A name that no gazetteer has is left out. `home` is the
    country whose government a word of `government_acts` means.
    """
    text, language = context.words.text, context.language
    offices = list(_in_office(context))
    yield from offices
    lands = _of_lands(context, organisations)
    yield from (here for here in lands if not any(here.span.overlaps(other.span) for other in offices))
    pattern = _bodies(language.code)
    for match in pattern.finditer(text) if pattern is not None else ():
        if not any(context.taken[match.start("all") : match.end("all")]):
            name = _name(match["name"], match["word"], context)
            if name is not None:
                kind = next(kind for kind in _FORMS if match["word"] in language.words(f"{kind}_word"))
                if kind in _NOT_GOVERNING:  # 부산대: the name as it is written
                    party = Party(match["all"], PartyKind.ORGANISATION)
                    yield Found(Span(*match.span("all")), party, 0.6, "type")
                    continue
                party = Party(called(kind, name), PartyKind.GOVERNMENT)
                yield Found(Span(*match.span("all")), party, 0.6, "country")
    alone = _at_home(language.code)
    government = organisations.governments.get(home or "")
    if alone is None or government is None:
        return
    for match in alone.finditer(text):
        if not any(context.taken[match.start("all") : match.end("all")]):
            yield Found(Span(*match.span("all")), government, 0.4, "government")


def _in_office(context: Context) -> Iterator[Found]:
    """Bodies with a word of `office_after`, wherever they stand: 与张家口市宣化区人民政府, 柔佛州政府.

    A district that no gazetteer has keeps the name that the text gives it.
    """
    text, language = context.words.text, context.language
    pattern = _offices(language.code)
    for match in pattern.finditer(text) if pattern is not None else ():
        end, word = match.end("word"), match["word"]
        lengths = [n for n in range(_LONGEST, 0, -1) if _is_run(text[match.start() - n : match.start()], n)]
        known = ((n, _name(text[match.start() - n : match.start()], word, context)) for n in lengths)
        length, name = next(((n, name) for n, name in known if name is not None), (0, None))
        kind = next(kind for kind in _FORMS if word in language.words(f"{kind}_word"))
        if name is None and kind == "district":
            stops = language.words("form_stops").whole | _above(language.code)
            length = next((n for n in range(_LONGEST) if not _goes_back(text, match.start() - n, stops)), 0)
        start = match.start() - length
        is_source = text.endswith(tuple(language.words("source_before").whole or "\0"), 0, start)
        if length < _SHORTEST or is_source or any(context.taken[start:end]):
            continue
        party = Party(called(kind, name) if name else text[start:end], PartyKind.GOVERNMENT)
        yield Found(Span(start, end), party, 0.6, "country")


def _of_lands(context: Context, organisations: Organisations) -> Iterator[Found]:
    """Governments and ministries with a country's or region's name right before: 韩国产业部, フランドル政府."""
    text, low, names = context.words.text, context.words.low, context.countries.names
    tail = _ministries(context.language.code)
    if tail is None:
        return
    end = 0
    for index in range(len(low) - 1):
        if index < end:
            continue
        for length in context.countries.starts.get(low[index : index + 2], ()):
            place, behind = names.get(low[index : index + length]), tail.match(text, index + length)
            if place is None or behind is None or (place.name is not None and behind["government"] is None):
                continue
            party = party_of(place, organisations)
            if party is not None and not any(context.taken[index : behind.end()]):
                end = behind.end()
                yield Found(Span(index, end), party, 0.9, "government")
                break


@cache
def _ministries(code: str) -> re.Pattern[str] | None:
    """A word for a government, or for a ministry with what it is for."""
    language = load_name_words(code)
    if language.script != "hani" or not language.words("ministry_for"):
        return None
    own = "|".join(map(re.escape, sorted(language.words("government").whole, key=len, reverse=True)))
    topics = "|".join(map(re.escape, sorted(language.words("ministry_for").whole, key=len, reverse=True)))
    ends = "|".join(map(re.escape, sorted(language.words("ministry").whole, key=len, reverse=True)))
    letter = f"[{_HAN}]"
    inner = rf"{letter}{{0,4}}?(?:{topics})(?:[与與和及・]?{letter}{{1,4}}?)?"
    not_behind = "|".join(map(re.escape, sorted(language.words("not_ministry_before").whole))) or "(?!)"
    return re.compile(rf"(?:(?P<government>{own})|{inner}(?:{ends})(?!{not_behind}))")


def called(kind: str, name: str) -> str:
    """A body by its kind and where it is: Hsinchu County, whether the place is called Hsinchu or Hsinchu County."""
    called = _FORMS[kind].format(name)
    sort = called.removeprefix(f"{name} ")
    return name if sort != called and name.endswith(f" {sort}") else called


def _is_run(text: str, length: int) -> bool:
    return len(text) == length and re.fullmatch(f"[{_HAN}]+", text) is not None


def _goes_back(text: str, at: int, stops: frozenset[str]) -> bool:
    return at > 0 and _is_run(text[at - 1], 1) and text[at - 1] not in stops


def _above(code: str) -> frozenset[str]:
    language = load_name_words(code)
    return frozenset().union(*(language.words(f"{kind}_word").whole for kind in ("city", "province", "state")))


@cache
def _offices(code: str) -> re.Pattern[str] | None:
    language = load_name_words(code)
    words = sorted({word for kind in _FORMS for word in language.words(f"{kind}_word").whole}, key=len, reverse=True)
    offices = sorted(language.words("office_after").whole, key=len, reverse=True)
    if not words or not offices or language.script != "hani":
        return None
    behind = "|".join(map(re.escape, offices))
    departments = "|".join(map(re.escape, sorted(language.words("department").whole, key=len, reverse=True)))
    if departments:  # 上海市经信委
        not_behind = "|".join(map(re.escape, sorted(language.words("not_department_before").whole))) or "(?!)"
        behind += rf"|[{_HAN}]{{1,7}}?(?:{departments})(?!{not_behind})"
    return re.compile(rf"(?P<word>{'|'.join(map(re.escape, words))})(?={behind})")


def _name(name: str, word: str, context: Context) -> str | None:
    """The English name of a region or the name of a town, with or without the word for what it is."""
    for form in (name + word, name):
        place = context.countries.names.get(form)
        if place is not None and place.name is not None:
            return place.name
    for form in (name + word, name):
        if context.towns.refs[form]:
            return context.towns.named(form)[0].name
    return None


@cache
def _bodies(code: str) -> re.Pattern[str] | None:
    language = load_name_words(code)
    words = sorted({word for kind in _FORMS for word in language.words(f"{kind}_word").whole}, key=len, reverse=True)
    acts = sorted(language.words("acts").whole, key=len, reverse=True)
    if not words or not acts or language.script not in _LETTERS:
        return None
    letter = _LETTERS[language.script]
    ending = "|".join(map(re.escape, acts))
    joined = "|".join(map(re.escape, sorted(language.words("acts_with").whole)))
    if joined:  # 경상북도와 포항시는
        ending += rf"|(?:{joined}) ?[{letter[1:-1]}、]{{1,14}}(?:{ending})"  # 省与武汉市、鄂州市设立
    ending += r"| ?\d[\d,.]*[조억만億亿萬万]"  # 창원시 100억 원
    above = "|".join(map(re.escape, language.words("prefecture_word").whole | language.words("province_word").whole))
    inside = rf"(?:{letter}{{2,3}}(?:{above}))?" if above and language.script == "hani" else ""  # 富山県高岡市
    body = "|".join(map(re.escape, words))
    # "其中江苏省补助": behind a small word as well as behind a mark.
    small = sorted(map(re.escape, language.words("begins").whole))
    starts = "|".join(f"(?<={word})" for word in small)
    begins = f"(?:(?<!{letter})(?!{'|'.join(small)})|{starts})" if small else f"(?<!{letter})"
    no_join = f"(?!{'|'.join(small)})" if small else ""
    return re.compile(rf"{begins}{inside}{no_join}(?P<all>(?P<name>{letter}{{1,5}}?)(?P<word>{body}))(?={ending})")


@cache
def _at_home(code: str) -> re.Pattern[str] | None:
    language = load_name_words(code)
    words = sorted(language.words("government_acts").whole, key=len, reverse=True)
    acts = sorted(language.words("acts").whole, key=len, reverse=True)
    if not words:
        return None
    letter = _LETTERS.get(language.script, r"\w")
    if language.script == "hani":
        letter = f"[{_HAN}{_KANA}]"  # フランドル政府
    return re.compile(rf"(?<!{letter})(?P<all>{'|'.join(map(re.escape, words))})(?={'|'.join(map(re.escape, acts))})")
