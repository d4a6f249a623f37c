"""Figures that lost digits, mended from another place of the document or reported, never guessed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pledgebook.domain import Amount, Basis, Finding, Mention, Severity, Span

_LONE_DIGITS = re.compile(r"(?<![\d.,])(\d{1,3})[\s\u00a0]$")
_FRONT = 5
_TOP = 1000
_SLIP = 1000
_NO_CURRENCY = "XXX"


def repaired(
    money: Sequence[Mention], text: str, document: str, *, headline: Span | None = None
) -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
    """The sums with damaged ones read as the whole figure that the document gives elsewhere.

    A damaged figure keeps its place and takes the other's value on the basis "repaired". One that no other explains
    is left out and becomes a Finding. A sum of the `headline` that is a thousandth of one in the text ("$400m" above
    "400 billion dollars") slipped in its scale.
    """
    money = [replace(m, damaged=True) if not m.damaged and _is_split(m, text, money) else m for m in money]
    money = [replace(m, damaged=True) if _has_slipped(m, money, headline) else m for m in money]
    whole = [mention for mention in money if not mention.damaged and mention.amount is not None]
    kept: list[Mention] = []
    findings: list[Finding] = []
    for mention in money:
        if not mention.damaged or mention.amount is None:
            kept.append(mention)
            continue
        amount = mention.amount
        source = next(
            (
                m.amount
                for m in whole
                if m.amount is not None and (_completes(m.amount, amount) or _is_slip(m.amount, amount))
            ),
            None,
        )
        words = mention.span.of(text)
        if source is None:
            message = (
                f"{document}: {words!r} has lost digits, and nothing else in the text tells them. Look at the source."
            )
            findings.append(Finding("damaged-figure", document, message, mention.span, Severity.WARNING))
        else:
            kept.append(replace(mention, amount=replace(source, basis=Basis.REPAIRED, also=())))
    return tuple(kept), tuple(findings)


def _is_split(mention: Mention, text: str, money: Sequence[Mention]) -> bool:
    """Whether a figure lost the mark between its digits: "3 2 billion" beside a "3.2 billion" elsewhere."""
    front = _LONE_DIGITS.search(text[max(0, mention.span.start - _FRONT) : mention.span.start])
    if front is None or mention.amount is None:
        return False
    value = mention.amount.value
    digits = front[1] + str(value.normalize().as_tuple().digits[0])
    return any(
        other.amount is not None
        and other.amount.currency == mention.amount.currency
        and other.amount.value > value
        and "".join(map(str, other.amount.value.normalize().as_tuple().digits)).startswith(digits)
        and other.amount.value < _TOP * value
        for other in money
        if other is not mention
    )


def _has_slipped(mention: Mention, money: Sequence[Mention], headline: Span | None) -> bool:
    """Whether a sum of the headline stands in the text as a thousand times as much only."""
    if headline is None or mention.amount is None or not headline.contains(mention.span):
        return False
    told = [other.amount for other in money if other.amount is not None and not headline.contains(other.span)]
    slipped = any(_is_slip(other, mention.amount) for other in told)
    return slipped and all(other.money != mention.amount.money for other in told)


def _is_slip(whole: Amount, damaged: Amount) -> bool:
    return whole.currency == damaged.currency and whole.value == _SLIP * damaged.value


def _completes(whole: Amount, damaged: Amount) -> bool:
    """Whether the whole figure is the damaged one with digits in front: 5.6 billion and .6 billion."""
    if damaged.currency not in (whole.currency, _NO_CURRENCY) or whole.value <= damaged.value:
        return False
    if damaged.value.adjusted() % 3 == 0:
        # "3 2 billion": what is left reads as whole units of its magnitude.
        first = whole.value.normalize().as_tuple().digits
        return (
            len(first) > 1
            and whole.value < _TOP * damaged.value
            and first[1] == damaged.value.normalize().as_tuple().digits[0]
        )
    scale = Decimal(10) ** (damaged.value.adjusted() + 1)
    return (whole.value - damaged.value) % scale == 0 and whole.value < 1000 * scale
