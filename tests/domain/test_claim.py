from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from pledgebook.domain import Claim, Deliverable, Kind, Purpose, Qualifier, Role, Stage, Term


def test_a_claim_says_no_more_than_it_is_told() -> None:
    claim = Claim("a")
    assert (claim.investors, claim.amount, claim.announced, claim.term) == ((), None, None, Term())
    assert (claim.purposes, claim.stage, claim.role) == ((Purpose.GENERAL,), Stage.ANNOUNCED, Role.NEW)


def test_a_claim_does_not_change() -> None:
    claim = Claim("a")
    with pytest.raises(FrozenInstanceError):
        claim.id = "b"  # type: ignore[misc]


@pytest.mark.parametrize(("qualifier", "most"), [(Qualifier.RANGE, None), (Qualifier.EXACT, Decimal(9))])
def test_only_a_range_of_things_has_an_upper_end(qualifier: Qualifier, most: Decimal | None) -> None:
    with pytest.raises(ValueError, match="count_max goes with a range"):
        Deliverable(Kind.JOBS, Decimal(3), qualifier, most)
