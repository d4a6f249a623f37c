"""Figures that lost digits, mended from another place of the document or reported, never guessed."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pledgebook.domain import Amount, Basis, Finding, Mention, Severity


def repaired(money: Sequence[Mention], text: str, document: str) -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
    """The sums with damaged ones read as the whole figure that the document gives elsewhere.

    A damaged figure keeps its place and takes the other's value on the basis "repaired". One that no other explains
    is left out and becomes a Finding.
    """
    whole = [mention for mention in money if not mention.damaged and mention.amount is not None]
    kept: list[Mention] = []
    findings: list[Finding] = []
    for mention in money:
        if not mention.damaged or mention.amount is None:
            kept.append(mention)
            continue
        amount = mention.amount
        source = next((m.amount for m in whole if m.amount is not None and _completes(m.amount, amount)), None)
        words = mention.span.of(text)
        if source is None:
            message = f"{document}: {words!r} has lost digits, and nothing else in the text tells them. Look at the source."
            findings.append(Finding("damaged-figure", document, message, mention.span, Severity.WARNING))
        else:
            kept.append(replace(mention, amount=replace(source, basis=Basis.REPAIRED, also=())))
    return tuple(kept), tuple(findings)


def _completes(whole: Amount, damaged: Amount) -> bool:
    """Whether the whole figure is the damaged one with digits in front: 5.6 billion and .6 billion."""
    if whole.currency != damaged.currency or whole.value <= damaged.value:
        return False
    scale = Decimal(10) ** (damaged.value.adjusted() + 1)
    return (whole.value - damaged.value) % scale == 0 and whole.value < 1000 * scale
