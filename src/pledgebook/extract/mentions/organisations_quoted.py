"""Names in quotation marks, and names that go on in small letters behind their first word."""

import re
from collections.abc import Iterator

from pledgebook.domain import Party, Span
from pledgebook.extract.mentions.organisations_context import Context, Found, kind_of
from pledgebook.extract.mentions.organisations_judged import is_generic
from pledgebook.extract.mentions.organisations_runs import begins_compound, introduces, opens_sentence
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.extract.mentions.places_countries import country_at
from pledgebook.lexicon.names import skeleton

_QUOTED = re.compile(r"[«„“\"](?P<name>[^\W\d_][^«»„“”\"\n.!?:;]{1,44})[»“”\"]")
_MOST_WORDS = 5
_TAIL = 3
_LONGEST_TAIL = 7
_FRONT = 3
_NEAR = 2
_MOST_PLAIN, _THING_WORDS = 3, 3
_MARKS = ' «„“"'


def quoted(context: Context) -> Iterator[Found]:
    """The quoted names that a word before or behind says to be an organisation's: „Родопи Данни“ ООД, фонд «Н2»."""
    words, text = context.words, context.words.text
    ends: set[int] = set()
    at = 0
    for match in _QUOTED.finditer(text):
        start, end = match.span("name")
        while at < len(words.starts) and words.starts[at] < start:
            at += 1
        last = at
        while last + 1 < len(words.starts) and words.ends[last + 1] <= end:
            last += 1
        if at >= len(words.starts) or words.starts[at] != start or last - at >= _MOST_WORDS:
            continue
        if not text[start].isupper() or any(context.taken[start:end]) or begins_compound(at, words, context.types):
            continue
        if last > at and (_is_introduced(at, last, match, context) or _goes_on(at, match, context, ends)):
            ends.add(match.end())
            yield _found(context, start, end, 0.8, "apposition")
        elif not _has_form(at, match, context) and _is_plainly_quoted(at, last, match, context):
            ends.add(match.end())
            yield _found(context, start, end, 0.5, "apposition")


def _is_plainly_quoted(first: int, last: int, match: re.Match[str], context: Context) -> bool:
    """Whether quotation marks alone tell a name: where papers put those of companies into them (влага „Неттера“).

    Not behind a word for what else is called so ("програма „Хоризонт“", a label of "quoted_things"), nor what somebody
    says or calls by a common word.
    """
    words, language = context.words, context.language
    things = language.words("quoted_things")
    if not things or last - first >= _MOST_PLAIN:
        return False
    if is_generic(first, last, context) or _is_said(last, match, context):
        return False
    banned = [language.words(label) for label in ("not_names", "say", "person")]
    if words.word(first) in words.small or any(words.word(first) in several for several in banned):
        return False
    introducers = language.words("introduce")
    for index in range(first - 1, max(-1, first - 1 - _THING_WORDS), -1):
        if words.gap(index + 1).strip(_MARKS) or introduces(words.word(index), introducers):
            break
        if words.word(index) in things:
            return False
    return True


def _is_said(last: int, match: re.Match[str], context: Context) -> bool:
    """Whether quotation marks close what somebody said: a comma or dash follows, or a stop stands inside."""
    behind = context.words.text[match.end() : match.end() + 3]
    return behind.startswith((", –", ", —", ", -")) or (
        behind.startswith(", ") and context.words.word(last + 1) in context.language.words("say")
    )


def _is_introduced(first: int, last: int, match: re.Match[str], context: Context) -> bool:
    words = context.words
    if _has_form(first, match, context):
        return True
    if words.text[words.ends[first - 1] if first else 0 : match.start()].strip() == "" and first:
        introducers = context.language.words("introduce")
        near = range(max(0, first - _NEAR), first)
        if any(introduces(words.word(index), introducers) for index in near):
            return True
    if words.word(first - 1) in context.language.words("programmes") and not words.gap(first).strip(_MARKS):
        return False  # "il programma «Havnord» finanzia"
    return (
        not match["name"].endswith(",")
        and context.language.is_action(words.word(last + 1), words.written(last + 1))
        and words.low[match.end() : words.starts[last + 1]] == " "
    )


def _has_form(first: int, match: re.Match[str], context: Context) -> bool:
    """Whether a legal form stands behind the quotation marks or right before them: ООО «Хавнорд»."""
    words = context.words
    if context.types.after.match(words.low, match.end()) is not None:
        return True
    if not first or words.text[words.ends[first - 1] : match.start()].strip():
        return False
    before = context.types.before.match(words.low, words.starts[first - 1])
    return before is not None and before.end() == match.start("name")


def _goes_on(first: int, match: re.Match[str], context: Context, ends: set[int]) -> bool:
    """Whether the name is listed with one that was found: „A“, „B“ и „C“."""
    words = context.words
    before = words.low[: match.start()].rstrip(" ")
    if before.endswith(","):
        return len(before) - 1 in ends
    return words.word(first - 1) in context.language.words("and") and words.starts[first - 1] - 1 in ends


