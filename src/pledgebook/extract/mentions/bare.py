"""Sums whose currency the text leaves out because it has just named it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pledgebook.domain import Amount, Mention, MentionKind, Span
from pledgebook.extract.mentions.currency import read_figure_with_currency
from pledgebook.extract.mentions.precision import find_qualifier
from pledgebook.extract.mentions.scan import resolve, scan_text
from pledgebook.lexicon.language import Language
from pledgebook.lexicon.matcher import is_unspaced
from pledgebook.lexicon.page import load_common_words

_MILLION = 10**6
# Below that a bare figure is as likely to count people.
_LEAST = 10**8
_NEXT = re.compile(r"[\s\u00a0]*(?:([^\W\d_]+)|([^\w\s])|$)")
_CURRENCY_ODD = "XXX"


def find_bare_sums(text: str, language: Language | str, sums: Sequence[Mention]) -> list[Mention]:
    """Figures of a million and more that name no unit, in the currency of the nearest sum before them (else after).

    `sums` are what `find_money` gives. A figure counts where a mark or an everyday word follows, since a noun there
    ("3.2 billion users") would say what is counted.

    >>> from pledgebook.extract.mentions.money import find_money
    >>> text = "They pledged 2.2 billion on top of $4 billion, for 1.3 billion users."
    >>> [(m.amount.value, m.amount.currency) for m in find_bare_sums(text, "en", find_money(text, "en"))]
    [(Decimal('2200000000'), 'USD')]
    """
    known = resolve(language)
    full = [m for m in sums if m.amount is not None and m.amount.currency != _CURRENCY_ODD]
    if not full:
        return []
    scan = scan_text(text, known)
    common = load_common_words().words.get(known.code, frozenset()) - frozenset(known.numbers.linkers)
    found: list[Mention] = []
    for index, piece in enumerate(scan.pieces):
        if (
            not piece.numeral
            or piece.scale < _MILLION
            or piece.damaged
            or any(m.span.overlaps(piece.span) for m in sums)
        ):
            continue
        figure = read_figure_with_currency(text, scan.pieces, index, after=0)
        again = any(m.amount is not None and m.amount.value == figure.value for m in full)
        if figure.label is not None or figure.value < _LEAST or not (again or _stands_alone(text, piece.end, common)):
            continue
        source = _nearest(full, piece.span)
        if source.amount is None:
            continue
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
                amount=Amount(Decimal(figure.value), source.amount.currency, qualifier),
                score=0.7,
                reason=f"currency of {source.span.of(text)!r}",
                parts=parts,
            )
        )
    return found


def _stands_alone(text: str, end: int, common: frozenset[str]) -> bool:
    following = _NEXT.match(text, end)
    if following is None or (following[1] is None and following[2] is None):
        return True
    if following[2] is not None:
        return following[2] not in "%‰$€£¥₹°"
    word = following[1].lower()
    return word in common or (
        is_unspaced(word[0]) and following.start(1) == end and word[0] in "をがはにの、。規规的，"
    )


def _nearest(sums: Sequence[Mention], span: Span) -> Mention:
    before = [m for m in sums if m.span.end <= span.start]
    return before[-1] if before else sums[0]
