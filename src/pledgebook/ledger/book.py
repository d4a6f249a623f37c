"""Pledges opened as a book: why each counts or not, and for how much in some currency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.domain import Pledge
from pledgebook.ledger.bounds import Bounds, bounds_of, convert
from pledgebook.ledger.parts import Parts, list_parts
from pledgebook.ledger.ports import Rates
from pledgebook.ledger.presumed import PRESUMED, presume_parts
from pledgebook.ledger.status import GONE, Reason, find_reasons

# How far a press total that adds up several currencies may be off.
PRESS_TOTAL = Decimal("0.02")
_UNITS = (10**9, 10**6, 10**3, 1)


@dataclass(frozen=True, slots=True)
class Book:
    """Pledges by id, why each counts or not, and their money through its parts.

    What was given up, replaced or spent stands in the money too where it is part of a total, so that it is taken out
    of what the total counts for; `reasons` tell it apart. `presumed` are totals whose parts are presumed and not told.
    `currency` is that of all the money, None where every pledge keeps its own. `unconverted` are pledges that would
    count but for a rate.
    """

    pledges: Mapping[str, Pledge]
    reasons: Mapping[str, Reason]
    money: Parts
    presumed: frozenset[str]
    rates: Rates
    currency: str | None
    unconverted: frozenset[str]


def open_book(pledges: Iterable[Pledge], *, rates: Rates, currency: str | None = None) -> Book:
    """The book of some pledges, with all money in `currency` or each sum in its own."""
    by_id = {pledge.id: pledge for pledge in sorted(pledges, key=lambda pledge: pledge.id)}
    known = tuple(by_id.values())
    reasons = dict(find_reasons(known))
    presumed = presume_parts(known, reasons, rates)
    reasons |= dict.fromkeys(presumed.elsewhere, Reason.ELSEWHERE)
    parts = list_parts(known, presumed.parts)
    gone = {part for group in parts.values() for part in group if reasons[part] in GONE}
    standing = [it for it in known if it.amount is not None and (reasons[it.id] is Reason.COUNTS or it.id in gone)]
    stuck = _unreachable(standing, by_id, parts, rates)
    reasons |= {part: Reason.NO_RATE_TO_WHOLE for part in stuck if reasons[part] is Reason.COUNTS}
    bounds, unconverted = {}, set()
    for pledge in standing:
        if pledge.id in stuck:
            continue
        found = _bounds(pledge, currency, rates)
        if found is not None:
            bounds[pledge.id] = found
        elif pledge.id not in gone:
            unconverted.add(pledge.id)

    def in_unit_of(part: str, share: Bounds, whole: str) -> Bounds | None:
        return share if currency is not None else _in_currency_of(by_id[part], share, by_id[whole], rates)

    money = Parts(bounds, parts, in_unit_of)
    money = Parts(
        bounds, parts, in_unit_of, {whole: _rounding(whole, money, by_id) for whole in parts if whole in bounds}
    )
    for whole in parts:
        if whole in bounds and reasons[whole] is Reason.COUNTS and money.below(whole):
            reasons[whole] = Reason.THROUGH_PARTS
    wholes = {it.id for it in known if any(finding.name == PRESUMED for finding in it.findings)}
    return Book(by_id, reasons, money, frozenset({*presumed.parts, *wholes}), rates, currency, frozenset(unconverted))


def _bounds(pledge: Pledge, currency: str | None, rates: Rates) -> Bounds | None:
    if pledge.amount is None:
        return None
    bounds = bounds_of(pledge.amount)
    if currency is None:
        return bounds
    there = convert(bounds, pledge.amount.currency, currency, pledge.rate_day, rates)
    return None if there is None else Bounds(there.low, there.central, there.high)


def _in_currency_of(part: Pledge, share: Bounds, whole: Pledge, rates: Rates) -> Bounds | None:
    if part.amount is None or whole.amount is None:
        return None
    day = part.rate_day or whole.rate_day
    if part.amount.currency == whole.amount.currency:
        return share
    there = convert(share, part.amount.currency, whole.amount.currency, day, rates)
    return None if there is None else Bounds(there.low, there.central, there.high)


def _unreachable(
    pledges: Iterable[Pledge], by_id: Mapping[str, Pledge], parts: Mapping[str, tuple[str, ...]], rates: Rates
) -> frozenset[str]:
    """Parts that no rate takes out of their whole: they would be counted twice, so the whole counts for them.

    Whatever currency is asked for: what counts does not depend on it.
    """

    def in_unit_of(part: str, share: Bounds, whole: str) -> Bounds | None:
        return _in_currency_of(by_id[part], share, by_id[whole], rates)

    bounds = {it.id: bounds_of(it.amount) for it in pledges if it.amount is not None}
    money = Parts(bounds, parts, in_unit_of)
    return frozenset(
        part for whole in bounds for part in money.below(whole) if in_unit_of(part, bounds[part], whole) is None
    )


def _rounding(whole: str, money: Parts, by_id: Mapping[str, Pledge]) -> Decimal:
    amount = by_id[whole].amount
    if amount is None:
        return Decimal(0)
    share = half_unit(amount.value) / amount.value
    currencies = {part.amount.currency for it in money.below(whole) if (part := by_id[it]).amount is not None}
    if currencies - {amount.currency}:
        share = max(share, PRESS_TOTAL)
    return money.bounds[whole].central * share


def half_unit(value: Decimal) -> Decimal:
    """Half of the last unit that a figure names: how far its rounding reaches.

    >>> half_unit(Decimal("5.6e9")) == Decimal("0.05e9"), half_unit(Decimal("109e9")) == Decimal("0.5e9")
    (True, True)
    """
    unit = next((unit for unit in _UNITS if value >= unit), 1)
    exponent = (value / unit).normalize().as_tuple().exponent
    places = min(0, exponent) if isinstance(exponent, int) else 0
    return Decimal(unit) * Decimal(10) ** places / 2
