"""Names in Chinese and Japanese that no list has and no word for a company ends: by what is written beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_free import found_company, is_free
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.places import NameWords, load_name_words

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff"
_KANA = "\u30a1-\u30fa\u30fc-\u30fe"
_LETTERS = f"{_HAN}{_KANA}A-Za-z0-9Ａ-Ｚａ-ｚ&＆・"
_NAME = re.compile(f"[{_LETTERS}]+")
_SMALL = "".join(map(chr, range(0x3041, 0x3094)))
_SOUNDS = re.compile(f"[{_KANA}]+$")
_HAS_LETTER = re.compile(f"[{_HAN}{_KANA}A-Za-z]")
_LONGEST, _SHORTEST = 16, 2
_SHORTEST_PART, _SHORTEST_START = 3, 4
_SURE = 0.5
_BRACKETS = r"(?:[（(][^）)\n]{1,24}[）)])?"
_DAY = r"(?:\d{1,2}月)?[\d０-９]{1,2}日"
_YEAR = r"[12]\d{3}年(?:\d{1,2}月|[初底末中])?"


def beside_words(context: Context) -> Iterator[Found]:
    """Names that a date and a particle or a word for telling follow, a seat in brackets, an office, or that pay.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> [mention.party.name for mention in find_organisations("フェルデックは18日、工場を建てると発表した。", "ja")]
    ['フェルデック']
    >>> [mention.party.name for mention in find_organisations("该项目由禾溪半导体投资22亿元建设。", "zh")]
    ['禾溪半导体']
    """
    text = context.words.text
    for pattern, is_seat in _patterns(context.language.code):
        for match in pattern.finditer(text):
            if is_seat and not _is_place(match["place"], context):
                continue
            for span in spans_of_names(match, context):
                if not is_free(context, span.start, span.end) or _is_in_land(span, context):
                    continue
                if name_in_han(span.of(text), context):
                    yield found_company(text, span.start, span.end, 0.6, "subject")


def spans_of_names(match: re.Match[str], context: Context, *, is_one: bool = False) -> Iterator[Span]:
    """The names of a match, without the words before them that say what they are: 禾溪和启元, 米フェルデック."""
    start, end = match.span("name")
    text, language = context.words.text, context.language
    joins = "|".join(map(re.escape, sorted(language.words("and").whole - {"・"})))
    endings = language.words("company_after").whole - language.words("legal_form").whole  # 大模型公司北辰智能
    parts = list(re.finditer(rf"(?:(?!{joins}).)+" if joins and not is_one else ".+", text[start:end]))
    if any(len(part.group()) < _SHORTEST for part in parts):  # 禹和资本
        parts = list(re.finditer(".+", text[start:end]))
    for part in parts:
        first, last = start + part.start(), start + part.end()
        for label in ("introduce", "cuts"):
            for word in language.words(label).whole - endings:
                at = text.rfind(word, max(0, first - len(word) + 1), last)  # 竞争对手帆度云, where 对 is a small word
                if at + len(word) > first and at >= 0 and last - at - len(word) >= _SHORTEST:
                    first = at + len(word)
        place = context.countries.names.get(text[first : first + 1])
        first += place is not None and last - first > _SHORTEST  # 米フェルデック
        yield Span(first, last)


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    language = load_name_words(code)
    if language.script != "hani":
        return ()
    # Where a name may begin: behind a mark, a small word, or letters of another sort.
    begins = f"(?:(?<![{_LETTERS}])|{_behind(language.words('begins').whole)})"
    name = rf"{begins}(?P<name>[{_LETTERS}]{{2,{_LONGEST}}}?)"
    heads, topics, reports = (_any(language.words(label).whole) for label in ("heads", "topics", "reports"))
    days = f"(?:{_any(language.words('days').whole)}|{_DAY})"
    adverbs = _any(language.words("adverbs").whole)
    found: list[tuple[str, bool]] = []
    if topics != _NEVER:
        found.append((rf"{name}{_BRACKETS}(?:{topics}){days}", False))
    if reports != _NEVER:
        found.append((rf"{name}(?:{days}|{_YEAR}|{adverbs})*(?:{reports})", False))
    if heads != _NEVER:
        of = _any(language.words("head_of").whole)
        person = rf"(?:{of})(?:[{_HAN}]{{2,6}}?|[{_KANA}・]{{4,20}}?)" if of != _NEVER else ""
        found.append((rf"{name}{person}(?:{heads})", False))
    if language.words("seat"):
        seat = f"(?:(?:{_any(language.words('seat').whole)})[：:・ ]?)?"
        found.append((rf"{name}[（(]{seat}(?P<place>[{_HAN}{_KANA}]{{2,8}}?)(?=[・、，）),])", True))
    agents, pays = (_any(language.words(label).whole) for label in ("agent_before", "agent_after"))
    if _NEVER not in {agents, pays}:
        found.append((rf"(?<=(?:{agents}))(?P<name>[{_LETTERS}、]{{2,{2 * _LONGEST}}}?)(?=(?:{pays}))", False))
    spends, about = (_any(language.words(label).whole) for label in ("spends", "about"))
    if spends != _NEVER:
        found.append((rf"{name}(?:{adverbs})*(?:{spends})(?:{about})?\d[\d.,]*[万萬亿億兆]", False))
    stops, paid = (_any(language.words(label).whole) for label in ("stops", "pays"))
    if _NEVER not in {stops, paid}:  # "ハルカゼ電算は松江市に30億円を投じ"
        found.append((rf"{name}{_BRACKETS}(?:{stops})(?=[^。\n]{{0,60}}?\d[^、。\n]{{0,8}}?(?:{paid}))", False))
    found += [*_labelled(code), *_beside_marks(code, begins)]
    given, giving = (_any(language.words(label).whole) for label in ("given_before", "given_after"))
    if _NEVER not in {given, giving}:
        found.append((rf"(?<=(?:{given}))(?P<name>[{_LETTERS}]{{2,{_LONGEST}}}?)(?=(?:{giving}))", False))
    return tuple((re.compile(pattern, re.MULTILINE), is_seat) for pattern, is_seat in found)


def _beside_marks(code: str, begins: str) -> list[tuple[str, bool]]:
    """The patterns of names in quotation marks behind a word for a company, and of those that join a round."""
    language = load_name_words(code)
    found: list[tuple[str, bool]] = []
    sorts, invests = (_any(language.words(label).whole) for label in ("introduce", "invests"))
    if sorts != _NEVER:  # 机器人公司“拓野”, 子会社「フタバ」
        found.append((rf"(?:{sorts})[“「『‘](?P<name>[{_LETTERS}]{{2,{_LONGEST}}}?)(?=[”」』’])", False))
    if invests != _NEVER:  # 由启川领投，海格、青禾跟投
        found.append((rf"{begins}(?P<name>[{_LETTERS}、]{{2,{2 * _LONGEST}}}?)(?=(?:{invests}))", False))
    return found


def _labelled(code: str) -> list[tuple[str, bool]]:
    """The pattern of names that a line of facts tells to invest: "事業者：庄内マイクロ"."""
    who = load_language(code).columns.get("who", ())
    name = rf"(?P<name>[{_LETTERS}、]{{2,{2 * _LONGEST}}}?){_BRACKETS}$"
    return [(rf"^[^：:\n]{{0,2}}(?:{_any(who)}) ?[：:] ?{name}", False)] if who else []


_NEVER = "(?!)"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or _NEVER


def _behind(words: Iterable[str]) -> str:
    return "|".join(f"(?<={re.escape(word)})" for word in sorted(words)) or _NEVER


def _is_in_land(span: Span, context: Context) -> bool:
    """Whether a stretch is but the end of the name of a land or region: 呼和浩特."""
    text, names = context.words.text, context.countries.names
    return any(text[begin : span.end] in names for begin in range(max(0, span.start - _SHORTEST_START), span.start))


def _is_place(name: str, context: Context) -> bool:
    """Whether the words in brackets tell a place: 東京, 水戸市, 長野県松本市."""
    return any(
        name[:length] in context.countries.names or bool(context.towns.refs[name[:length]])
        for length in range(len(name), 1, -1)
    )


def name_in_han(name: str, context: Context, *, by_ending: bool = False) -> bool:
    """Whether a stretch is no general word, no person with an office, and no place.

    What ends names of companies as often as other words (`by_ending`) ends one behind what is no general word.
    """
    language = context.language
    letters = name.lstrip(_SMALL) if by_ending else name
    if len(name) < _SHORTEST or _HAS_LETTER.search(name) is None or _NAME.fullmatch(letters) is None:
        return False
    key = name.lower()
    if any(key in language.words(label) for label in ("general", "not_names", "introduce", "no_company", "not_short")):
        return False
    ends = [word for word in language.words("company_ending").whole if by_ending and key.endswith(word)]
    is_ended = any(len(key) - len(word) >= _SHORTEST and not _is_general(key[: -len(word)], context) for word in ends)
    if any(_is_general(key[: -len(word)], context) for word in ends):
        return False
    ends_otherwise = key.endswith(_endings(language)) and not is_ended and not _ends_in_kana(key, language)
    if ends_otherwise or key.startswith(tuple(language.words("no_company_first").whole)):
        return False
    inside = language.words("person").whole | language.words("no_company_inside").whole
    if key[-1].isdigit() or (_is_person(name, language) and not is_ended) or any(word in key for word in inside):
        return False
    return key not in context.countries.names and not context.towns.refs[key]


def _is_general(name: str, context: Context) -> bool:
    return name in context.language.words("general") or name in context.countries.names


def _ends_in_kana(name: str, language: NameWords) -> bool:
    """Whether the sounds of a foreign name end it, and not just a word: クオーツライン, but not 生産ライン."""
    sounds = _SOUNDS.search(name)
    last = max((word for word in _endings(language) if name.endswith(word)), key=len, default="")
    if sounds is None or _SOUNDS.fullmatch(last) is None or not language.words("common"):
        return False
    first = sounds.group()[: -len(last)]
    return len(first) >= _SHORTEST_PART and not any(first in language.words(label) for label in ("common", "general"))


@cache
def _no_company_last(code: str) -> tuple[str, ...]:
    language = load_name_words(code)
    return tuple(language.words("no_company_last").whole | language.words("person").whole)


def _endings(language: NameWords) -> tuple[str, ...]:
    return _no_company_last(language.code)


def _is_person(name: str, language: NameWords) -> bool:
    """Whether a name of two or three letters begins with a surname, where the language has a list of them."""
    return len(name) <= _SHORTEST_PART and name[0] in language.words("surnames")


def by_parts(context: Context, found: Sequence[Found]) -> Iterator[Found]:
    """Names of `found` by their beginning, with or without the town before it: 深圳蓝鲸 of 深圳蓝鲸智算有限公司.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> text = "深圳蓝鲸智算有限公司将投资2亿元。蓝鲸智算表示，项目明年动工。"
    >>> [mention.party.name for mention in find_organisations(text, "zh")]
    ['深圳蓝鲸智算', '深圳蓝鲸智算']
    """
    text, language = context.words.text, context.language
    names = short_names(context, found)
    if not names:
        return
    behind = _any([*language.words("says").whole, *language.words("reports").whole, *language.words("heads").whole])
    days = _any(language.words("days").whole)
    pattern = re.compile(
        rf"(?<![A-Za-z{_KANA}・])(?P<name>{_any(name for name in names if len(name) > _SHORTEST)})"
        rf"(?={behind}|{days}|\d|社(?:{behind})|[^{_LETTERS}]|$)"
    )
    shortest = _any([name for name in names if len(name) == _SHORTEST])
    acts = _any(word for label in ("acts", "reports", "spends", "days") for word in language.words(label).whole)
    alone = re.compile(rf"(?<![{_LETTERS}])(?P<name>{shortest})(?={acts})")
    for match in (*pattern.finditer(text), *alone.finditer(text)):
        start, end = match.span("name")
        if is_free(context, start, end) and not any(here.span.overlaps(Span(start, end)) for here in found):
            here = names[match["name"]]
            yield replace(here, span=Span(start, end), score=min(here.score, 0.6), reason="named before")


def short_names(context: Context, found: Sequence[Found]) -> dict[str, Found]:
    """The names by which a text may call again whom it has named, and whom they mean."""
    names: dict[str, Found] = {}
    for here in found:
        if here.score >= _SURE and here.party.kind is not PartyKind.GOVERNMENT:
            for part in _parts(here.party.name, context):
                names.setdefault(part, here)
    return names


def _parts(name: str, context: Context) -> Iterator[str]:
    """The beginnings of a name by which a text may call it again."""
    if "・" in name:
        first = name.partition("・")[0]
        if len(first) >= _SHORTEST_PART and first not in context.language.words("general"):
            yield first
        return
    core = name
    for length in range(min(len(name) - _SHORTEST, 4), 1, -1):
        if name[:length] in context.countries.names or context.towns.refs[name[:length]]:
            core = name[length:]
            break
    general = context.language.words("general")
    yield from (core[:end] for end in range(len(core), _SHORTEST_PART - 1, -1) if core[:end] not in general)
    trades = (general, context.language.words("company_after"))
    if core == name and any(name[_SHORTEST:] in words for words in trades):
        yield name[:_SHORTEST]  # 瀚星 of 瀚星雲端
    if core != name:
        start = len(name) - len(core)
        yield from (name[:end] for end in range(len(name) - 1, max(_SHORTEST_START, start + _SHORTEST) - 1, -1))
