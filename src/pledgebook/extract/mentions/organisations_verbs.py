"""Names in scripts without capitals that nothing introduces, where they stand beside a verb by which only they act."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledgebook.extract.mentions.organisations_context import Context, Found, is_town
from pledgebook.extract.mentions.organisations_free import found_company, is_free
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.places import load_name_words
from pledgebook.lexicon.vocabulary import load_vocabulary

_LONGEST, _SHORTEST = 3, 3
_DEFINITE = "ال"
_SCORE = 0.5
_BANNED = (
    *("not_names", "introduce", "say", "says", "person", "and", "at", "town", "government", "ministry", "type_first"),
    *("no_opening", "opening_verbs"),
)
_SENTENCE = re.compile(r"(?:^|(?<=[.!?।\n])|(?<=[–—-] ))[ \t]*(?=\w)", re.MULTILINE)
_THAI = "\u0e01-\u0e4e"


def beside_verbs(context: Context, found: Sequence[Found]) -> Iterator[Found]:
    """Names that open a sentence or stand beside its verb: "דלמרה מקימה", "تجري كيروسي محادثات", "ओमनीरा करेगी".

    What `found` names in full is told by its first words elsewhere.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> [mention.party.name for mention in find_organisations("דלמרה מקימה חוות שרתים באילת.", "he")]
    ['דלמרה']
    >>> [mention.party.name for mention in find_organisations("تجري كيروسي محادثات في القاهرة.", "ar")]
    ['كيروسي']
    """
    listed, new = load_organisations().by_skeleton, list(_beside_verbs(context))
    for here in new:
        name = here.party.name
        fuller = [other for other in new if context.words.unspaced and other.party.name.startswith(name)]
        if len(fuller) > 1 and fuller[-1].party.name != name:
            yield replace(here, party=fuller[-1].party)  # the title calls it short
            continue
        if not any(other.party.name.startswith(f"{name} ") for other in found):
            known = listed.get(skeleton(name))
            yield here if known is None else replace(here, party=known.party)


def _beside_verbs(context: Context) -> Iterator[Found]:
    if context.words.unspaced:
        yield from _before_verbs(context)
        return
    verbs = context.language.words("opening_verbs")
    closing = tuple(context.language.words("closing_verbs").whole)
    if not verbs and not closing:
        return
    for index in _openings(context):
        yield from _from(index, context, closing)
    if verbs and context.language.verb_first:
        for index, token in enumerate(context.words.tokens):
            if token in verbs or token[1:] in verbs:
                yield from _behind(index + 1, context)


def _openings(context: Context) -> Iterator[int]:
    """The words that open a sentence, or what somebody said."""
    words, that = context.words, context.language.words("that")
    starts = {match.end() for match in _SENTENCE.finditer(words.text)}
    for index, start in enumerate(words.starts):
        if start in starts or (words.word(index - 1) in that and words.gap(index) == " "):
            yield index


def _from(first: int, context: Context, closing: tuple[str, ...]) -> Iterator[Found]:
    """The words from one on up to a verb by which companies act, or in a sentence that ends with one."""
    words, language = context.words, context.language
    last = _end_of_name(first, context)
    if last < first:
        return
    if words.word(last + 1) in language.words("type_last").whole | language.words("inner").whole:
        last += _is_next(last + 1, context)
    elif words.word(last + 2) in language.words("opening_verbs") and _is_next(last + 1, context):
        last += _is_next(last + 2, context) and not _is_banned(last + 1, context)  # "הלבורן שבבים מקימה"
    after = words.word(last + 1)
    acts = after in language.words("opening_verbs") and _is_next(last + 1, context)
    acts = acts or (after in language.words("opening_relative") and words.gap(last + 1) == ", ")
    if not acts and closing:
        stop = re.compile(r"[।.!?\n]|$").search(words.text, words.ends[last])
        end = stop.start() if stop is not None else len(words.text)
        acts = words.text.startswith(closing, end - max(map(len, closing))) or words.text.endswith(closing, 0, end)
    if acts:
        yield found_company(words.text, words.starts[first], words.ends[last], _SCORE, "subject")


def _is_next(index: int, context: Context) -> bool:
    """Whether only a blank parts a word from the one before it."""
    words = context.words
    return index < len(words.starts) and words.text[words.ends[index - 1] : words.starts[index]] == " "


def _is_banned(index: int, context: Context) -> bool:
    """Whether a word is no noun, or one with an article."""
    words, language = context.words, context.language
    token, articles = words.tokens[index], tuple(language.words("opening_articles").whole)
    labels = ("introduce", "say", "person", "at", "and", "government", "ministry", "opening_verbs", "no_opening")
    return token[0].isdigit() or any(token in language.words(label) for label in labels) or token.startswith(articles)


def _behind(first: int, context: Context) -> Iterator[Found]:
    """The words behind a verb that comes before whoever acts."""
    words = context.words
    if first >= len(words.tokens) or not _is_next(first, context):
        return
    last = _end_of_name(first, context)
    if last >= first:
        yield found_company(words.text, words.starts[first], words.ends[last], _SCORE, "subject")


def _end_of_name(first: int, context: Context) -> int:
    """The last of the words from one on that may be a name's, one before the first where none is."""
    words, language = context.words, context.language
    known, stops = load_vocabulary(language.code), language.words("after").whole | language.words("closes").whole
    articles = tuple(language.words("opening_articles").whole)
    at = first
    while at < len(words.tokens) and at - first < _LONGEST:
        token = words.tokens[at]
        is_word = token[0].isdigit() or any(token in language.words(label) for label in _BANNED) or token in stops
        is_word = is_word or known.is_form(token) or token[1:] in language.words("opening_verbs")
        if articles and token.startswith(articles):
            is_own = at > first and language.verb_first and token.startswith(_DEFINITE)
            is_word = is_word or not is_own or known.is_form(token[len(_DEFINITE) :])
        if is_word or token in context.countries.names or context.countries.adjective(token) is not None:
            break
        if not is_free(context, words.starts[at], words.ends[at]) or (at > first and not _is_next(at, context)):
            break
        at += 1
    last = at - 1
    if (
        last >= first
        and stops
        and words.word(last + 1) in stops
        and words.word(last + 1) not in language.words("closes")
    ):
        last -= 1  # "in" stands behind what lies there
    while last > first and is_town(words.tokens[last], context):
        last -= 1
    if last == first and (len(words.tokens[first]) < _SHORTEST or is_town(words.tokens[first], context)):
        return first - 1
    return last


