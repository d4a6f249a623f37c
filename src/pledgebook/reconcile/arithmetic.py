"""What follows from sums that hold each other: a part that nobody stated, one confirmed, parts that don't fit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import reduce
from operator import add

from pledgebook.domain import Amount, Basis, Finding, Pledge, Qualifier, RelationType, Severity, Stage
from pledgebook.reconcile.amounts import show_amount
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.span import SumSpan, span_of
from pledgebook.reconcile.sums import half_unit
from pledgebook.reconcile.votes import voice_of

# A share that follows from rounded figures is not known beyond this many digits.
_SHARE = Context(prec=2, rounding=ROUND_HALF_EVEN)
_TOLERANCE = Decimal("0.02")
_OVER = frozenset({Stage.CANCELLED, Stage.DENIED})


def complete(pledges: Sequence[Pledge], rates: Rates) -> tuple[Pledge, ...]:
    """The same pledges, with sums that follow from others, those that others confirm, and findings where sums clash.

    A sum follows only where exactly one part of a total is unstated and the total is one of just these investors: of
    a summit nobody knows whether other parts are missing too. Where all parts of such a total are stated, each can be
    worked out from the others: what follows and what was said confirm each other, or make a finding. Totals go before
    their parts, so that what follows can be reckoned with; the graph of parts has no circles.
    """
    known = {pledge.id: pledge for pledge in pledges}
    for name in _wholes_first(pledges):
        whole = known[name]
        parts = _live([known[it] for it in _parts(whole) if it in known])
        if whole.amount is None or not parts:
            continue
        spans = {part.id: _span(part, whole, rates) for part in parts}
        unstated = [part for part in parts if part.amount is None]
        if not unstated:
            known[name] = _checked(whole, parts, spans, rates)
        if not _is_sum_of(whole, parts):
            continue
        if len(unstated) == 1:
            known[unstated[0].id] = _implied(whole, unstated[0], parts, spans, rates)
        elif not unstated:
            known |= {part.id: _confirmed(whole, part, parts, spans, rates) for part in parts}
    return tuple(known[pledge.id] for pledge in pledges)


def _parts(whole: Pledge) -> list[str]:
    return [it.claim for it in whole.relations if it.type is RelationType.TOTAL_OF]


def _wholes_first(pledges: Sequence[Pledge]) -> list[str]:
    """The pledges that have parts, each after all those that it is itself a part of."""
    parts = {pledge.id: _parts(pledge) for pledge in pledges}
    order: dict[str, None] = {}
    for start in sorted(parts):
        stack = [(start, False)]
        while stack:
            here, done = stack.pop()
            if done:
                order[here] = None
            elif here not in order:
                stack.append((here, True))
                stack.extend((it, False) for it in parts.get(here, ()) if it not in order)
    return [name for name in reversed(order) if parts.get(name)]


def _live(parts: Sequence[Pledge]) -> list[Pledge]:
    """Without what was given up or replaced by another part: that is no part of the sum any more."""
    replaced = {it.claim for part in parts for it in part.relations if it.type is RelationType.REPLACES}
    return [part for part in parts if part.stage not in _OVER and part.id not in replaced]


def _span(part: Pledge, whole: Pledge, rates: Rates) -> SumSpan | None:
    """What a part may be, in the currency of its whole."""
    if part.amount is None or whole.amount is None:
        return None
    day = part.rate_day or whole.rate_day
    return span_of(part.amount, currency=whole.amount.currency, day=day, rates=rates)


def _is_sum_of(whole: Pledge, parts: Sequence[Pledge]) -> bool:
    named = {party.name for party in whole.investors}
    theirs = [{party.name for party in part.investors} for part in parts]
    return len(parts) > 1 and bool(named) and named == set().union(*theirs)


def _rest(whole: Pledge, others: Sequence[Pledge], spans: Mapping[str, SumSpan | None], rates: Rates) -> SumSpan | None:
    """What the others leave of a total; None where a rate is missing, or where they leave nothing worth the name."""
    found = [spans[it.id] for it in others]
    known = [span for span in found if span is not None]
    if whole.amount is None or len(known) < len(found):
        return None
    total = span_of(whole.amount, currency=whole.amount.currency, day=whole.rate_day, rates=rates)
    if total is None:
        return None
    rest = total.less(reduce(add, known))
    return rest if rest.central > half_unit(whole.amount.value) else None


def _implied(
    whole: Pledge, part: Pledge, parts: Sequence[Pledge], spans: Mapping[str, SumSpan | None], rates: Rates
) -> Pledge:
    """The part with the sum that follows, and its derivation among the reasons; as it was where none follows."""
    others = [it for it in parts if it.id != part.id]
    rest = _rest(whole, others, spans, rates)
    if rest is None or whole.amount is None:
        return part
    value = _SHARE.plus(rest.central).quantize(Decimal(1))
    amount = Amount(value, whole.amount.currency, Qualifier.ABOUT, basis=Basis.IMPLIED)
    reason = f"implied: {_derivation(whole, others, rates)}"
    return replace(part, amount=amount, reasons=(*part.reasons, reason))


def _confirmed(
    whole: Pledge, part: Pledge, parts: Sequence[Pledge], spans: Mapping[str, SumSpan | None], rates: Rates
) -> Pledge:
    """The part, confirmed where the same follows from a total that other voices tell; as it was where it does not."""
    others = [it for it in parts if it.id != part.id]
    rest, stated = _rest(whole, others, spans, rates), spans[part.id]
    if rest is None or stated is None or not rest.overlaps(stated):
        return part
    if {voice_of(it) for it in whole.tellings} <= {voice_of(it) for it in part.tellings if it.claim.amount is not None}:
        return part
    reason = f"confirmed: {_derivation(whole, others, rates)}"
    return replace(part, confirmed=part.confirmed + 1, reasons=(*part.reasons, reason))


def _derivation(whole: Pledge, others: Sequence[Pledge], rates: Rates) -> str:
    if whole.amount is None:
        return ""
    less = " and ".join(_told(it, whole, rates) for it in others)
    return f"{show_amount(whole.amount)} in all ({whole.id}) less {less}"


def _told(part: Pledge, whole: Pledge, rates: Rates) -> str:
    if part.amount is None or whole.amount is None:
        return part.id
    told = f"{show_amount(part.amount)} ({part.id})"
    day = part.rate_day or whole.rate_day
    if part.amount.currency == whole.amount.currency or day is None:
        return told
    rate = rates.rate(part.amount.currency, whole.amount.currency, day)
    return told if rate is None else f"{told} at {rate.rate:f} ({rate.publisher}, {rate.day})"


def _checked(whole: Pledge, parts: Sequence[Pledge], spans: Mapping[str, SumSpan | None], rates: Rates) -> Pledge:
    """The total, with a finding where its parts are more than it, or are all of it and less."""
    found = [(part, span) for part in parts if (span := spans[part.id]) is not None]
    if whole.amount is None or not found:
        return whole
    central = sum((span.central for _, span in found), Decimal(0))
    # A range or an "up to" is taken at its least: only what can't be otherwise is too much.
    least = sum((_least(part, span) for part, span in found), Decimal(0))
    reach = max(half_unit(whole.amount.value), whole.amount.high * _TOLERANCE)
    told = f"the parts make {central:,.0f} {whole.amount.currency}, the total is told as {show_amount(whole.amount)}."
    if whole.amount.qualifier is not Qualifier.AT_LEAST and least > whole.amount.high + reach:
        help_ = "Look for a part that is told twice, or a total of another perimeter."
        finding = Finding("parts-exceed-total", whole.id, f"{whole.id}: {told} {help_}", severity=Severity.WARNING)
        return replace(whole, findings=(*whole.findings, finding))
    total = span_of(whole.amount, currency=whole.amount.currency, day=whole.rate_day, rates=rates)
    if total is None or len(found) < len(parts) or not _is_sum_of(whole, parts):
        return whole
    most = reduce(add, (span for _, span in found))
    if most.high is None or most.high + reach >= total.low:
        return whole
    help_ = "Look for a part that nobody names, or a figure that is wrong."
    return replace(
        whole, findings=(*whole.findings, Finding("parts-below-total", whole.id, f"{whole.id}: {told} {help_}"))
    )


def _least(part: Pledge, span: SumSpan) -> Decimal:
    if part.amount is None or part.amount.qualifier in (Qualifier.RANGE, Qualifier.UP_TO):
        return span.low
    return span.central
