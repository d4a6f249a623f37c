from datetime import date
from decimal import Decimal

import pytest

from pledgebook.ledger import PublishedRates

RATES = PublishedRates()


@pytest.mark.parametrize(
    ("source", "target", "day", "published", "publisher"),
    [
        ("EUR", "USD", date(2024, 5, 13), date(2024, 5, 13), "ECB"),
        ("EUR", "USD", date(2024, 5, 12), date(2024, 5, 10), "ECB"),
        ("GBP", "SEK", date(2024, 4, 1), date(2024, 3, 28), "ECB"),  # Easter Monday
        ("AED", "USD", date(2024, 5, 13), date(2024, 5, 1), "HMRC"),
        ("TWD", "VND", date(2024, 5, 13), date(2024, 5, 1), "HMRC"),
        ("RUB", "EUR", date(2024, 5, 13), date(2024, 5, 1), "HMRC"),
        ("USD", "USD", date(1900, 1, 1), date(1900, 1, 1), "identity"),
    ],
)
def test_the_rate_says_whose_it_is_and_of_which_day(
    source: str, target: str, day: date, published: date, publisher: str
) -> None:
    rate = RATES.rate(source, target, day)
    assert rate is not None
    assert (rate.source, rate.target, rate.day, rate.publisher) == (source, target, published, publisher)


def test_known_rates() -> None:
    euro = RATES.rate("EUR", "USD", date(2024, 5, 13))
    assert euro is not None
    assert euro.rate == Decimal("1.0795")


def test_back_and_forth_is_one() -> None:
    there, back = (RATES.rate(*pair, date(2024, 5, 13)) for pair in (("JPY", "MYR"), ("MYR", "JPY")))
    assert there is not None
    assert back is not None
    assert abs(there.rate * back.rate - 1) < Decimal("1e-10")


@pytest.mark.parametrize("day", [date(1998, 12, 1), date(2099, 1, 1)])
def test_no_rate_where_nobody_published_one(day: date) -> None:
    assert RATES.rate("EUR", "USD", day) is None


def test_no_rate_for_what_is_no_currency() -> None:
    assert RATES.rate("XAU", "USD", date(2024, 5, 13)) is None
