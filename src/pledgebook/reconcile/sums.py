"""How well two sums of money agree, beyond rounding, conversion and the errors that reports are known for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Amount, Qualifier
from pledgebook.reconcile.interned import Ints
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.table import Table

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


class Shape(NamedTuple):
    """A figure, the span that its rounding leaves, and the digits that it names."""

    value: float
    low: float
    high: float
    digits: int
    mantissa: int


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum made ready to be compared: its figure, the span that rounding leaves, and both in the common currency."""

    value: float
    low: float
    high: float
    digits: int
    mantissa: int
    currency: str
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
    found = []
    for currency, shape in _figures(amount):
        common = _common(shape.value, currency, day, rates)
        found.append(Sum(*shape, currency=currency, common=common, sure_rate=sure_day))
    return tuple(found)


def _figures(amount: Amount) -> list[tuple[str, Shape]]:
    found = [(amount.currency, shape_of(amount.value, amount.value_max, amount.qualifier))]
    return found + [(it.currency, shape_of(it.value, None, Qualifier.ABOUT)) for it in amount.also if it.value > 0]


def _common(value: float, currency: str, day: date | None, rates: Rates) -> float | None:
    if currency == COMMON:
        return value if day is not None else None
    rate = rates.rate(currency, COMMON, day) if day is not None else None
    return None if rate is None else value * float(rate.rate)


@lru_cache(maxsize=65536)
def shape_of(value: Decimal, value_max: Decimal | None, qualifier: Qualifier) -> Shape:
    """What a figure says in any currency."""
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
    return Shape(float((value + top) / 2), low, high, digits, mantissa)


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


SAME, CONVERTED_SUM, WRONG_CURRENCY, ROUNDED, THOUSANDFOLD, NEARLY, DIFFERENT = range(len(Agreement))


def compare_columns(sums: Table, one: Ints, other: Ints) -> NDArray[np.int8]:
    """What `compare_sums` finds for each pair of single sums, by their positions: the rank of their agreement."""
    here, there = (sums["value"].take(side) for side in (one, other))
    same = sums["currency"].take(one) == sums["currency"].take(other)
    found = np.full(len(one), SAME, np.int8)
    # Half of all that is compared is one figure told twice.
    open_ = np.flatnonzero(~same | (here != there))
    if len(open_):
        found[open_] = _compared(sums.take(one[open_]), sums.take(other[open_]))
    return found


def _compared(one: Table, other: Table) -> NDArray[np.int8]:
    here, there = one["value"], other["value"]
    same = one["currency"] == other["currency"]
    known = same | ~(np.isnan(one["common"]) | np.isnan(other["common"]))
    with np.errstate(invalid="ignore"):
        scale = np.where(same, 1.0, (other["common"] / there) / (one["common"] / here))
        there_here = np.where(same, there, other["common"])
        mine = np.where(same, here, one["common"])
        exact = np.where(same, EXACT, np.where(one["sure"] & other["sure"], CONVERTED, CONVERTED_VAGUELY))
        slack = np.where(same, 0.0, exact)
        ratio = np.maximum(mine, there_here) / np.minimum(mine, there_here) - 1
        value = there * scale
        rounded = (other["low"] * scale * (1 - slack) <= here) & (here <= other["high"] * scale * (1 + slack))
        rounded |= (one["low"] * (1 - slack) <= value) & (value <= one["high"] * (1 + slack))
        thousandfold = (one["mantissa"] == other["mantissa"]) & (np.abs(ratio - 999) <= 1000 * EXACT)
        found = np.full(len(one), DIFFERENT, np.int8)
        found[thousandfold] = THOUSANDFOLD
        found[ratio <= NEAR] = NEARLY
        found[rounded] = ROUNDED
        close = ratio <= exact
    found[close] = np.where(same[close], SAME, CONVERTED_SUM)
    found[~known] = DIFFERENT
    mistaken = ~same & (found != CONVERTED_SUM) & (np.abs(here - there) <= EXACT * np.maximum(here, there))
    found[mistaken] = WRONG_CURRENCY
    return found
