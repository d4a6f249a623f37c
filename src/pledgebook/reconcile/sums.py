"""How well two sums of money agree, beyond rounding, conversion and the errors that reports are known for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from pledgebook.domain import Amount, Qualifier
from pledgebook.reconcile.ports import Rates

# Sums are compared in US dollars where their currencies differ; any currency that everybody quotes would do.
COMMON = "USD"

EXACT = 0.005  # what two ways of writing one figure can differ by
CONVERTED = 0.025  # the same day's rate, looked up in the morning or the evening
CONVERTED_VAGUELY = 0.06  # a rate of some day in the months around
NEAR = 0.15  # two figures for one sum that sources fight over
MOST_ROUNDED = 0.17  # "3 billion" may have been 2.5
LOOSE = 0.05  # how far "about" reaches beyond its rounding
OPEN = 0.15  # how far "more than" and "up to" reach on their side

_UNITS = (10**9, 10**6, 10**3, 1)


class Agreement(StrEnum):
    """How two sums stand to each other; of several readings the first one holds."""

    SAME = "the same sum"
    CONVERTED = "the same sum at the day's rate"
    WRONG_CURRENCY = "the same figure in another currency"
    ROUNDED = "the same sum, rounded"
    THOUSANDFOLD = "the same figure, a thousand times as large"
    NEAR = "sums that nearly agree"
    DIFFERENT = "sums that differ"


BETTER = {agreement: rank for rank, agreement in enumerate(Agreement)}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum made ready to be compared: its figure, the span that rounding leaves, and both in the common currency."""

    value: float
    low: float
    high: float
    currency: str
    digits: int
    mantissa: int
    common: float | None
    sure_rate: bool


@lru_cache(maxsize=65536)
def half_unit(value: Decimal) -> Decimal:
    """Half of the last unit that the figure names: how far its rounding can reach.

    >>> half_unit(Decimal("3.2e9")) == Decimal("0.05e9"), half_unit(Decimal("30e9")) == Decimal("0.5e9")
    (True, True)
    """
    unit = next((unit for unit in _UNITS if value >= unit), 1)
    exponent = (value / unit).normalize().as_tuple().exponent
    places = min(0, exponent) if isinstance(exponent, int) else 0
    half = Decimal(unit) * Decimal(10) ** places / 2
    return min(half, value * Decimal(str(MOST_ROUNDED)))


def read_sums(amount: Amount | None, *, day: date | None, sure_day: bool, rates: Rates) -> tuple[Sum, ...]:
    """The sums that an amount tells, the first-named one first, then its restatements in other currencies."""
    if amount is None:
        return ()
    figures = [(amount.value, amount.value_max, amount.currency, amount.qualifier)]
    figures += [(money.value, None, money.currency, Qualifier.ABOUT) for money in amount.also if money.value > 0]
    found = []
    for value, value_max, currency, qualifier in figures:
        centre, low, high, digits, mantissa = _shape(value, value_max, qualifier)
        rate = rates.rate(currency, COMMON, day) if day is not None else None
        common = None if rate is None else centre * float(rate.rate)
        found.append(Sum(centre, low, high, currency, digits, mantissa, common, sure_day))
    return tuple(found)


@lru_cache(maxsize=65536)
def _shape(value: Decimal, value_max: Decimal | None, qualifier: Qualifier) -> tuple[float, float, float, int, int]:
    top = value if value_max is None else value_max
    low, high = float(value - half_unit(value)), float(top + half_unit(top))
    if qualifier is Qualifier.ABOUT:
        low, high = low * (1 - LOOSE), high * (1 + LOOSE)
    elif qualifier is Qualifier.AT_LEAST:
        high *= 1 + OPEN
    elif qualifier is Qualifier.UP_TO:
        low *= 1 - OPEN
    digits = len(value.normalize().as_tuple().digits)
    mantissa = int(value.normalize().scaleb(-value.adjusted()) * 1000)
    return float((value + top) / 2), low, high, digits, mantissa


def compare_sums(one: tuple[Sum, ...], other: tuple[Sum, ...]) -> tuple[Agreement, int]:
    """The best agreement between any figure of one amount and any of another, and how many digits say so."""
    best, digits = Agreement.DIFFERENT, 1
    for left in one:
        for right in other:
            agreement = _compare(left, right)
            if BETTER[agreement] < BETTER[best]:
                best, digits = agreement, min(left.digits, right.digits)
                if agreement is Agreement.SAME:
                    return best, digits
    return best, digits


def _compare(one: Sum, other: Sum) -> Agreement:
    if one.currency == other.currency:
        return _compare_figures(one, other, one.value, other.value, scale=1.0, exact=EXACT, best=Agreement.SAME)
    if one.common is not None and other.common is not None:
        exact = CONVERTED if one.sure_rate and other.sure_rate else CONVERTED_VAGUELY
        scale = (other.common / other.value) / (one.common / one.value)
        agreement = _compare_figures(
            one, other, one.common, other.common, scale=scale, exact=exact, best=Agreement.CONVERTED
        )
    else:
        agreement = Agreement.DIFFERENT
    # Four billion dollars for four billion euros could be rounded; more often somebody mistook the sign.
    if agreement is not Agreement.CONVERTED and abs(one.value - other.value) <= EXACT * max(one.value, other.value):
        return Agreement.WRONG_CURRENCY
    return agreement


def _compare_figures(
    one: Sum, other: Sum, here: float, there: float, *, scale: float, exact: float, best: Agreement
) -> Agreement:
    more, less = (here, there) if here > there else (there, here)
    ratio = more / less - 1
    if ratio <= exact:
        return best
    low, high = other.low * scale, other.high * scale
    slack = exact if best is Agreement.CONVERTED else 0.0
    if (low * (1 - slack) <= one.value <= high * (1 + slack)) or (
        one.low * (1 - slack) <= other.value * scale <= one.high * (1 + slack)
    ):
        return Agreement.ROUNDED
    if ratio <= NEAR:
        return Agreement.NEAR
    if one.mantissa == other.mantissa and abs(ratio + 1 - 1000) <= 1000 * EXACT:
        return Agreement.THOUSANDFOLD
    return Agreement.DIFFERENT