def _before_verbs(context: Context) -> Iterator[Found]:
    """Names before a verb in a script without blanks: ไพน์เวลจะลงทุน."""
    text, language = context.words.text, context.language
    pattern = _thai(language.code)
    no_part = tuple(language.words("no_part").whole)
    for match in pattern.finditer(text) if pattern is not None else ():
        start, end = match.span("name")
        name = match["name"]
        if name.startswith(tuple(context.countries.names)) or not is_free(context, start, end):
            continue
        if any(word in name for word in no_part):
            continue
        opens = start == 0 or text[start - 1] == "\n" or "\u0e01" <= text[start - 1] <= "\u0e4e"
        if not context.towns.refs[name] and (opens or text.count(name) > 1):
            yield found_company(text, start, end, _SCORE, "subject")


@cache
def _thai(code: str) -> re.Pattern[str] | None:
    language, known = load_name_words(code), load_vocabulary(code)
    verbs = sorted(language.words("opening_verbs").whole, key=len, reverse=True)
    if not verbs:
        return None
    that = sorted(language.words("that").whole, key=len, reverse=True)
    labels = ("introduce", "general", "town", "type_first", "no_opening", "government", "ministry", "person", "says")
    words = {word for label in labels for word in language.words(label).whole} | known.whole | set(known.stems)
    banned = sorted((word for word in words if len(word) >= _SHORTEST - 1 and " " not in word), key=len, reverse=True)
    act, none, before = ("|".join(map(re.escape, several)) for several in (verbs, banned, that))
    begin = rf"(?:(?<![{_THAI}])|(?<=[^{_THAI}])" + "".join(rf"|(?<={re.escape(word)})" for word in that) + ")"
    return re.compile(rf"{begin}(?!{none}|{before})(?P<name>[{_THAI}]{{3,28}}?)(?= ?(?:{act}))")
