"""Organisations that no list has, in scripts without capitals: by legal forms, words for companies, foreign letters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.mentions.organisations_again import again
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_free import found_company, is_free
from pledgebook.extract.mentions.organisations_han import beside_words, by_parts, short_names
from pledgebook.extract.mentions.organisations_hangul import dotted, hangul
from pledgebook.extract.mentions.organisations_heads import heads_of_items
from pledgebook.extract.mentions.organisations_opening import is_common, opening
from pledgebook.extract.mentions.organisations_tokens import by_company_tokens
from pledgebook.extract.mentions.organisations_verbs import beside_verbs
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.places import NameWords, load_name_words

# Names in Latin letters inside a text of another script are mostly companies and products.
_PART = r"[A-Z][A-Za-z0-9&]*+(?>(?:[-.][A-Za-z0-9]++)*)"
_FOREIGN = re.compile(rf"{_PART}(?>(?: {_PART})*)")
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff"
_NAME_LETTERS = f"{_HAN}\u30a1-\u30fa\u30fc-\u30feA-Za-z0-9Ａ-Ｚａ-ｚ&＆・"
_LONGEST = 14
_SUM = re.compile(r"\d[万萬亿億兆]")
_CODE = re.compile(r"(?<=[\u3400-\u9fff])[（(](?:\d{6}|[036]\d{4,5}\.[A-Z]{2}|[1-9]\d{3}(?:-TW|\.TW|\.T)?)[）)]")
_LONGEST_NAME = 4
_DIGITS = "0123456789"
_OPENED = ("“", "「", "『", "‘")


def uncased(context: Context, known: Sequence[Found]) -> Iterator[Found]:
    """The organisations of a text that is written without capitals, wherever they are named, beside `known`."""
    found = list(_introduced_anywhere(context))
    found += _apart(beside_verbs(context, [*known, *found]), [*known, *found])
    found += list(_heading(context, [*known, *found]))
    if context.language.script == "hang":
        found += list(dotted(context, [*known, *found]))
    if context.words.unspaced:
        found += again(context, found)
        opened = _apart(opening(context), found)
        found += [here for here in _apart(beside_words(context), found) if not _is_tail(here, opened, context)]
        found += _apart(opened, found)
        found = _in_full(context, found)
    yield from found
    more = list(again(context, found))
    yield from more
    if context.words.unspaced:
        yield from _apart(by_parts(context, [*found, *more]), [])


def _is_tail(here: Found, opened: Sequence[Found], context: Context) -> bool:
    """Whether a name is but the end of one that goes on in front in small letters: 雲計算 of みなと雲計算."""
    before = context.words.text[here.span.start - 1 : here.span.start]
    is_inside = "\u3041" <= before <= "\u3093"
    return is_inside and any(one.span.end == here.span.end and one.span.start < here.span.start for one in opened)


def _in_full(context: Context, found: Sequence[Found]) -> list[Found]:
    """The same with names that are but a part of another one's as that: 蓝鲸智算 after 深圳蓝鲸智算有限公司."""
    full = {name: here for name, here in short_names(context, found).items() if name != here.party.name}
    return [replace(here, party=full[here.party.name].party) if here.party.name in full else here for here in found]


def _apart(new: Iterable[Found], found: Sequence[Found]) -> list[Found]:
    """Those of `new` that overlap none of `found` nor one another."""
    kept: list[Found] = []
    for here in new:
        if not any(here.span.overlaps(other.span) for other in (*found, *kept)):
            kept.append(here)
    return kept


def _introduced_anywhere(context: Context) -> Iterator[Found]:
    """Names where what stands beside them says that they are names."""
    if context.words.unspaced:
        yield from _by_company_words(context)
        yield from _between_company_words(context)
        yield from _with_code(context)
    else:
        yield from by_company_tokens(context)
        yield from hangul(context)
    yield from _foreign(context)


