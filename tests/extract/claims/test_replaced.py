"""A sum that is only told as what was before is an earlier one, and the other takes its place."""

import pytest

from pledgebook.domain import Claim, Page
from pledgebook.flow import read_pages


def claims_of(text: str) -> dict[int, Claim]:
    page = Page("plans.txt", f"Data centre plans\n\n{text}\n".encode(), "text/plain")
    (read,) = read_pages([page], reader="rules", workers=1)
    return {int(claim.amount.value) // 10**6: claim for claim in read.claims if claim.amount}


@pytest.mark.parametrize(
    "text",
    [
        "Instead of 42 million euros, Equinix will now spend 58 million euros on its data centre in Milan, Italy.",
        "Equinix will spend 58 million euros on its data centre in Milan, Italy, up from 42 million.",
        "Equinix raises its investment in Milan, Italy, from 42 million to 58 million euros.",
        "Statt 42 Millionen Euro investiert Equinix nun 58 Millionen Euro in sein Rechenzentrum in Mailand, Italien.",
        "Equinix investira 58 millions d'euros au lieu de 42 millions d'euros dans son centre de données de Milan, en Italie.",
    ],
)  # fmt: skip
def test_what_is_told_instead_replaces_the_earlier_sum(text: str) -> None:
    told = claims_of(text)
    assert (told[42].role.value, told[58].role.value) == ("earlier", "new")
    assert [(relation.type.value, relation.claim) for relation in told[58].relations] == [("replaces", told[42].id)]


def test_what_is_added_to_an_earlier_sum_is_new() -> None:
    told = claims_of(
        "Equinix had already announced 42 million euros for Milan, Italy, in 2023 and now adds 58 million."
    )
    assert (told[42].role.value, told[58].role.value) == ("earlier", "new")


def test_thousands_before_what_a_sum_is_changed_to_are_millions_as_well() -> None:
    told = claims_of(
        "CloudHQ redujo de 4.800 a 3.600 millones de dólares la inversión en su campus de Querétaro, México."
    )
    assert {value: claim.role.value for value, claim in told.items()} == {4800: "earlier", 3600: "new"}
