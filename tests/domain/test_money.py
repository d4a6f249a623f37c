from decimal import Decimal

import pytest

from pledgebook.domain import Amount, Basis, Money, Qualifier


def test_a_range_is_quoted_by_its_middle_and_bounded_by_its_ends() -> None:
    amount = Amount(Decimal(30), "EUR", Qualifier.RANGE, Decimal(50))
    assert (amount.low, amount.central, amount.high) == (30, 40, 50)


def test_up_to_promises_nothing_for_certain() -> None:
    amount = Amount(Decimal(4), "EUR", Qualifier.UP_TO)
    assert (amount.low, amount.central, amount.high) == (0, 4, 4)


@pytest.mark.parametrize("qualifier", [Qualifier.EXACT, Qualifier.ABOUT, Qualifier.AT_LEAST])
def test_other_figures_are_their_own_bounds(qualifier: Qualifier) -> None:
    amount = Amount(Decimal(4), "EUR", qualifier)
    assert (amount.low, amount.central, amount.high) == (4, 4, 4)


def test_another_basis_changes_nothing_else() -> None:
    amount = Amount(Decimal(4), "EUR", also=(Money(Decimal(5), "USD"),))
    mended = amount.based(Basis.REPAIRED)
    assert mended.basis is Basis.REPAIRED
    assert mended.based(Basis.STATED) == amount
    assert mended.money == Money(Decimal(4), "EUR")


@pytest.mark.parametrize(
    ("value", "currency", "qualifier", "value_max"),
    [
        (0, "EUR", Qualifier.EXACT, None),
        (-4, "EUR", Qualifier.EXACT, None),
        (4, "EUR", Qualifier.EXACT, 5),
        (4, "EUR", Qualifier.RANGE, None),
        (4, "EUR", Qualifier.RANGE, 4),
        (4, "euro", Qualifier.EXACT, None),
        (4, "eur", Qualifier.EXACT, None),
        ("NaN", "EUR", Qualifier.EXACT, None),
    ],
)
def test_what_contradicts_itself_is_refused(
    value: object, currency: str, qualifier: Qualifier, value_max: object
) -> None:
    with pytest.raises(ValueError, match=r"amount|money"):
        Amount(Decimal(str(value)), currency, qualifier, None if value_max is None else Decimal(str(value_max)))