def _heading(context: Context, known: Sequence[Found]) -> Iterator[Found]:
    """Names that head the items of a list which has a known one as a head, too."""
    words, language = context.words, context.language
    companies = [here.span for here in known if here.party.kind is not PartyKind.GOVERNMENT]
    for span in heads_of_items(words, companies):
        head = words.low[span.start : span.end]
        banned = (language.words("not_names"), language.words("general"), language.words("person"))
        is_word = any(word in several for several in banned for word in (head, *head.split()))
        is_place = head in context.countries.names or bool(context.towns.refs[head])
        is_short = len(head.split()) <= _LONGEST_NAME and (" " in head or len(head) <= _LONGEST)
        if is_short and not is_word and not is_place and is_free(context, span.start, span.end):
            yield found_company(words.text, span.start, span.end, 0.5, "heading")


def _between_company_words(context: Context) -> Iterator[Found]:
    """Names between a word for a company and a legal form, as in Thai."""
    text, between = context.words.text, context.language.words("between").whole
    if len(between) != 2:
        return
    full: list[Span] = []
    for match in _between(*sorted(between, key=text.find)).finditer(text):
        start, end = match.span("name")
        if is_free(context, start, end):
            full.append(Span(start, end))
            yield found_company(text, start, end, 0.8, "legal form")
    for pattern, is_part in _before_verbs(context.language.code):
        for match in pattern.finditer(text):
            start, end = match.span("all" if is_part else "name")
            span = Span(start, end)
            if not is_free(context, start, end) or any(span.overlaps(other) for other in full):
                continue
            if match["name"].strip() not in context.language.words("general"):
                yield found_company(text, start, end, 0.5, "type" if is_part else "apposition")


@cache
def _between(first: str, last: str) -> re.Pattern[str]:
    return re.compile(rf"{first} ?(?P<name>[^\s{first[0]}][^\n,]{{1,30}}?) ?{last}")