def small_tails(context: Context) -> Iterator[Found]:
    """Names with small letters behind the first word: "Tatra banka", "Jadran podaci d.o.o.", "Česká spořitelna"."""
    words = context.words
    types, banned = context.language.words("type_after"), context.language.words("not_names")
    for index in words.large:
        if context.taken[words.starts[index]] or not words.text[words.starts[index]].isupper():
            continue
        if index + 1 >= len(words.starts) or not _is_small(index + 1, words) or words.word(index) in banned:
            continue
        last, score = _end_by_form(index, context), 0.85
        if last is None and (words.word(index + 1) in types or words.word(index + 2) in types):
            last, score = _end_by_type(index, context), 0.7
        if last is None and words.word(index) in types:
            last, score = _end_of_tail(index, context), 0.7
        if last is not None:
            first = _first(index, context)
            yield _found(context, words.starts[first], words.ends[last], score, "legal form" if score > 0.8 else "type")


def _is_small(index: int, words: Words) -> bool:
    is_close = index < len(words.starts) and words.gap(index) == " "
    return is_close and words.text[words.starts[index]].islower()


def _end_by_form(index: int, context: Context) -> int | None:
    """The last word of a name whose legal form stands behind one to three words in small letters."""
    words = context.words
    for last in range(index + 1, index + 1 + _TAIL):
        if not _is_small(last, words) or words.word(last) in context.language.words("say"):
            return None
        form = context.types.after.match(words.low, words.ends[last])
        if form is not None and "." in words.text[form.start("form") : form.end()]:
            return last
    return None


def _end_by_type(index: int, context: Context) -> int | None:
    """The last word of a name whose second or third word says what it is; a sentence that begins with it is none.

    But where the first word is made of a town's name: "Львівська політехніка", or has the ending of whose something
    is and stands nowhere in small letters: "Kuusiniemen säätiö".
    """
    words, types = context.words, context.language.words("type_after")
    if words.word(index) in context.types.generic:
        return None
    is_owner = words.word(index) not in words.small and words.word(index).endswith(_owners(context))
    is_name = is_owner or context.countries.town_adjective(words.word(index)) is not None
    if opens_sentence(words, index) and not is_name:
        return None
    if country_at(words, index, context.countries, context.language) is not None:
        return None  # "Norvegijos pensijų fondas": some fund of Norway's
    last = index + 1 if words.word(index + 1) in types else index + 2
    if last == index + 2 and (not _is_small(last, words) or words.word(index + 1) in context.language.words("say")):
        return None  # "в Neuropole інвестував фонд": what somebody does is in no name
    tails = context.language.words("type_tail")
    if words.word(last + 1) in tails and _is_small(last + 1, words) and _is_small(last + 2, words):
        last += 2  # "Българска банка за развитие"
    return _end_of_tail(last, context) or last


def _owners(context: Context) -> tuple[str, ...]:
    """The endings of words that say whose something is."""
    return tuple(context.language.words("owner_endings").whole)


def _end_of_tail(last: int, context: Context) -> int | None:
    """The last word of what a body is for, in small letters behind the word at `last`: "Фонд розвитку інновацій".

    The words of the label "type_of" go on a name, others may join them.
    """
    words, language = context.words, context.language
    tails, joins = language.words("type_of"), language.words("and")
    end, index = None, last + 1
    while index <= last + _LONGEST_TAIL and _is_small(index, words):
        word = words.word(index)
        if word in tails:
            end = index
        elif not (word in language.words("of") or (word in joins and end is not None)):
            break
        index += 1
    return end


def _first(index: int, context: Context) -> int:
    """Where the words with capitals begin that end at `index`."""
    words = context.words
    introducers, banned = context.language.words("introduce"), context.language.words("not_names")
    first = index
    while first > 0 and index - first < _FRONT and words.gap(first) == " ":
        before = first - 1
        is_name = words.text[words.starts[before]].isupper() and not context.taken[words.starts[before]]
        if not is_name or words.word(before) in banned or introduces(words.word(before), introducers):
            break
        first = before
    return first


def _found(context: Context, start: int, end: int, score: float, reason: str) -> Found:
    name = " ".join(_uninflected(context, start, end).split())
    tokens = set(context.words.low[start:end].split())
    return Found(Span(start, end), Party(name, kind_of(tokens, context.types)), score, reason)


def _uninflected(context: Context, start: int, end: int) -> str:
    """A name whose last word says what it is, without what a case adds to that: "Kuusiniemen säätiö" of "säätiölle"."""
    name = context.words.text[start:end]
    last = name.rpartition(" ")[2]
    short = [word for word in context.language.words("type_after").whole if skeleton(last).startswith(word)]
    return name[: len(name) - len(last) + min(map(len, short), default=len(last))]
