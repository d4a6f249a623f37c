"""Names in Chinese and Japanese that open a sentence and act, with no word for a company beside them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_free import found_company, is_free
from pledgebook.extract.mentions.organisations_han import name_in_han, spans_of_names
from pledgebook.lexicon.places import load_name_words

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff"
_KANA = "\u30a1-\u30fa\u30fc"
_SMALL = "\u3041-\u3093"
_PARTICLES = "かがたてでだとどなにねのはばへもやよを"
_LETTERS = f"{_HAN}{_KANA}A-Za-zＡ-Ｚａ-ｚ&＆・"
_OPENS = "(?:^|(?<=[。\n」』”！？；】〕▽▼■□◆◇●○▲△▶※]))[ \u3000]*"
_SUM = r"[^。\n]{0,80}?\d[\d,.]*[万萬亿億兆]"
_BRACKETS = r"(?:[（(][^）)\n]{1,24}[）)])?"
_CHUNK = re.compile(f"[{_KANA}]+")
_YEAR = "[12][0-9]{3}年"
_TITLE = 60
_SHORTEST, _SEVERAL = 3, 2


def opening(context: Context) -> Iterator[Found]:
    """Names at the beginning of sentences by their letters, by how they end, and by the title that they open, too.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> [mention.party.name for mention in find_organisations("キロセイはハノイでの工場建設を検討している。", "ja")]
    ['キロセイ']
    >>> [mention.party.name for mention in find_organisations("云岭数据将在贵阳投资30亿元。", "zh")]
    ['云岭数据']
    """
    text = context.words.text
    title = text.lstrip().partition("\n")[0]
    below = text.find(title) + len(title)
    for pattern, is_kana in _patterns(context.language.code):
        matches = list(pattern.finditer(text))
        if "row" in pattern.groupindex and len(matches) < _SEVERAL:
            continue
        for match in matches:
            is_title = "title" in pattern.groupindex
            if is_title and (len(title) > _TITLE or match.start() < below or not title.startswith(match["name"])):
                continue
            for span in spans_of_names(match, context, is_one=True):
                name = span.of(text)
                if not is_free(context, span.start, span.end) or (is_kana and not _is_foreign(name, context)):
                    continue
                if name_in_han(name, context, by_ending=True):
                    yield found_company(text, span.start, span.end, 0.6, "subject")


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    language = load_name_words(code)
    if language.script != "hani":
        return ()
    endings, opens, sounds = (_any(language.words(label).whole) for label in ("company_ending", "opens_with", "sounds"))
    begins = (f"(?<={re.escape(word)})" for word in sorted(language.words("begins").whole))
    turns = "|".join((_OPENS, "(?<=、)", "(?<=，)", *begins))
    found: list[tuple[str, bool]] = []
    if language.words("common"):
        acts = _any(language.words("stops").whole)
        joined = rf"と(?=[^、。\n]{{2,25}}?(?:{acts}))"
        name = rf"(?P<name>[{_LETTERS}]{{0,8}}?[{_KANA}][{_LETTERS}]{{2,16}}?)"
        trades, joins = language.words("trade").whole, {word for word in language.words("and").whole if word.isalpha()}
        behind = "|".join(f"(?<={re.escape(word)})" for word in sorted(trades | joins))
        found.append((rf"(?:{turns}|(?<=[はを])|{behind}){name}(?={_BRACKETS}(?:{acts})|{joined})", True))
        if endings != _NEVER:
            no_name = _any(language.words("small").whole)
            small = rf"(?!(?:{no_name}))[{_SMALL}]{{1,4}}[^{_PARTICLES}]"
            forms = _any(language.words("company_after").whole - language.words("legal_form").whole)
            name = rf"(?P<name>{small}(?:{endings}|{forms})|[{_HAN}]{{2,3}}(?:{endings}))"
            found.append((rf"(?:{turns}){name}(?={_BRACKETS}(?:(?:{acts})|{joined}){_SUM})", False))
            found.append((rf"(?:{behind}){name}(?={_BRACKETS}(?:{acts})|{joined})", False))
    elif opens != _NEVER:
        opens += rf"|{_YEAR}"
        if endings != _NEVER:
            found.append((rf"{_OPENS}(?P<name>[{_HAN}]{{2,4}}?(?:{endings}))(?=(?:{opens}))", False))
            found.append((rf"(?:{turns})(?P<name>[{_HAN}]{{2,4}}?(?:{endings}))(?=(?:{opens}){_SUM})", False))
            sorts = "|".join(f"(?<={re.escape(word)})" for word in sorted(language.words("introduce").whole))
            joined = _any(language.words("and").whole)
            found.append(
                (rf"(?:{sorts})(?P<name>[{_HAN}]{{2,4}}?(?:{endings}))(?=(?:{opens}|{joined}|[，。（]))", False)
            )
            if sounds != _NEVER:
                letters = "".join(sorted(language.words("sounds").whole))
                found.append((rf"(?:{sorts})(?P<name>[{letters}]{{3,8}})(?=(?:{opens}|{joined}|[，。（]))", False))
        if sounds != _NEVER:
            letters = "".join(sorted(language.words("sounds").whole))
            found.append((rf"(?:{turns})(?P<name>[{letters}]{{3,8}})(?=(?:{opens}){_SUM})", False))
        found.append((rf"{_OPENS}(?P<name>(?P<title>)[{_LETTERS}]{{3,10}}?)(?=(?:{opens}))", False))
    found.append((rf"^[・\-•* ]*(?P<name>(?P<row>)[{_LETTERS}]{{2,12}}) ?[：:] ?\d[\d,.]*[万萬亿億兆]", False))
    return tuple((re.compile(pattern, re.MULTILINE), is_kana) for pattern, is_kana in found)


_NEVER = "(?!)"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or _NEVER


def _is_foreign(name: str, context: Context) -> bool:
    """Whether a name has letters for sounds that make no common words: クバンティクス, but not 大型プロジェクト."""
    common = _common(context.language.code)
    chunks = _CHUNK.findall(name)
    return any(len(chunk) >= _SHORTEST and common.fullmatch(chunk) is None for chunk in chunks) and not any(
        chunk in context.countries.names or context.towns.refs[chunk] for chunk in chunks
    )


def is_common(name: str, code: str) -> bool:
    """Whether letters for sounds are but common words, where a language has a list of them: スタートアップ."""
    return bool(load_name_words(code).words("common")) and _common(code).fullmatch(name) is not None


@cache
def _common(code: str) -> re.Pattern[str]:
    language = load_name_words(code)
    words = language.words("common").whole | language.words("general").whole | language.words("introduce").whole
    return re.compile(f"(?:{_any(word for word in words if _CHUNK.fullmatch(word))})+")
