"""Towns, provinces and the government at home, in scripts without capitals, where they act."""

import re
from collections.abc import Iterator
from functools import cache

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.lexicon.organisations import Organisations
from pledgebook.lexicon.places import load_name_words

_HAN = "\u3005\u4e00-\u9fff"
_LETTERS = {"hani": f"[{_HAN}]", "hang": "[\uac00-\ud7a3]"}
_FORMS = {
    "prefecture": "{} Prefecture",
    "province": "{} Province",
    "city": "City of {}",
    "district": "{} District",
    "county": "{} County",
    "school": "{}",
}
_NOT_GOVERNING = frozenset({"school"})


def local_bodies(context: Context, organisations: Organisations, *, home: str | None) -> Iterator[Found]:
    """Provinces and towns that are followed by a word of `acts`: 福岡県は, 창원시 100억 원, 深圳市政府.

    The labels of lexicon/world/names are those of _FORMS. A name that no gazetteer has is left out. `home` is the
    country whose government a word of `government_acts` means.
    """
    text, language = context.words.text, context.language
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
                party = Party(_FORMS[kind].format(name), PartyKind.GOVERNMENT)
                yield Found(Span(*match.span("all")), party, 0.6, "country")
    alone = _at_home(language.code)
    government = organisations.governments.get(home or "")
    if alone is None or government is None:
        return
    for match in alone.finditer(text):
        if not any(context.taken[match.start("all") : match.end("all")]):
            yield Found(Span(*match.span("all")), government, 0.4, "government")


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
        ending += rf"|(?:{joined}) ?{letter}{{1,12}}(?:{ending})"
    ending += r"| ?\d[\d,.]*[조억만億亿萬万]"  # 창원시 100억 원
    above = "|".join(map(re.escape, language.words("prefecture_word").whole | language.words("province_word").whole))
    inside = rf"(?:{letter}{{2,3}}(?:{above}))?" if above and language.script == "hani" else ""  # 富山県高岡市
    body = "|".join(map(re.escape, words))
    return re.compile(rf"(?<!{letter}){inside}(?P<all>(?P<name>{letter}{{1,5}}?)(?P<word>{body}))(?={ending})")


@cache
def _at_home(code: str) -> re.Pattern[str] | None:
    language = load_name_words(code)
    words = sorted(language.words("government_acts").whole, key=len, reverse=True)
    acts = sorted(language.words("acts").whole, key=len, reverse=True)
    if not words:
        return None
    letter = _LETTERS.get(language.script, r"\w")
    return re.compile(rf"(?<!{letter})(?P<all>{'|'.join(map(re.escape, words))})(?={'|'.join(map(re.escape, acts))})")
