from datetime import date
from decimal import Decimal

import pytest

from factory import RATES, amount
from pledgebook.reconcile.sums import Agreement, compare_sums, half_unit, read_sums

DAY = date(2024, 2, 19)


def agreement(one: str, other: str, day: date = DAY) -> Agreement:
    left, right = (read_sums(amount(words), day=day, sure_day=True, rates=RATES) for words in (one, other))
    found = compare_sums(left, right)
    assert found == compare_sums(right, left)
    return found[0]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2.1 bn USD", "2100 m USD", Agreement.SAME),
        ("2.1 bn USD", "1.95 bn EUR", Agreement.CONVERTED),
        ("1.95 bn EUR = 2.1 bn USD", "2.1 bn USD", Agreement.SAME),
        ("3.2 bn EUR", "3 bn EUR", Agreement.ROUNDED),
        ("3.2 bn EUR", "about 3.3 bn EUR", Agreement.ROUNDED),
        ("at least 10 bn EUR", "10.8 bn EUR", Agreement.ROUNDED),
        ("30-50 bn EUR", "40 bn EUR", Agreement.SAME),
        ("30-50 bn EUR", "32 bn EUR", Agreement.ROUNDED),
        ("4 bn EUR", "4 bn USD", Agreement.WRONG_CURRENCY),
        ("400 bn USD", "400 m USD", Agreement.THOUSANDFOLD),
        ("8.8 bn EUR", "9.6 bn EUR", Agreement.NEAR),
        ("8.8 bn EUR", "17.8 bn EUR", Agreement.DIFFERENT),
        ("2.1 bn USD", "2.1 bn CHF", Agreement.WRONG_CURRENCY),
        ("100 bn XAU", "90 bn USD", Agreement.DIFFERENT),
    ],
)
def test_agreement(one: str, other: str, expected: Agreement) -> None:
    assert agreement(one, other) is expected


def test_the_days_rate_decides() -> None:
    assert agreement("100 bn USD", "83.0 bn EUR", date(2021, 6, 1)) is Agreement.CONVERTED
    assert agreement("100 bn USD", "83.0 bn EUR", date(2022, 9, 28)) is not Agreement.CONVERTED


def test_rounding_is_capped_for_small_figures() -> None:
    assert half_unit(Decimal(1_000_000_000)) == Decimal("0.17") * 10**9
