"""Percentages of a sum that somebody pays: "will finance 80 percent of the cost", "Acme gives 70% and Bolt 30%"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from pledgebook.domain import Sentence, Span
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import Match, PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

# How far a verb of giving and the words for a cost stand from a percentage, in characters.
_VERB, _COST, _COST_BEFORE = 24, 28, 12
_PARTS = re.compile(r"[,;:.()\n–—、，；。：]")
_LIST = 60


def find_percentages(text: str, language: Language, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """The percentages that are parts of a sum, labelled as fractions ("80/100"), in order.

    A word for a cost follows (or stands right before), or a verb of giving stands beside and nothing
    says of what it is a part; in a list one that is so stands for the next.
    """
    starts = [sentence.span.start for sentence in sentences]
    found: Match | None = None
    for match in _percentages(language.code).finditer(text):
        number = int(next(group for group in match.groups() if group))
        at = bisect_right(starts, match.start()) - 1
        if not 0 < number < 100 or at < 0 or match.start() >= sentences[at].span.end:
            continue
        sentence = sentences[at].span
        span = Span(match.start(), match.end())
        goes_on = found is not None and found.span.start >= sentence.start and span.start - found.span.end <= _LIST
        is_part = is_of_cost(text, span, language) or (
            _is_alone(text, span, language) and (goes_on or _is_given(text, span, sentence, language))
        )
        found = Match(span, f"{number}/100") if is_part else None
        if found is not None:
            yield found


def is_of_cost(text: str, span: Span, language: Language) -> bool:
    """Whether a share is one of all that something costs: "two-thirds of the cost", 費用の80%."""
    words = _costs(language.code)
    mark = _PARTS.search(text, span.end, span.end + _COST)
    behind = text[span.end : span.end + _COST if mark is None else mark.start()]
    before = _PARTS.split(text[max(0, span.start - _COST_BEFORE) : span.start])[-1]
    is_right_before = any(len(before) - word.span.end <= 1 for word in words.find(before))
    return is_right_before or next(words.find(behind), None) is not None


def _is_alone(text: str, span: Span, language: Language) -> bool:
    """Whether nothing says of what a percentage is a part: a mark follows, "and" or a verb of giving."""
    behind = text[span.end : span.end + _VERB]
    words = behind.split()
    if not words or _PARTS.match(behind.lstrip()) is not None or skeleton(words[0].strip(",.;")) in _joins(language):
        return True
    verb = next(verbs_of_giving(language.code).find(behind), None)
    return verb is not None and not behind[: verb.span.start].strip()


def _is_given(text: str, span: Span, sentence: Span, language: Language) -> bool:
    verbs = verbs_of_giving(language.code)
    before = _PARTS.split(text[max(sentence.start, span.start - _VERB) : span.start])[-1]
    behind = _PARTS.split(text[span.end : min(sentence.end, span.end + _VERB)])[0]
    return next(verbs.find(before), None) is not None or next(verbs.find(behind), None) is not None


def _joins(language: Language) -> frozenset[str]:
    return frozenset(load_name_words(language.code).words("and").whole)


@cache
def _percentages(code: str) -> re.Pattern[str]:
    """A percentage in figures, with a sign or a word for it: "%70", "70 %", "70,5 percent"."""
    words = "|".join(map(re.escape, load_language(code).shares.get("percent", ())))
    behind = rf"[%％]|(?:{words})(?!\w)" if words else "[%％]"
    return re.compile(rf"(?<![\w.,])(?:[%％] ?(\d{{1,2}})(?![\d.,]\d)|(\d{{1,2}})(?:[.,]0+)?[ \u00a0-]?(?:{behind}))")


@cache
def _costs(code: str) -> PhraseMatcher:
    return PhraseMatcher({"cost": load_language(code).cues.get("cost", ())})


@cache
def verbs_of_giving(code: str) -> PhraseMatcher:
    """The verbs of giving and paying of a language, by which a sum or a share of it is somebody's part."""
    language = load_language(code)
    return PhraseMatcher({"give": (*language.flow.get("gives", ()), *language.cues.get("pay", ()))})
