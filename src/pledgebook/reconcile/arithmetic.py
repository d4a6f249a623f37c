"""What follows from sums that hold each other: a part that nobody stated, parts that exceed their total."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal

from pledgebook.domain import Amount, Basis, Finding, Pledge, Qualifier, RelationType, Severity, Stage
from pledgebook.reconcile.amounts import show_amount
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sums import half_unit

# A share that follows from rounded figures is not known beyond this many digits.
_SHARE = Context(prec=2, rounding=ROUND_HALF_EVEN)
_EXACT = Context(prec=50)
_TOLERANCE = Decimal("0.02")
_OVER = frozenset({Stage.CANCELLED, Stage.DENIED})


def complete(pledges: Sequence[Pledge], rates: Rates) -> tuple[Pledge, ...]:
    """The same pledges, with sums that follow from others, and findings where a total is less than its parts.

    A sum follows only where exactly one part of a total is unstated and the total is one of just these investors: of
    a summit nobody knows whether other parts are missing too.
    """
    by_id = {pledge.id: pledge for pledge in pledges}
    changed: dict[str, Pledge] = {}
    for whole in pledges:
        parts = [by_id[it.claim] for it in whole.relations if it.type is RelationType.TOTAL_OF and it.claim in by_id]
        if whole.amount is None or not parts:
            continue
        shares = {part.id: _share(part, whole, rates) for part in parts}
        unstated = [part for part in parts if part.amount is None]
        if len(unstated) == 1 and _is_sum_of(whole, parts) and unstated[0].id not in changed:
            implied = _implied(whole, unstated[0], parts, shares, rates)
            if implied is not None:
                changed[unstated[0].id] = implied
        elif not unstated:
            excess = _excess(whole, parts, shares)
            if excess is not None:
                before = changed.get(whole.id, whole)
                changed[whole.id] = replace(before, findings=(*before.findings, excess))
    return tuple(changed.get(pledge.id, pledge) for pledge in pledges)


def _share(part: Pledge, whole: Pledge, rates: Rates) -> Decimal | None:
    if part.amount is None or whole.amount is None:
        return None
    if part.amount.currency == whole.amount.currency:
        return part.amount.central
    day = part.rate_day or whole.rate_day
    rate = rates.rate(part.amount.currency, whole.amount.currency, day) if day is not None else None
    return None if rate is None else _EXACT.multiply(part.amount.central, rate.rate)


def _is_sum_of(whole: Pledge, parts: Sequence[Pledge]) -> bool:
    named = {party.name for party in whole.investors}
    theirs = [{party.name for party in part.investors} for part in parts]
    return len(parts) > 1 and bool(named) and named == set().union(*theirs)


def _implied(
    whole: Pledge,
    part: Pledge,
    parts: Sequence[Pledge],
    shares: Mapping[str, Decimal | None],
    rates: Rates,
) -> Pledge | None:
    others = [it for it in parts if it.id != part.id]
    known = [shares[it.id] for it in others]
    if whole.amount is None or any(share is None for share in known):
        return None
    rest = whole.amount.central - sum((share for share in known if share is not None), Decimal(0))
    if rest <= half_unit(whole.amount.value):
        return None
    amount = Amount(_SHARE.plus(rest).quantize(Decimal(1)), whole.amount.currency, Qualifier.ABOUT, basis=Basis.IMPLIED)
    less = " and ".join(_told(it, whole, rates) for it in others)
    reason = f"implied: {show_amount(whole.amount)} in all ({whole.id}) less {less}"
    return replace(part, amount=amount, reasons=(*part.reasons, reason))


def _told(part: Pledge, whole: Pledge, rates: Rates) -> str:
    if part.amount is None or whole.amount is None:
        return part.id
    told = f"{show_amount(part.amount)} ({part.id})"
    day = part.rate_day or whole.rate_day
    if part.amount.currency == whole.amount.currency or day is None:
        return told
    rate = rates.rate(part.amount.currency, whole.amount.currency, day)
    return told if rate is None else f"{told} at {rate.rate:f} ({rate.publisher}, {rate.day})"


def _excess(whole: Pledge, parts: Sequence[Pledge], shares: Mapping[str, Decimal | None]) -> Finding | None:
    # What was given up or replaced by another part is no part of the sum any more.
    replaced = {it.claim for part in parts for it in part.relations if it.type is RelationType.REPLACES}
    live = [part for part in parts if part.stage not in _OVER and part.id not in replaced]
    total = sum((share for part in live if (share := shares[part.id]) is not None), Decimal(0))
    if whole.amount is None:
        return None
    reach = max(half_unit(whole.amount.value), whole.amount.high * _TOLERANCE)
    if whole.amount.qualifier is Qualifier.AT_LEAST or total <= whole.amount.high + reach:
        return None
    return Finding(
        "parts-exceed-total",
        whole.id,
        f"{whole.id}: the parts make {total:,.0f} {whole.amount.currency}, the total is told as "
        f"{show_amount(whole.amount)}. Look for a part that is told twice, or a total of another perimeter.",
        severity=Severity.WARNING,
    )
