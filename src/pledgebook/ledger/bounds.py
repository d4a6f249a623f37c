"""Low, central and high: what a line adds to a sum at least, as quoted, and at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from pledgebook.domain import Amount, Converted
from pledgebook.ledger.ports import Rates

_EXACT = Context(prec=50)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Low, central and high of one sum, in one currency or of one kind of thing."""

    low: Decimal = Decimal(0)
    central: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.low + other.low, self.central + other.central, self.high + other.high)

    def less(self, other: "Bounds") -> "Bounds":
        """What is left of it, bound by bound, never below nothing."""
        nothing = Decimal(0)
        return Bounds(
            max(nothing, self.low - other.low),
            max(nothing, self.central - other.central),
            max(nothing, self.high - other.high),
        )

    @property
    def turned(self) -> "Bounds":
        """Low and high exchanged: what has to be taken away to be left with the least and the most."""
        return Bounds(self.high, self.central, self.low)

    def times(self, rate: Decimal) -> "Bounds":
        """It at a rate, to the cent.

        >>> Bounds(Decimal(1), Decimal(2), Decimal(3)).times(Decimal("1.0795")).central
        Decimal('2.16')
        """
        return Bounds(*(_round(_EXACT.multiply(value, rate)) for value in (self.low, self.central, self.high)))


def _round(value: Decimal) -> Decimal:
    if value == value.to_integral_value():
        return value
    return value.quantize(_CENT, rounding=ROUND_HALF_EVEN, context=_EXACT)


def bounds_of(amount: Amount) -> Bounds:
    """The bounds of an amount: "up to 3" is 0 / 3 / 3, a range its ends and its middle."""
    return Bounds(amount.low, amount.central, amount.high)


def added(bounds: Iterable[Bounds]) -> Bounds:
    """All of them together."""
    total = Bounds()
    for item in bounds:
        total += item
    return total


def convert(bounds: Bounds, currency: str, target: str, day: date | None, rates: Rates) -> Converted | None:
    """The bounds in another currency at the day's rate, or None where nobody published one."""
    if day is None:
        return None
    rate = rates.rate(currency, target, day)
    if rate is None:
        return None
    there = bounds.times(rate.rate)
    return Converted(target, there.low, there.central, there.high, rate)
