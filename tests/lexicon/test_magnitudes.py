from decimal import Decimal

import pytest

from pledgebook.lexicon.magnitudes import rough_dollars


@pytest.mark.parametrize("currency", ["USD", "EUR", "GBP"])
def test_a_dollar_is_a_dollar_give_or_take(currency: str) -> None:
    assert Decimal("0.6") < rough_dollars(Decimal(1), currency) < Decimal("1.6")


def test_a_billion_of_one_is_a_million_of_another() -> None:
    assert rough_dollars(Decimal(10**9), "IDR") < 10**5 < rough_dollars(Decimal(10**9), "JPY") < 10**7


def test_a_currency_that_nobody_listed_counts_as_dollars() -> None:
    assert rough_dollars(Decimal(7), "XXX") == 7
