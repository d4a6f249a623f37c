"""Sums of money in columns: each figure worked out once, however often it is told."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from pledgebook.domain import Amount, Qualifier
from pledgebook.reconcile.interned import Bools, Ints, Whole
from pledgebook.reconcile.packed import Packed
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.sums import COMMON, Shape, shape_of
from pledgebook.reconcile.table import Table

_MOST = 255
_DAY_BITS = 32


def currency_number(code: str) -> int:
    """The number that stands for a currency in the columns."""
    return int.from_bytes(code.encode(), "big")


class SumColumns:
    """Sums as they are told, one after the other."""

    def __init__(self) -> None:
        # By identity, as there is one of each qualifier: its own hash takes as long as all else here.
        self._numbers: dict[tuple[Decimal, Decimal | None, int, str], int] = {}
        self._shapes: list[Shape] = []
        self._currencies: list[str] = []
        self._told = Packed("i")

    def add(self, amounts: Iterable[Amount | None]) -> list[int]:
        """How many sums each amount tells: the first-named one, then its restatements in other currencies."""
        counts, told, known = [], list[int](), self._numbers
        for amount in amounts:
            if amount is None:
                counts.append(0)
                continue
            key = amount.value, amount.value_max, id(amount.qualifier), amount.currency
            number = known.get(key)
            told.append(
                self._number(amount.value, amount.value_max, amount.qualifier, amount.currency)
                if number is None
                else number
            )
            if amount.also:
                also = [it for it in amount.also if it.value > 0][: _MOST - 1]
                told += [self._number(it.value, None, Qualifier.ABOUT, it.currency) for it in also]
                counts.append(1 + len(also))
            else:
                counts.append(1)
        self._told.extend(told)
        return counts

    def _number(self, value: Decimal, value_max: Decimal | None, qualifier: Qualifier, currency: str) -> int:
        """The number of a figure in a currency."""
        key = value, value_max, id(qualifier), currency
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._shapes)
            self._shapes.append(shape_of(value, value_max, qualifier))
            self._currencies.append(currency)
        return number

    def table(self, day: Ints, sure: Bools, rates: Rates) -> Table:
        """All sums with what they were worth in the common currency on these days (ordinals, 0 for none), one each.

        `common` is not a number where no rate is known.
        """
        number = self._told.column(np.int32)
        codes = [currency_number(it) for it in self._currencies]
        currency = np.array(codes, np.int32).take(number)
        value, low, high, digits, mantissa = (
            np.array(column).take(number) if len(number) else np.zeros(0)
            for column in (zip(*self._shapes, strict=True) if self._shapes else ((),) * len(Shape._fields))
        )
        return Table(
            {
                "value": value,
                "low": low,
                "high": high,
                "common": value * self._rates(currency, day, rates),
                "currency": currency,
                "mantissa": mantissa.astype(np.int32),
                "digits": np.minimum(digits, 100).astype(np.int8),
                "sure": sure,
            }
        )

    def _rates(self, currency: Whole, day: Ints, rates: Rates) -> NDArray[np.float64]:
        """How much of the common currency one unit of each sum bought on its day; each rate is looked up once."""
        names = {currency_number(it): it for it in self._currencies}
        asked, position = np.unique((currency.astype(np.int64) << _DAY_BITS) | day, return_inverse=True)
        found = np.full(len(asked), np.nan)
        for n, (code, when) in enumerate(
            zip((asked >> _DAY_BITS).tolist(), (asked & 0xFFFFFFFF).tolist(), strict=True)
        ):
            if when:
                rate = rates.rate(names[code], COMMON, date.fromordinal(when))
                found[n] = np.nan if rate is None else float(rate.rate)
        return found[position]
