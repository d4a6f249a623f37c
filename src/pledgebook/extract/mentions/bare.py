"""Sums whose currency the text leaves out because it has just named it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from pledgebook.domain import Amount, Mention, MentionKind, Span
from pledgebook.extract.mentions.bare_currency import BareCurrencies
from pledgebook.extract.mentions.currency import read_figure_with_currency
from pledgebook.extract.mentions.pieces import Piece
from pledgebook.extract.mentions.precision import find_qualifier
from pledgebook.extract.mentions.scan import Scan, resolve, scan_text
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import PhraseMatcher, is_unspaced
from pledgebook.lexicon.money import load_currencies
from pledgebook.lexicon.page import load_common_words

_MILLION = 10**6
# What counts people or things without a noun is hardly ever said of a million and more.
_LEAST = 10**6
_NEXT = re.compile(r"[\s\u00a0]*(?:([^\W\d_]+)|([^\w\s])|$)")
_BEFORE = re.compile(r"([^\W\d_]+)[\s\u00a0]+$")
# "4 millones de Kaszek": what is counted has a small letter.
_NAME = re.compile(r"[\s\u00a0]+[A-ZÀ-Þ][a-zß-ÿ]")
_CURRENCY_ODD = "XXX"
_COMPOUND = re.compile(r"[-‑]([^\W\d_]+)(?![\w‑-])")
_WORDS_BEHIND = re.compile(r"(?:[\s\u00a0]+|['’])([^\W\d_]+)(?:[\s\u00a0]+[^\W\d_]+){0,2}")
_COUNTED = frozenset({"count", "one", "people", "not_counted", "power", "unit"})
_ROUND = frozenset({Decimal(10**6), Decimal(10**9), Decimal(10**12)})
# The most letters between a sum and a word that tells that it is money.
_BESIDE = 60
_ENDS = re.compile(r"[.!?;。！？]\s|\n")


def find_bare_sums(
    text: str,
    language: Language | str,
    sums: Sequence[Mention],
    *,
    country: str | None = None,
    places: Sequence[Mention] = (),
) -> list[Mention]:
    """Figures of a million and more that name no unit, in the currency that the text means (see BareCurrencies).

    `sums` are what `find_money` gives, `country` and `places` what it was given. A figure counts where a mark or an
    everyday word follows, since a noun there ("3.2 billion users") would say what is counted. Where no sum names a
    currency, they are in the money of `country`.

    >>> from pledgebook.extract.mentions.money import find_money
    >>> text = "They pledged 2.2 billion on top of $4 billion, for 1.3 billion users."
    >>> [(m.amount.value, m.amount.currency) for m in find_bare_sums(text, "en", find_money(text, "en"))]
    [(Decimal('2200000000'), 'USD')]
    """
    known = resolve(language)
    full = [m for m in sums if m.amount is not None and m.amount.currency != _CURRENCY_ODD]
    if not full:
        numbers = known.numbers
        is_told = numbers.counts_with or numbers.nouns_have_capitals
        return list(_at_home(text, known, sums, country)) if country is not None and is_told else []
    scan = scan_text(text, known)
    currencies = BareCurrencies(text, known, full, country, places)
    common = load_common_words().words.get(known.code, frozenset())
    found: list[Mention] = []
    taken, values = [m.span for m in sums], {m.amount.value for m in full if m.amount is not None}
    starts = [span.start for span in taken]
    counted = -1
    for index, piece in enumerate(scan.pieces):
        if not piece.numeral or not _is_in_millions(piece) or piece.damaged or _is_taken(taken, starts, piece.span):
            continue
        figure = read_figure_with_currency(text, scan.pieces, index, after=0)
        if figure.label is not None or figure.value < _LEAST:
            continue
        alone = (
            _stands_alone(text, piece.end, common, known)
            or _is_led_back(text, piece.start, known)
            or _counts_nothing(scan, index)
        )
        if not alone and (figure.value not in values or _is_round(figure.value)):
            counted = piece.end
            continue
        if _goes_on_counting(text, counted, piece.start) or (
            piece.in_words and _says_very_many(text, figure.value, piece.span, full)
        ):
            continue
        source = currencies.source(piece.span)
        if source.amount is None:
            continue
        source, currency = _told_elsewhere(full, figure.value) or (source, source.amount.currency)
        qualifier, words = find_qualifier(text, scan.pieces, index, index, start=piece.start, end=piece.end)
        parts = {"number": piece.span, "currency": source.span}
        if words is not None:
            parts["qualifier"] = words
        if qualifier.value == "range":
            continue
        found.append(
            Mention(
                MentionKind.MONEY,
                piece.span,
                amount=Amount(Decimal(figure.value), currency, qualifier),
                score=0.7,
                reason=f"currency of {source.span.of(text)!r}",
                parts=parts,
            )
        )
    return found


def _at_home(text: str, language: Language, sums: Sequence[Mention], country: str) -> Iterator[Mention]:
    """Sums of a text that names no currency at all: its own country's, where words of money stand beside them.

    Papers of Quebec write "un prêt de 45 millions" and nothing else. Only languages in which what is counted stands
    behind a word of its own or has a capital are read so.
    """
    currency = load_currencies().lands.get(country)
    if currency is None:
        return
    scan = scan_text(text, language)
    common = load_common_words().words.get(language.code, frozenset())
    words = [match.span for match in _of_money(language.code).find(text)]
    for index, piece in enumerate(scan.pieces):
        if not piece.numeral or not _is_in_millions(piece) or piece.damaged:
            continue
        figure = read_figure_with_currency(text, scan.pieces, index, after=0)
        if figure.label is not None or figure.value < _LEAST or any(m.span.overlaps(piece.span) for m in sums):
            continue
        near = any(_in_one_line(text, word, piece.span) and _apart(word, piece.span) <= _BESIDE for word in words)
        if not near or not _stands_alone(text, piece.end, common, language):
            continue
        qualifier, told = find_qualifier(text, scan.pieces, index, index, start=piece.start, end=piece.end)
        if qualifier.value == "range":
            continue
        yield Mention(
            MentionKind.MONEY,
            piece.span,
            amount=Amount(Decimal(figure.value), currency, qualifier),
            score=0.7,
            reason=f"money of {country}",
            parts={"number": piece.span} | ({"qualifier": told} if told is not None else {}),
        )


def _apart(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _is_in_millions(piece: Piece) -> bool:
    """Whether a number is told in millions and more, also in one word (Hungarian "tizenötmilliárdos")."""
    return piece.scale >= _MILLION or (piece.in_words and piece.value is not None and piece.value >= _MILLION)


def _told_elsewhere(sums: Sequence[Mention], value: Decimal) -> tuple[Mention, str] | None:
    """The sum that has the same figure with a currency, or restates one so, and that currency."""
    for mention in sums:
        amount = mention.amount
        for money in (amount.money, *amount.also) if amount is not None else ():
            if money.value == value:
                return mention, money.currency
    return None


def _goes_on_counting(text: str, counted: int, start: int) -> bool:
    """Whether the sentence has counted something by its name: "20 million people, up from 10 million"."""
    return counted >= 0 and _ENDS.search(text, counted, start) is None


def _says_very_many(text: str, value: Decimal, span: Span, sums: Sequence[Mention]) -> bool:
    """Whether a figure is a manner of speaking, far from any sum: "the trouble with a billion"."""
    if not _is_round(value) or text[span.end : span.end + 2] == " |":
        return False
    return not any(_in_one_line(text, mention.span, span) for mention in sums)


def _is_round(value: Decimal) -> bool:
    return value in _ROUND


def _in_one_line(text: str, one: Span, other: Span) -> bool:
    return "\n" not in text[min(one.end, other.end) : max(one.start, other.start)]


def _is_taken(taken: Sequence[Span], starts: Sequence[int], span: Span) -> bool:
    """Whether a span shares a character with one of `taken`, which are sorted and apart from each other."""
    n = bisect_left(starts, span.end)
    return n > 0 and taken[n - 1].overlaps(span)


def _stands_alone(text: str, end: int, common: frozenset[str], language: Language) -> bool:
    """Whether no noun follows that would say what is counted."""
    following = _NEXT.match(text, end)
    if following is None or (following[1] is None and following[2] is None):
        return True
    if following[2] is not None and following.start(2) == end and following[2] in "-‑":
        # "the two-million-square-foot campus", but "das 300-Millionen-Projekt"
        compound = _COMPOUND.match(text, end)
        return compound is not None and _is_paid_for(language.code, compound[1])
    if following[2] is not None:
        return following[2] not in "%‰$€£¥₹°"
    word = following[1].lower()
    if language.numbers.nouns_have_capitals and following[1][0].islower():
        return True
    if language.numbers.counts_with:
        # "67 millions à Lyon": what is counted would stand behind a "de", and without an article.
        is_counted = word in language.numbers.counts_with and not _has_article(text, following.end(1), language)
        return not is_counted or _NAME.match(text, following.end(1)) is not None
    return (
        word in common
        or (is_unspaced(word[0]) and following.start(1) == end and word[0] in "をがはにの、。規规的，")
        or _opens_verb(language.code, word)
    )


def _has_article(text: str, start: int, language: Language) -> bool:
    """Whether a definite article follows: "15 millions de l'État" are nothing that is counted."""
    following = _NEXT.match(text, start)
    return following is not None and following[1] is not None and following[1].lower() in language.quantities.definite


def _counts_nothing(scan: Scan, index: int) -> bool:
    """Whether none of the few words behind a figure is known to be counted, in a language where they would follow.

    A million of what no list has is hardly ever told in an article about money.
    """
    text, pieces, language = scan.text, scan.pieces, scan.language
    following = _WORDS_BEHIND.match(text, pieces[index].end)
    if language.numbers.nouns_have_capitals or following is None or not following[0].strip():
        return False
    if following[1].lower() in language.numbers.counts_with:
        behind = _WORDS_BEHIND.match(text, following.end(1))
        return behind is not None and _opens_verb(language.code, behind[0].strip().lower())
    if language.numbers.counts_with or language.numbers.scan != "words" or following[1][0].isupper():
        return False
    return not any(
        _COUNTED & set(piece.senses) for piece in pieces[index + 1 : index + 5] if piece.start < following.end()
    )


def _is_led_back(text: str, start: int, language: Language) -> bool:
    """Whether the word before says that the figure was told before: "with that 3.2 billion"."""
    before = _BEFORE.search(text, max(0, start - 24), start)
    return before is not None and before[1].lower() in language.numbers.told_before


@cache
def _of_money(code: str) -> PhraseMatcher:
    cues = load_language(code).cues
    return PhraseMatcher({label: cues.get(label, ()) for label in _MONEY})


@cache
def _things(code: str) -> PhraseMatcher:
    language = load_language(code)
    cues = {label: language.cues.get(label, ()) for label in ("invest", "plan", "grant", "stake")}
    return PhraseMatcher({**cues, "data_centres": language.purposes.get("data_centres", ())})


def _is_paid_for(code: str, word: str) -> bool:
    """Whether a word is one for a project, an investment, a grant or a data centre."""
    return any(len(match.span) == len(word) for match in _things(code).find(word))


@cache
def _actions(code: str) -> PhraseMatcher:
    cues = load_language(code).cues
    return PhraseMatcher({label: cues.get(label, ()) for label in _ACTIONS})


def _opens_verb(code: str, word: str) -> bool:
    """Whether a word tells what is done with the money."""
    return any(match.span.start == 0 for match in _actions(code).find(word))


_MONEY = (
    *("invest", "grant", "cost", "give", "pay", "debt", "stake", "support", "worth", "capex"),
    *("announce", "build", "total", "part", "add", "rest", "cancel", "delay", "complete"),
)
_ACTIONS = (
    *("grant", "debt", "give", "invest", "announce", "plan"),
    *("build", "cancel", "delay", "earlier", "with_it", "by_it", "into_it"),
)
