"""Low, central and high: what a line adds to a sum at least, as quoted, and at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from pledgebook.domain import Amount, Converted, Rate
from pledgebook.ledger.ports import Rates

OWN = "identity"
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

    def between(self, start: Fraction, end: Fraction) -> "Bounds":
        """The part of it from one share of the whole to another, in cents: parts that touch add up to the whole.

        >>> third = Fraction(1, 3)
        >>> [str(Bounds(central=Decimal(1)).between(n * third, (n + 1) * third).central) for n in range(3)]
        ['0.33', '0.34', '0.33']
        """
        if start == 0 and end == 1:
            return self
        return Bounds(*(_at(value, end) - _at(value, start) for value in (self.low, self.central, self.high)))

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


def _at(value: Decimal, share: Fraction) -> Decimal:
    if share in (0, 1):
        return value * int(share)
    return _round(_EXACT.divide(_EXACT.multiply(value, Decimal(share.numerator)), Decimal(share.denominator)))


def _round(value: Decimal) -> Decimal:
    if value == value.to_integral_value():
        return value
    return value.quantize(_CENT, rounding=ROUND_HALF_EVEN, context=_EXACT)


def bounds_of(amount: Amount) -> Bounds:
    """The bounds of an amount: "up to 3" is 0 / 3 / 3, a range its ends and its middle."""
    return Bounds(amount.low, amount.central, amount.high)


def added(bounds: Iterable[Bounds]) -> Bounds:
    """All of them together."""
    low = central = high = Decimal(0)
    for item in bounds:
        low, central, high = low + item.low, central + item.central, high + item.high
    return Bounds(low, central, high)


def convert(bounds: Bounds, currency: str, target: str, day: date | None, rates: Rates) -> Converted | None:
    """The bounds in another currency at the day's rate, or None where nobody published one.

    A sum counts in its own currency whether or not its day or any rate is known.
    """
    if currency == target:
        return Converted(target, bounds.low, bounds.central, bounds.high, Rate(currency, target, Decimal(1), day, OWN))
    if day is None:
        return None
    rate = rates.rate(currency, target, day)
    if rate is None:
        return None
    there = bounds.times(rate.rate)
    return Converted(target, there.low, there.central, there.high, rate)
