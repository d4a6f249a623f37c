"""Organisations that no list has, in scripts without capitals: by legal forms, words for companies, foreign letters."""

import re
from collections.abc import Iterator
from functools import cache

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_words import forms_of
from pledgebook.lexicon.places import NameWords, load_name_words

# Names in Latin letters inside a text of another script are mostly companies and products.
_FOREIGN = re.compile(r"[A-Z][A-Za-z0-9&]*+(?:[-.][A-Za-z0-9]+)*+(?: [A-Z][A-Za-z0-9&]*+(?:[-.][A-Za-z0-9]+)*+)*+")
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff"
_NAME_LETTERS = f"{_HAN}\u30a1-\u30fa\u30fc-\u30feA-Za-z0-9Ａ-Ｚａ-ｚ&＆・"
_LONGEST = 14
_QUOTED = re.compile(r"\s*[«“\"'「『](?P<name>[^»”\"'」』\n]{2,40})[»”\"'」』]")


def uncased(context: Context) -> Iterator[Found]:
    """The organisations of a text that is written without capitals."""
    if context.words.unspaced:
        yield from _by_company_words(context)
        yield from _between_company_words(context)
    else:
        yield from _by_company_tokens(context)
    yield from _foreign(context)


def _between_company_words(context: Context) -> Iterator[Found]:
    """Names between a word for a company and a legal form, as in Thai."""
    text, between = context.words.text, context.language.words("between").whole
    if len(between) != 2:
        return
    for match in _between(*sorted(between, key=text.find)).finditer(text):
        start, end = match.span("name")
        if _is_free(context, start, end):
            yield _found(text, start, end, 0.8, "legal form")


@cache
def _between(first: str, last: str) -> re.Pattern[str]:
    return re.compile(rf"{first} ?(?P<name>[^\s{first[0]}][^\n,]{{1,30}}?) ?{last}")


def _found(text: str, start: int, end: int, score: float, reason: str) -> Found:
    return Found(Span(start, end), Party(text[start:end], PartyKind.COMPANY), score, reason)


def _is_free(context: Context, start: int, end: int) -> bool:
    return not any(context.taken[start:end])


def _foreign(context: Context) -> Iterator[Found]:
    """Names in Latin letters where a particle or a word for a company stands beside them."""
    text, language = context.words.text, context.language
    banned, generic = language.words("not_names"), context.types.generic
    beside = _beside(language.code)
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        words = match.group().lower().split()
        if len(match.group()) < 3 or all(word in generic or word in banned for word in words):
            continue
        if not _is_free(context, start, end) or match.group().lower() in context.towns.refs:
            continue
        is_introduced = beside.match(text, end) is not None or context.words.low.endswith(
            _introducers(language), 0, start
        )
        if is_introduced:
            yield _found(text, start, end, 0.5, "foreign letters")


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
        if _is_free(context, match.start("name"), match.end("name")):
            yield _found(text, match.start("name"), match.end("name"), 0.8, "legal form")
    for match in after.finditer(text):
        start = _name_start(context, match.start())
        if text[match.end() : match.end() + 1] in language.words("not_followed_by"):
            continue
        is_form = match.group() in language.words("legal_form")
        end = match.start() if is_form else match.end()
        if (
            match.start() - start >= 2
            and _is_free(context, start, end)
            and not _is_general(context, text[start : match.start()])
        ):
            yield _found(text, start, end, 0.7, "legal form" if is_form else "type")


@cache
def _company_patterns(code: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]] | None:
    language = load_name_words(code)
    before = sorted(language.words("company_before").whole, key=len, reverse=True)
    after = sorted(language.words("company_after").whole, key=len, reverse=True)
    if not after:
        return None
    forms = "|".join(map(re.escape, before))
    first = re.compile(rf"(?:{forms})(?P<name>[{_NAME_LETTERS}]{{2,20}})") if before else None
    return first, re.compile("|".join(map(re.escape, after)))


def _name_start(context: Context, end: int) -> int:
    """Where a name begins that ends at `end`: after a mark, a letter of another sort, or a word that joins."""
    text, stops = context.words.text, context.language.words("stops").whole
    start = end
    while start > 0 and end - start < _LONGEST and _is_name_letter(text[start - 1]) and text[start - 1] not in stops:
        if context.taken[start - 1]:
            break
        start -= 1
    return start


_IS_NAME_LETTER = re.compile(f"[{_NAME_LETTERS}]")


def _is_name_letter(char: str) -> bool:
    return _IS_NAME_LETTER.match(char) is not None


def _is_general(context: Context, name: str) -> bool:
    """Whether a name holds only a country or a trade, as in 美国公司."""
    return name in context.countries.names or name in context.language.words("general")


# ------------------------------------------------------------------------------------- scripts with blanks


def _by_company_tokens(context: Context) -> Iterator[Found]:
    words, language = context.words, context.language
    introducers, after = language.words("introduce"), tuple(language.words("company_after").whole)
    before = tuple(language.words("company_before").whole)
    forms = forms_of(words.text, language.code)
    for index, token in enumerate(words.tokens):
        start, end = words.starts[index], words.ends[index]
        if token in introducers and not context.taken[start]:
            found = _introduced(index, context)
            if found is not None:
                yield found
        if context.taken[start]:
            continue
        if token in language.words("legal_after") and index and words.gap(index) == " ":
            first = (
                index - 2
                if index > 1 and words.gap(index - 1) == " " and words.tokens[index - 2] not in introducers
                else index - 1
            )
            first = index - 1 if words.gap(index - 1) != " " or first < 0 else first
            yield _found(words.text, words.starts[first], words.ends[index - 1], 0.6, "legal form")
            continue
        for base in (token, *(form.base for form in forms[index])) if after else ():
            if not base.endswith(after):
                continue
            ending = next((word for word in after if base.endswith(word) and len(base) > len(word) + 1), None)
            if ending is not None and base not in language.words("general"):
                stop = start + len(base)
                yield _found(words.text, start, stop, 0.6, "type")
                break
        if token.startswith(before) and before and len(token) > 3 and end - start > 4:
            cut = next(len(word) for word in before if token.startswith(word))
            yield _found(words.text, start + cut, end, 0.7, "legal form")


def _introduced(index: int, context: Context) -> Found | None:
    """The name behind a word such as "company", in quotation marks or the one word that follows."""
    words, language = context.words, context.language
    quoted = _QUOTED.match(words.text, words.ends[index])
    if quoted is not None and _is_free(context, quoted.start("name"), quoted.end("name")):
        return _found(words.text, quoted.start("name"), quoted.end("name"), 0.8, "apposition")
    if language.script not in {"arab", "hebr"} or index + 1 >= len(words.tokens) or words.gap(index + 1) != " ":
        return None
    following, start, end = words.tokens[index + 1], words.starts[index + 1], words.ends[index + 1]
    is_word = following in language.words("not_names") or following.startswith(("ال", "ه")) or len(following) < 3
    if (
        is_word
        or context.taken[start]
        or context.countries.adjective(following)
        or following in context.countries.names
    ):
        return None
    return _found(words.text, start, end, 0.45, "apposition")
