"""Sums that are told as parts of others: "a third of it", "the rest", "as much again"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

from pledgebook.domain import Amount, Basis, Mention, MentionKind, Qualifier, Sentence, Span
from pledgebook.extract.mentions.percentages import find_percentages, is_of_cost, verbs_of_giving
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import Match, PhraseMatcher

REST, SAME, _PERCENT = "rest", "1", "percent"
_NO_CURRENCY = "XXX"
_SENTENCES, _SENTENCES_OF_COST = 4, 12
_AHEAD = 25
_HALF = Fraction(1, 2)
_LEAST_REST = Decimal("0.01")
# Shares of prices and dividends are nobody's pledge.
_LEAST = 10_000
MARK = re.compile(r"[,;:()–—，、；：،؛]")
_YEAR_BEHIND = re.compile(r"(?:\W+\w+){0,2}\W+(?:19|20)\d\d\b")
_WORD_BEFORE = re.compile(r"(\w+)\s+$")
_WORDS_BEHIND = re.compile(r"[^\W\d_]+")
_LOOKED_AT, _SMALL = 3, 4
_TOUCHING = 1
# Marks behind which the parts of a sum are told, and what ends a sentence.
_OPENS = re.compile(r"[:;(–—：；（]")
_ENDS = re.compile(r"[.!?]\s")


def find_shares(
    text: str, language: Language, sums: Sequence[Mention], taken: Sequence[Span], sentences: Sequence[Sentence]
) -> list[Mention]:
    """What is told as a share of a sum nearby, with its value: a mention each, its amount implied.

    `sums` are all sums of the text in its order, `taken` the spans of what is counted. `parts["whole"]` is the sum
    that a share is taken of, `parts["rest"]` the words for what is left of it. A share whose value stands beside it
    as a figure is left out, since the figure tells it.
    """
    told = [m for m in sums if m.amount and m.amount.currency != _NO_CURRENCY and m.amount.value >= _LEAST]
    if not told:
        return []
    blocked = sorted([m.span for m in sums] + list(taken))
    blocks = [span.start for span in blocked]
    starts = [sentence.span.start for sentence in sentences]
    found: list[Mention] = []
    parts = [*_words(language.code).find(text), *find_percentages(text, language, sentences)]
    for match in sorted(parts, key=_place):
        span = match.span
        n = bisect_right(blocks, span.end - 1) - 1
        if n >= 0 and blocked[n].overlaps(span):
            continue
        s = bisect_right(starts, span.start) - 1
        if s < 0 or span.start >= sentences[s].span.end or (found and found[-1].span.overlaps(span)):
            continue
        gap = text[blocked[n].end : span.start] if n >= 0 else ""
        if match.label == REST and 0 < len(gap) <= _TOUCHING and MARK.fullmatch(gap) is None:
            continue  # "the 10 million left": the figure tells the rest
        if match.label != REST and (_is_of_time(text, span, language) or _is_of_counted(text, span, language)):
            continue
        if match.label == REST and _is_told_behind(text, span, sums):
            continue
        of_cost = match.label != REST and is_of_cost(text, span, language)
        near = _Nearby([*told, *found], sentences, s, span, _SENTENCES_OF_COST if of_cost else _SENTENCES)
        share = (
            _rest(text, near, language)
            if match.label == REST
            else _fraction(text, near, Fraction(match.label), of_cost=of_cost)
        )
        if share is None or near.tells(share[1], but=share[0] if match.label == SAME else None):
            continue
        found.append(_mention(text, span, match.label, *share))
    return found


def _is_told_behind(text: str, span: Span, sums: Sequence[Mention]) -> bool:
    """Whether the figure of a rest stands right behind the word: "the remaining 40 million", "the rest, 40 million"."""
    ahead = next((m for m in sums if m.span.start >= span.end), None)
    if ahead is None or ahead.span.start - span.end > _AHEAD:
        return False
    between = text[span.end : ahead.span.start].strip(" ,(–—:\u00a0、，：（")
    return len(between.split()) <= 1 and between.isalpha() if between else True


def _is_of_time(text: str, span: Span, language: Language) -> bool:
    """Whether a share is added to a number or taken of a year: "a year and a half", "the second half of 2026"."""
    if _YEAR_BEHIND.match(text, span.end) is not None:
        return True
    before = _WORD_BEFORE.search(text, max(0, span.start - 20), span.start)
    return before is not None and (
        before[1].lower() in language.numbers.joined
        or any(before[1].lower() in several for several in language.numbers.ordinals.values())
    )


def _is_of_counted(text: str, span: Span, language: Language) -> bool:
    """Whether a share is one of people or of what is never money: "a third of the teachers"."""
    counted = _counted(language.code)
    mark = MARK.search(text, span.end, span.end + _AHEAD)
    end = span.end + _AHEAD if mark is None else mark.start()
    for word in _WORDS_BEHIND.findall(text, span.end, end)[:_LOOKED_AT]:
        if word.casefold() in counted:
            return True
        if len(word) > _SMALL:
            return False
    return False


@cache
def _counted(code: str) -> frozenset[str]:
    words = load_language(code).quantities
    nouns = (*words.nouns.get("people", ()), *words.nouns.get("jobs", ()), *words.not_counted)
    return frozenset(noun.casefold() for noun in nouns if " " not in noun)


class _Nearby:
    """The sums in the sentences around a share."""

    def __init__(self, sums: Sequence[Mention], sentences: Sequence[Sentence], at: int, span: Span, far: int) -> None:
        first = sentences[max(0, at - far)].span.start
        self.start, self.end, self.span = sentences[at].span.start, sentences[at].span.end, span
        self.before = sorted((m for m in sums if first <= m.span.start and m.span.end <= span.start), key=_place)
        paragraph = sentences[at].paragraph
        self.paragraph = min(s.span.start for s in sentences[max(0, at - far) : at + 1] if s.paragraph == paragraph)
        self.after = [m for m in sums if span.end <= m.span.start < min(self.end, span.end + _AHEAD)]
        before, behind = sentences[max(0, at - 1)].span.start, sentences[min(at + 1, len(sentences) - 1)].span.end
        self._beside = [m for m in sums if before <= m.span.start < behind]

    def tells(self, amount: Amount, *, but: Mention | None) -> bool:
        """Whether a figure beside tells an amount, other than the one it is taken from."""
        return any(
            m is not but and m.amount is not None and m.amount.value == amount.value
            for m in self._beside
            if m.amount is not None and m.amount.basis is not Basis.IMPLIED and m.amount.currency == amount.currency
        )


def _place(found: Mention | Match) -> Span:
    return found.span


def _fraction(text: str, near: _Nearby, fraction: Fraction, *, of_cost: bool) -> tuple[Mention, Amount] | None:
    """A share of the sum that follows at once, else of the last one before; one of the cost is one of the largest.

    Half of what was told before is left out: the other half is as big, and equal shares are no pledges of their own.
    """
    ahead = near.after[0] if near.after and MARK.search(text, near.span.end, near.after[0].span.start) is None else None
    stated = [m for m in near.before if m.amount is not None and m.amount.basis is not Basis.IMPLIED]
    if of_cost and stated:
        stated = [m for m in stated if m.span.start >= near.paragraph] or stated
        stated.sort(key=lambda m: m.amount.value if m.amount is not None else Decimal(0))
    is_half = fraction == _HALF and not of_cost
    whole = ahead if ahead is not None and fraction != 1 else stated[-1] if stated and not is_half else None
    if whole is None or whole.amount is None or whole.amount.qualifier is Qualifier.RANGE:
        return None
    value = whole.amount.value * fraction.numerator / fraction.denominator
    return (whole, _implied(value, whole.amount)) if value >= _LEAST else None


def _rest(text: str, near: _Nearby, language: Language) -> tuple[Mention, Amount] | None:
    """What is left of a sum of which parts are told behind it; of several the one that leaves least.

    What is listed with the next sum is a part itself: 40 million of "of the 100 million Acme pays 40 million, Bolt 35
    million and Cora the rest".
    """
    best: tuple[Decimal, Mention, Decimal] | None = None
    wholes = list(_wholes(text, near))
    listed = _listed(text, near, language) if len(wholes) > 1 else frozenset[Span]()
    for whole, left in wholes:
        if whole.amount is not None and whole.span not in listed:
            ratio = left / whole.amount.value
            if ratio >= _LEAST_REST and (best is None or ratio < best[0]):
                best = ratio, whole, left
    if best is None or best[1].amount is None:
        return None
    return best[1], _implied(best[2], best[1].amount)


def _listed(text: str, near: _Nearby, language: Language) -> frozenset[Span]:
    """The sums that somebody gives and that stand in a list with the next ones, as nothing says that they have parts.

    They are parts themselves: 40 and 35 of "the site costs 100 million: Acme pays 40, Bolt 35 and Cora the rest".
    """
    found: set[Span] = set()
    for n, (one, other) in enumerate(pairwise(near.before)):
        before = near.before[n - 1].span.end if n else max(0, one.span.start - _AHEAD)
        clause = _OPENS.split(text[max(before, one.span.start - _AHEAD) : one.span.start])[-1]
        goes_on = n > 0 and near.before[n - 1].span in found and _ENDS.search(text[before : one.span.start]) is None
        between = text[one.span.end : other.span.start]
        if not goes_on and next(verbs_of_giving(language.code).find(clause), None) is None:
            continue
        if _OPENS.search(between) is None and next(_parting(language.code).find(between), None) is None:
            found.add(one.span)
    return frozenset(found)


def _wholes(text: str, near: _Nearby) -> Iterator[tuple[Mention, Decimal]]:
    """Every sum before a "rest" that is bigger than all those of its currency behind it, with what they leave."""
    for n, whole in enumerate(near.before[:-1]):
        amount = whole.amount
        if amount is None or amount.qualifier is Qualifier.RANGE or amount.basis is Basis.IMPLIED:
            continue
        told = [m for m in near.before[n + 1 :] if not _is_restated(text, m, amount.currency)]
        parts = [m.amount for m in told if m.amount is not None and m.amount.value != amount.value]
        if not parts or any(part.currency != amount.currency or part.value_max is not None for part in parts):
            continue
        left = amount.value - sum((part.value for part in parts), Decimal(0))
        if left > 0:
            yield whole, left


def _implied(value: Decimal, whole: Amount) -> Amount:
    rounded = value.quantize(Decimal(1), ROUND_HALF_UP)
    qualifier = whole.qualifier if rounded == value else Qualifier.ABOUT
    return Amount(Decimal(int(rounded)), whole.currency, qualifier, basis=Basis.IMPLIED)


def _mention(text: str, span: Span, label: str, whole: Mention, amount: Amount) -> Mention:
    kind = {REST: "the rest of", SAME: "as much as"}.get(label, f"{label} of")
    parts = {"number": span, "whole": whole.span} | ({"rest": span} if label == REST else {})
    return Mention(
        MentionKind.MONEY,
        span,
        amount=amount,
        score=0.6,
        reason=f"{kind} {whole.span.of(text)!r}",
        parts=parts,
    )


def _is_restated(text: str, mention: Mention, currency: str) -> bool:
    """Whether a sum in brackets tells another one in other money: "84 milliards de FCFA (128 millions d'euros)"."""
    is_bracketed = text[: mention.span.start].endswith("(") and text[mention.span.end :].startswith(")")
    return is_bracketed and mention.amount is not None and mention.amount.currency != currency


@cache
def _parting(code: str) -> PhraseMatcher:
    """Words between a sum and its parts: "of which", "the cost"."""
    cues = load_language(code).cues
    return PhraseMatcher({"part": (*cues.get("part", ()), *cues.get("cost", ()))})


@cache
def _words(code: str) -> PhraseMatcher:
    language = load_language(code)
    fractions = {share: words for share, words in language.shares.items() if share != _PERCENT}
    return PhraseMatcher({REST: language.cues.get("rest", ()), **fractions})