@cache
def _before_verbs(code: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Names behind a word for a company up to a verb (บริษัท เบย์คลาวด์ ประกาศ), and ธนาคารกรุงเทพ."""
    language = load_name_words(code)
    says = "|".join(map(re.escape, sorted(language.words("says").whole, key=len, reverse=True)))
    words = "|".join(map(re.escape, sorted(language.words("introduce").whole, key=len, reverse=True)))
    parts = "|".join(map(re.escape, sorted(language.words("type_first").whole, key=len, reverse=True)))
    if not (says and words and parts):
        return ()
    letters = "[\u0e01-\u0e4e]"
    several = rf"{letters}{{2,20}}?(?: (?!{says}){letters}{{2,16}}?){{0,2}}"
    company = rf"(?:{words})(?: |(?<=[.]))(?P<name>{several})(?= ?(?:{says}|[(,]))"
    body = rf"(?P<all>(?:{parts})(?!{says})(?P<name>{letters}{{2,24}}?))(?=$|[\s(,]|{says})"
    return (re.compile(company), False), (re.compile(body), True)


def _foreign(context: Context) -> Iterator[Found]:
    """Names in Latin letters where a particle or a word for a company stands beside them."""
    text, language = context.words.text, context.language
    banned, generic = language.words("not_names"), context.types.generic
    beside = _beside(language.code)
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        words = match.group().lower().split()
        # "GPU2000基" is a count
        bare = [word.rstrip(_DIGITS) or word for word in words]
        if len(match.group()) < 3 or all(word in generic or word in banned for word in bare):
            continue
        if not is_free(context, start, end) or context.towns.refs[match.group().lower()]:
            continue
        is_introduced = beside.match(text, end) is not None or context.words.low.endswith(
            _introducers(language), 0, start
        )
        if is_introduced:
            yield found_company(text, start, end, 0.5, "foreign letters")


@cache
def _beside(code: str) -> re.Pattern[str]:
    """What follows a name that acts or is spoken of: particles, and words for a company."""
    language = load_name_words(code)
    words = sorted({*language.words("says").whole, *language.words("company_after").whole}, key=len, reverse=True)
    return re.compile('["”»」』）)]? ?(?:' + "|".join(map(re.escape, words)) + ")") if words else re.compile(r"(?!)")


def _introducers(language: NameWords) -> tuple[str, ...]:
    names = (*language.words("introduce").whole, *language.words("company_before").whole)
    return (*names, *(f"{name} " for name in names), *(f"{name}「" for name in names), *(f"{name} «" for name in names))


# ------------------------------------------------------------------------------------- scripts without blanks


def _by_company_words(context: Context) -> Iterator[Found]:
    text, language = context.words.text, context.language
    patterns = _company_patterns(language.code)
    if patterns is None:
        return
    before, after = patterns
    for match in before.finditer(text) if before is not None else ():
        if is_free(context, match.start("name"), match.end("name")):
            yield found_company(text, match.start("name"), match.end("name"), 0.8, "legal form")
    for match in _introduced_kana(language.code).finditer(text):
        if is_free(context, *match.span("name")) and not (
            _is_general(context, match["name"])
            or context.towns.refs[match["name"]]
            or is_common(match["name"], language.code)
        ):
            yield found_company(text, *match.span("name"), 0.5, "apposition")
    not_behind = (*language.words("not_followed_by").whole, *_OPENED)  # 机器人公司“拓野”
    verbs = load_language(language.code).cues.get("invest", ())
    for match in (_longer(after, first, text) for first in after.finditer(text)):
        start = _name_start(context, match.start(), is_full=match.group() in language.words("full_form"))
        if text.startswith(not_behind, match.end()) or after.match(text, match.end()) is not None:
            continue  # 智算 in 雪峰智算集团 ends no name
        if text[match.end() - 1 : match.end() + 1] in verbs:
            continue  # nor does 城投 in 在凤凰城投资
        start = _behind_cut(context, start, match.start())
        start += _is_kana(text[start + 1 : start + 3]) and text[start] in context.countries.names  # 米ノースベール社
        is_form = match.group() in language.words("legal_form")
        end = match.start() if is_form else match.end()
        if (
            match.start() - start >= 2
            and is_free(context, start, end)
            and not _is_general(context, text[start : match.start()], is_form=is_form)
            and not _ends_generally(context, text[start : match.start()], match.group())
        ):
            yield found_company(text, start, end, 0.7, "legal form" if is_form else "type")


def _longer(after: re.Pattern[str], match: re.Match[str], text: str) -> re.Match[str]:
    """The word for a company that begins inside of another and goes on behind it: 科技 of 黔数科技, beside 数科."""
    for start in range(match.start() + 1, match.end()):
        other = after.match(text, start)
        if other is not None and other.end() > match.end():
            return other
    return match


@cache
def _company_patterns(code: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]] | None:
    language = load_name_words(code)
    before = sorted(language.words("company_before").whole, key=len, reverse=True)
    after = sorted(language.words("company_after").whole, key=len, reverse=True)
    if not after:
        return None
    forms = "|".join(map(re.escape, before))
    small = f"(?:[ぁ-ん]{{2,6}}(?=[{_HAN}ァ-ヺ]))?"  # 株式会社みずしま銀行
    first = re.compile(rf"(?:{forms})(?P<name>{small}[{_NAME_LETTERS}]{{2,20}})") if before else None
    return first, re.compile("|".join(map(re.escape, after)))


@cache
def _introduced_kana(code: str) -> re.Pattern[str]:
    """Names in katakana behind a word for a trade: 検査装置のクアルテック."""
    before = sorted(load_name_words(code).words("trade").whole, key=len, reverse=True)
    if not before:
        return re.compile(r"(?!)")
    # ゲーム会社トビウオから: behind what it is, where that does not end in such letters itself
    sorts = [word for word in load_name_words(code).words("introduce").whole if _is_han(word[-1])]
    before += sorted((word for word in sorts if len(word) > 1), key=len, reverse=True)
    return re.compile(
        rf"(?<![全北南中欧渡日])(?:{'|'.join(map(re.escape, before))})"
        # A dot amid a name says that it is one, whatever particle follows: 大手のオーク・リバーに.
        r"(?P<name>[ァ-ヺー]{3,}(?:・[ァ-ヺー]+)*(?=[、はがともや（(]|から|による|への|に[^よ])|[ァ-ヺー]{2,}(?:・[ァ-ヺー]+)+(?=[のにをへだで]))"
    )


def _with_code(context: Context) -> Iterator[Found]:
    """Names with the number under which their shares are traded: 青湖云算（603300）."""
    for match in _CODE.finditer(context.words.text):
        start = max(_name_start(context, match.start()), match.start() - _LONGEST_NAME)
        if match.start() - start >= 2 and is_free(context, start, match.start()):
            yield found_company(context.words.text, start, match.start(), 0.7, "legal form")


def _name_start(context: Context, end: int, *, is_full: bool = False) -> int:
    """Where a name begins that ends at `end`: after a mark, a letter of another sort, or a word that joins.

    Before a full legal form (`is_full`) fewer words are boundaries: 骋风而来科技有限公司.
    """
    text, stops = context.words.text, context.language.words("form_stops" if is_full else "stops").whole
    keeps = tuple(context.language.words("keeps").whole)
    start = end
    while start > 0 and end - start < _LONGEST and _is_name_letter(text[start - 1]):
        kept = next((len(word) for word in keeps if text.endswith(word, 0, start)), 0)
        if context.taken[start - 1] or (text[start - 1] in stops and not kept):
            break
        if text[start - 1] == "・" and _is_han(text[start - 2 : start - 1]) and _is_han(text[start : start + 1]):
            break  # 香川大学・百十四銀行
        start -= kept or 1
    if 0 < start == end and text[start - 1] in context.language.words("and"):
        before = _name_start(context, start - 1)
        return before if before == start - 2 else start  # 禹和资本
    return start


def _behind_cut(context: Context, start: int, end: int) -> int:
    """Where a name begins behind the last word that introduces one: 国产云商青橙科技, 区国资公司金义数投."""
    text, cut, language = context.words.text, start, context.language
    endings = language.words("company_after").whole - language.words("legal_form").whole
    for label in ("introduce", "cuts"):
        for word in language.words(label).whole - endings:
            at = text.rfind(word, max(start - 1, 0), end)  # 其 of 其中 ends what may be a name
            if at >= 0 and end - at - len(word) > 1:
                cut = max(cut, at + len(word))
    if cut == start and text.startswith(tuple(language.words("introduce").whole), start):
        # 加拿大基金枫岭资本: what stands behind a land says what sort of company it is.
        lands = (text[max(0, start - length) : start] for length in range(2, 6))
        if any(land in context.countries.names for land in lands):
            cut += max(len(word) for word in language.words("introduce").whole if text.startswith(word, start))
            cut = cut if end - cut > 1 else start
    # 公司华通创投, of a subsidiary: what ends names begins none.
    form = next((form for form in language.words("legal_form").whole if text.startswith(form, cut)), "")
    return cut + len(form) if end - cut - len(form) > 1 else cut


@cache
def _name_letter() -> re.Pattern[str]:
    return re.compile(f"[{_NAME_LETTERS}]")


def _is_name_letter(char: str) -> bool:
    return _name_letter().match(char) is not None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _is_kana(letters: str) -> bool:
    return len(letters) > 1 and all("\u30a1" <= char <= "\u30fc" for char in letters)


def _is_general(context: Context, name: str, *, is_form: bool = True) -> bool:
    """Whether a name holds only a country or a trade, as in 美国公司 and 泰国能源集团, or a sum: 1000亿级基金.

    With a word for what it is behind it, and not just a legal form (`is_form`), a region makes a name: 福岡銀行.
    """
    general, names = context.language.words("general"), context.countries.names
    if _SUM.search(name) is not None or name in general or name.lstrip(_DIGITS) in general:
        return True
    place = names.get(name)
    if place is not None:
        return is_form or (place.name is None and place.code != context.language.home)  # 日本生命保険
    heads = (length for length in range(2, len(name)) if name[length:] in general)
    return any((land := names.get(name[:length])) is not None and land.name is None for length in heads)


def _ends_generally(context: Context, name: str, form: str) -> bool:
    """Whether the word that a form of one letter ends is no name's: 投資会社, 東京本社, 国内外20社."""
    return len(form) == 1 and (name[-1] in context.language.words("not_ending") or name[-1].isdigit())
