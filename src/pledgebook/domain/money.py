"""Sums of money, exactly, with what the words say of their precision."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Qualifier(StrEnum):
    """How a figure is to be taken."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    RANGE = "range"


class Basis(StrEnum):
    """Where an amount comes from: said, mended from another place in the document, or following from other figures."""

    STATED = "stated"
    REPAIRED = "repaired"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A value in whole units of one ISO 4217 currency."""

    value: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.value.is_finite():
            raise ValueError(f"money {self.value} {self.currency}: the value must be finite")
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise ValueError(f"money {self.value} {self.currency!r}: the currency must be an ISO 4217 code")


@dataclass(frozen=True, slots=True)
class Amount:
    """The sum that a claim tells, its precision, and the same sum in other currencies as the text restates it.

    `value` is in whole currency units and positive. `value_max` is set where, and only where, the qualifier is a
    range.
    """

    value: Decimal
    currency: str
    qualifier: Qualifier = Qualifier.EXACT
    value_max: Decimal | None = None
    basis: Basis = Basis.STATED
    also: tuple[Money, ...] = ()

    def __post_init__(self) -> None:
        Money(self.value, self.currency)
        if self.value <= 0:
            raise ValueError(f"amount {self.value} {self.currency}: must be positive")
        if (self.value_max is not None) != (self.qualifier is Qualifier.RANGE):
            raise ValueError(f"amount {self.value} {self.currency}: value_max goes with a range, and only with it")
        if self.value_max is not None and self.value_max <= self.value:
            raise ValueError(f"amount {self.value} to {self.value_max} {self.currency}: the range must rise")

    @property
    def money(self) -> Money:
        """The first-named figure without its qualifier."""
        return Money(self.value, self.currency)

    @property
    def low(self) -> Decimal:
        """The least that the words promise: nothing of an "up to"."""
        return Decimal(0) if self.qualifier is Qualifier.UP_TO else self.value

    @property
    def central(self) -> Decimal:
        """The figure to quote: the middle of a range, else the value.

        >>> Amount(Decimal(30), "EUR", Qualifier.RANGE, Decimal(50)).central
        Decimal('40')
        """
        return (self.value + self.value_max) / 2 if self.value_max is not None else self.value

    @property
    def high(self) -> Decimal:
        """The most that the words name. "More than" is open above: its high is the value, flagged elsewhere."""
        return self.value_max if self.value_max is not None else self.value

    def based(self, basis: Basis) -> "Amount":
        """The same amount on another basis."""
        return replace(self, basis=basis)


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of `target` one unit of `source` bought, by whom published and for which day.

    `day` is None only where a currency is counted in itself and no day is known.
    """

    source: str
    target: str
    rate: Decimal
    day: date | None
    publisher: str


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, with the rate that says how."""

    currency: str
    low: Decimal
    central: Decimal
    high: Decimal
    rate: Rate
