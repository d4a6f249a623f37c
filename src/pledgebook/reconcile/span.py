"""From where to where a sum may lie, as its words and the rounding of its figure leave it."""

from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from pledgebook.domain import Amount, Qualifier
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sums import half_unit

_EXACT = Context(prec=50)
# How far "about" reaches beyond its rounding, and how far two rates of one day differ.
_ABOUT = Decimal("0.05")
_CONVERTED = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SumSpan:
    """The least and the most that a sum may be, and the figure to quote; `high` is None where it is open above."""

    low: Decimal
    central: Decimal
    high: Decimal | None

    def overlaps(self, other: "SumSpan") -> bool:
        """Whether both can be one sum."""
        return (other.high is None or self.low <= other.high) and (self.high is None or other.low <= self.high)

    def less(self, other: "SumSpan") -> "SumSpan":
        """What is left of it, from the least that can be left to the most.

        >>> ten, four = SumSpan(Decimal(9), Decimal(10), Decimal(11)), SumSpan(Decimal(3), Decimal(4), None)
        >>> ten.less(four)
        SumSpan(low=Decimal('0'), central=Decimal('6'), high=Decimal('8'))
        """
        low = Decimal(0) if other.high is None else max(Decimal(0), self.low - other.high)
        high = None if self.high is None else max(Decimal(0), self.high - other.low)
        return SumSpan(low, self.central - other.central, high)

    def __add__(self, other: "SumSpan") -> "SumSpan":
        high = None if self.high is None or other.high is None else self.high + other.high
        return SumSpan(self.low + other.low, self.central + other.central, high)


def span_of(amount: Amount, *, currency: str, day: date | None, rates: Rates) -> SumSpan | None:
    """The span of an amount in a currency at the day's rate; None where there is none."""
    low, high = amount.low, amount.high
    if amount.qualifier is not Qualifier.UP_TO:
        low -= half_unit(amount.value)
    high += half_unit(high)
    if amount.qualifier is Qualifier.ABOUT:
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    open_above = amount.qualifier is Qualifier.AT_LEAST
    if amount.currency == currency:
        return SumSpan(low, amount.central, None if open_above else high)
    rate = rates.rate(amount.currency, currency, day) if day is not None else None
    if rate is None:
        return None
    low, central, high = (_EXACT.multiply(value, rate.rate) for value in (low, amount.central, high))
    return SumSpan(low * (1 - _CONVERTED), central, None if open_above else high * (1 + _CONVERTED))
