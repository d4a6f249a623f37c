from datetime import date
from decimal import Decimal

import pytest

from pledgebook.domain import Deliverable, Interval, Kind, Purpose, Qualifier, Term
from pledgebook.reconcile.written import HOW_WRITTEN, READERS, empty_of, read_written


@pytest.mark.parametrize(
    ("words", "low", "central", "high", "currency"),
    [
        ("2.1 bn USD", "2100000000", "2100000000", "2100000000", "USD"),
        ("2,100,000,000 usd", "2100000000", "2100000000", "2100000000", "USD"),
        ("30-50 bn EUR", "30000000000", "40000000000", "50000000000", "EUR"),
        ("30 to 50 billion EUR", "30000000000", "40000000000", "50000000000", "EUR"),
        ("up to 300 m GBP", "0", "300000000", "300000000", "GBP"),
    ],
)
def test_amounts(words: str, low: str, central: str, high: str, currency: str) -> None:
    amount = read_written("amount", words)
    assert (amount.low, amount.central, amount.high) == (Decimal(low), Decimal(central), Decimal(high))
    assert amount.currency == currency


def test_other_fields() -> None:
    assert read_written("deliverables", "25,000 gpus; up to 300 megawatts") == (
        Deliverable(Kind.GPUS, Decimal(25000)),
        Deliverable(Kind.MEGAWATTS, Decimal(300), Qualifier.UP_TO),
    )
    assert read_written("announced", "2024-05-01..2024-05-31") == Interval(date(2024, 5, 1), date(2024, 5, 31))
    assert read_written("term", "2024-05-01..") == Term(date(2024, 5, 1))
    assert read_written("term", "2027-12-31") == Term(None, date(2027, 12, 31))
    assert read_written("destinations", "fr, DE") == ("DE", "FR")
    assert read_written("purposes", "data centres, ai") == (Purpose.DATA_CENTRES, Purpose.AI)
    assert [it.name for it in read_written("investors", "Amazon, Inc.; Microsoft")] == ["Amazon, Inc.", "Microsoft"]
    assert read_written("recipient", "Intel").name == "Intel"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("amount", "lots"),
        ("amount", "3 zn EUR"),
        ("amount", "0 EUR"),
        ("amount", "1.2.3 bn EUR"),
        ("deliverables", "3 moons"),
        ("deliverables", "many"),
        ("announced", "May"),
        ("destinations", "France"),
        ("investors", " , "),
        ("recipient", "One; Two"),
        ("stage", "fine"),
        ("role", ""),
        ("mood", "fine"),
    ],
)
def test_what_is_no_value_is_refused(field: str, words: str) -> None:
    with pytest.raises(ValueError):
        read_written(field, words)


def test_every_field_says_how_it_is_written() -> None:
    assert set(READERS) == set(HOW_WRITTEN)
    with pytest.raises(ValueError):
        empty_of("stage")
