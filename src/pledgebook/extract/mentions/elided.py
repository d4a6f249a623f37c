"""Sums that leave out what the sum before them has told: "Acme pays 70 million, the state 55, the region 45"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pledgebook.domain import Amount, Mention, MentionKind, Sentence, Span
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import Match, PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_name_words

_FIGURE = re.compile(r"(?<![\w.,/%+–-])\d{1,3}(?:[.,]\d{1,3})?(?![\w%/+–-]|[.,]\d|\s?[%€$£])")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")
_SCALES = tuple(Decimal(10**power) for power in (6, 9, 12))
_ENDS = re.compile(r"\s*(?:[,;:)]|[.!?](?:\s|$)|$)")
_WORD = re.compile(r"[\s\u00a0]+([^\W\d_]+)")
_ARTICLE = re.compile(r"[\s\u00a0]+(?:[^\W\d_]{1,3}(?:['’]|[\s\u00a0]))?")
_OF_TWO = re.compile(r"[ '’]")
_VERBS = ("gives", "invest", "pay", "announce", "give")
_BEFORE, _AFTER, _DESCRIBED = 40, 32, 3
_PAIR, _HUNDRED = 2, 100
# How much greater a sum may be than those before it where a verb alone tells that it is one.
_MORE = 5
# The most words between a sum and a part of it.
_BESIDE = 4


class _Words(NamedTuple):
    """Verbs of giving, what stands beside a sum that is given or left, before who gives, and behind sums.

    `bodies` are words for those who were named before ("the state"), `turned` verbs behind which who gives stands, and
    words for what is left ("los 20 restantes"), `parts` those for a part of what was told ("12 de ellos"), `companies`
    those for a company named before, `others` those for more, `along` those for what goes with it.
    """

    verbs: PhraseMatcher
    bodies: PhraseMatcher
    rest: PhraseMatcher
    turned: PhraseMatcher
    givers: PhraseMatcher
    small: frozenset[str]
    parts: PhraseMatcher
    companies: PhraseMatcher
    others: frozenset[str]
    along: frozenset[str]


def find_elided_sums(
    text: str,
    language: Language,
    sums: Sequence[Mention],
    names: Sequence[Mention],
    taken: Sequence[Span],
    sentences: Sequence[Sentence],
) -> list[Mention]:
    """Figures without a word for millions behind a sum, where a verb of giving or who pays stands right beside them.

    They are of the scale and the currency of the sum before them, in their own sentence or the one before, and less
    than the greatest told there. `names` are who is named, `taken` the spans of what is counted and of dates.
    """
    found: list[Mention] = []
    blocked = [*taken, *(mention.span for mention in sums)]
    for n, sentence in enumerate(sentences):
        if "|" in sentence.span.of(text):
            continue
        first = sentences[n - 1].span.start if n and sentences[n - 1].paragraph == sentence.paragraph else None
        start = sentence.span.start if first is None else first
        told = [m for m in sums if m.amount is not None and start <= m.span.start < sentence.span.end]
        if told:
            found += _in_sentence(text, language, sentence.span, told, names, blocked)
    return found


def _in_sentence(
    text: str,
    language: Language,
    bounds: Span,
    told: Sequence[Mention],
    names: Sequence[Mention],
    blocked: Sequence[Span],
) -> Iterator[Mention]:
    spans = {name.span.start: name.span.end for name in names}
    starts, ends = set(spans), set(spans.values())
    is_listed = False
    for span, figure in _figures(text, language.code, bounds):
        before = [mention for mention in told if mention.span.end <= span.start]
        source = _in_turn(text, language.code, span, told) or (before[-1] if before else None)
        scale = _scale(text, source) if source is not None else None
        if source is None or source.amount is None or scale is None or any(span.overlaps(one) for one in blocked):
            continue
        value = figure * scale
        if source not in before:
            yield _mention(text, span, value, source)
            continue
        greatest = max(m.amount.value for m in before if m.amount is not None)
        if not 0 < value < greatest and not (
            value < _MORE * greatest and _is_told_again(text, _words(language.code), span, bounds)
        ):
            continue
        is_here = is_listed or any(m.span.start >= bounds.start for m in before)
        is_there = ends if is_here else set[int]()
        if text[span.start].isdigit():
            is_next = is_listed and _leads_to(text[span.end : bounds.end], span.end, starts)
            is_next = is_next or (bool(before) and _is_part(text, language.code, before[-1].span, span, bounds))
            is_given = is_next or _is_given(text, language.code, span, is_there, starts, bounds)
        else:
            is_next = is_listed and _is_in_row(text, language.code, span, spans, bounds)
            is_given = is_next or _is_given_in_words(text, language.code, span, is_there, starts, bounds)
        if is_given:
            is_listed = True
            yield _mention(text, span, value, source)


def _figures(text: str, code: str, bounds: Span) -> list[tuple[Span, Decimal]]:
    """The small numbers of a sentence, in figures and in words."""
    found = [(Span(*m.span()), _number(m[0])) for m in _FIGURE.finditer(text, bounds.start, bounds.end)]
    pattern, values = _number_words(code)
    found += [(Span(*m.span()), values[m[0]]) for m in pattern.finditer(text, bounds.start, bounds.end)]
    return sorted(found)


@cache
def _number_words(code: str) -> tuple[re.Pattern[str], dict[str, Decimal]]:
    """The words of a language for whole numbers from two to a hundred, with their values."""
    words = load_language(code).numbers.words
    values = {
        form: Decimal(label)
        for label, several in words.items()
        if label.isdigit() and _PAIR <= int(label) <= _HUNDRED
        for phrase in several
        if phrase.isalpha()
        for form in (phrase, phrase.capitalize())
    }
    names = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])" if names else r"(?!)"), values


def _mention(text: str, span: Span, value: Decimal, source: Mention) -> Mention:
    amount = Amount(value, source.amount.currency if source.amount is not None else "")
    reason = f"scale and currency of {source.span.of(text)!r}"
    parts = {"number": span, "currency": source.span}
    return Mention(MentionKind.MONEY, span, amount=amount, score=0.7, reason=reason, parts=parts)


def _in_turn(text: str, code: str, span: Span, told: Sequence[Mention]) -> Mention | None:
    """The sum that "respectively" joins to a figure in front of it: "80, respectiv 45 de milioane de euro"."""
    behind = next((mention for mention in told if mention.span.start >= span.end), None)
    if behind is None or behind.span.start - span.end > _BEFORE:
        return None
    between = text[span.end : behind.span.start].strip(" ,").casefold()
    return behind if between in load_language(code).cues.get("respectively", ()) else None


def _scale(text: str, mention: Mention) -> Decimal | None:
    """What the words of a sum multiply its figure by, None where it is no million or more."""
    digits = _DIGITS.search(mention.span.of(text))
    if digits is None or mention.amount is None:
        return None
    figure = _number(digits[0])
    return next((scale for scale in _SCALES if figure * scale == mention.amount.value), None)


def _is_part(text: str, code: str, whole: Span, span: Span, bounds: Span) -> bool:
    """Whether a figure is told right behind a sum as a part of it: "30 millones de euros, 12 de ellos"."""
    between, behind = text[whole.end : span.start], text[span.end : min(bounds.end, span.end + _AFTER)]
    if whole.start < bounds.start or len(between.split()) > _BESIDE or any(char.isdigit() for char in between):
        return False
    return any(not behind[: word.span.start].strip() for word in _words(code).parts.find(behind))


def _number(digits: str) -> Decimal:
    """The figure that digits mean: a mark before three of them parts thousands."""
    return Decimal(re.sub(r"[.,]", "" if _THOUSANDS.fullmatch(digits) else ".", digits))


def _is_given(text: str, code: str, span: Span, ends: set[int], starts: set[int], bounds: Span) -> bool:
    """Whether a figure stands right behind a verb of giving or who pays, or right before who is marked as paying."""
    words = _words(code)
    behind = text[span.end : min(bounds.end, span.end + _AFTER)]
    mark = _mark_behind(words, behind)
    if mark is not None:
        # "de la Comisia": a mark may have the first word of the name in it.
        is_next = any(mark.span.start < at - span.end <= mark.span.end + 1 for at in starts)
        is_body = any(m.span.start <= mark.span.start and m.span.end > mark.span.end for m in words.bodies.find(behind))
        return is_next or is_body or _leads_to(behind[mark.span.end :], span.end + mark.span.end, starts)
    ahead = text[max(bounds.start, span.start - _BEFORE) : span.start]
    if any(not behind[: word.span.start].strip() for word in words.turned.find(behind)) or any(
        not ahead[word.span.end :].strip() for word in words.rest.find(ahead)
    ):
        return True
    following = _WORD.match(text, span.end)
    if not _ENDS.match(text, span.end) and (following is None or skeleton(following[1]) not in words.small):
        return False
    if _follows_verb(text, words, span, bounds):
        return True
    if not ends:
        return False
    first = span.start - len(ahead)
    named = [at for at in ends if first <= at <= span.start] + [first + m.span.end for m in words.bodies.find(ahead)]
    companies = [first + m.span.end for m in words.companies.find(ahead)]
    return any(_is_described(code, text[at : span.start]) for at in named) or any(
        _goes_on(words, text[at : span.start]) for at in (*named, *companies)
    )


def _mark_behind(words: _Words, behind: str) -> Match | None:
    """The word for who gives with which a text opens, be it behind "of which": "12 dei quali a carico di Acme"."""
    part = next((match.span.end for match in words.parts.find(behind) if not behind[: match.span.start].strip()), 0)
    return next(
        (m for m in words.givers.find(behind) if m.span.start >= part and not behind[part : m.span.start].strip()), None
    )


def _is_given_in_words(text: str, code: str, span: Span, ends: set[int], starts: set[int], bounds: Span) -> bool:
    """Whether a number in words opens its clause, and who gives stands behind it: "nine million: three from Acme"."""
    words, joins = _words(code), load_name_words(code).words("and")
    behind = text[span.end : min(bounds.end, span.end + _AFTER)]
    ahead = text[bounds.start : span.start].rstrip()
    opens = ahead[-1:] in ":,;(" or (bool(ahead) and skeleton(ahead.split()[-1]) in joins)
    if any(not behind[: verb.span.start].strip() for verb in words.turned.find(behind)):
        return True
    mark = _mark_behind(words, behind) if opens else None
    return mark is not None and _is_given(text, code, span, ends, starts, bounds)


def _is_in_row(text: str, code: str, span: Span, spans: Mapping[int, int], bounds: Span) -> bool:
    """Whether who pays stands alone behind a figure of a list that has its verb: "Acme pays four, three Bolt"."""
    article = _ARTICLE.match(text, span.end)
    end = spans.get(article.end(), -1) if article is not None else -1
    if not 0 <= end <= bounds.end:
        return False
    following = _WORD.match(text, end)
    joins = load_name_words(code).words("and")
    return _ENDS.match(text, end) is not None or (following is not None and skeleton(following[1]) in joins)


def _follows_verb(text: str, words: _Words, span: Span, bounds: Span) -> bool:
    """Whether a verb stands right before a figure, or before a word for more there: "promised another 40"."""
    ahead = text[max(bounds.start, span.start - _BEFORE) : span.start]
    *before, last = ahead.split() or [""]
    ahead = ahead.rstrip()[: -len(last)] if before and skeleton(last) in words.others else ahead
    return any(not ahead[verb.span.end :].strip() for verb in words.verbs.find(ahead))


def _is_told_again(text: str, words: _Words, span: Span, bounds: Span) -> bool:
    """Whether a verb or a word for more stands right before a figure."""
    before = text[bounds.start : span.start].split()[-1:]
    return any(skeleton(word) in words.others for word in before) or _follows_verb(text, words, span, bounds)


def _is_described(code: str, between: str) -> bool:
    """Whether a comma or dash at most lies between a name and a figure, or a few words that go on with the name.

    "Acme 45", "Acme, 45", "el Gobierno central, 36", "il ministero delle Imprese 55".
    """
    names = load_name_words(code)
    words = between.rstrip(" ,–—-\u00a0").split()
    if any(mark in between[:-1].rstrip(" ,–—-") for mark in ",.;:()") or len(words) > _DESCRIBED:
        return False
    return not any(names.is_action(skeleton(word), word) or word.isdigit() for word in words)


def _goes_on(words: _Words, between: str) -> bool:
    """Whether a comma for the verb and what goes with another sum lie between who pays and a figure: ", los otros"."""
    told = [skeleton(word) for word in between.lstrip(" ,").split()]
    small = words.others | words.small | words.along | load_name_types().articles
    return not words.others.isdisjoint(told) and small.issuperset(told)


def _leads_to(behind: str, end: int, starts: set[int]) -> bool:
    """Whether an article alone lies between what ends at `end` and a name, as in "40 pays Acme, 15 the Bolt"."""
    article = re.match(r"\s*[^\W\d_]{1,3}['’]?\s*", behind)
    return article is not None and end + article.end() in starts


@cache
def _words(code: str) -> _Words:
    language, names = load_language(code), load_name_words(code)
    verbs = [*language.flow.get("gives", ()), *(word for label in _VERBS for word in language.cues.get(label, ()))]
    local = [word for several in language.locals.values() for word in several]
    bodies = [
        word for word in (*language.cues.get("government", ()), *local) if "*" not in word and _OF_TWO.search(word)
    ]
    rest = language.cues.get("rest", ())
    return _Words(
        PhraseMatcher({"gives": verbs}),
        PhraseMatcher({"body": bodies}),
        PhraseMatcher({"rest": rest}),
        PhraseMatcher({"turned": [*language.flow.get("turned", ()), *rest]}),
        PhraseMatcher({"from": [mark for mark in language.flow.get("from", ()) if mark[0].isalpha()]}),
        frozenset(names.words("and").whole) | frozenset(names.words("at").whole),
        PhraseMatcher({"part": language.cues.get("part", ())}),
        PhraseMatcher({"company": language.cues.get("company", ())}),
        *(
            frozenset(skeleton(word) for word in language.cues.get(label, ()) if word.isalpha())
            for label in ("add", "with_it")
        ),
    )
