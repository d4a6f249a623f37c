"""A verb or a word that is told once says of several who is given what."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def given(text: str, *, language: str) -> dict[int, tuple[list[str], str | None]]:
    drafts = build_drafts(scene(text, language=language))[1]
    return {
        int(d.amount.value) // 10**6: ([a.key for a in d.investors], d.recipient.key if d.recipient else None)
        for d in drafts
        if d.amount is not None
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The Dutch government funds three projects: ASML receives 30 million euros, Philips 20 million and NXP 10 million.",
        ),
        ("nl", "De Nederlandse overheid steunt drie projecten: ASML krijgt 30 miljoen euro, Philips 20 miljoen en NXP 10 miljoen."),
        ("fr", "L'État néerlandais finance trois projets : ASML reçoit 30 millions d'euros, Philips 20 millions et NXP 10 millions."),
        ("es", "El Gobierno de Países Bajos financia tres proyectos: ASML recibe 30 millones de euros, Philips 20 millones y NXP 10 millones."),
    ],
)  # fmt: skip
def test_one_verb_of_taking_holds_for_all_that_follow(language: str, text: str) -> None:
    told = given(text, language=language)
    assert {amount: taker for amount, (_, taker) in told.items()} == {
        30: "ASML",
        20: "Philips",
        10: "NXP Semiconductors",
    }
    assert {tuple(payers) for payers, _ in told.values()} == {("Dutch government",)}


def test_what_is_put_into_several_companies_is_each_its_own() -> None:
    told = given("Nvidia will invest up to $800 million in OpenAI and $200 million in Intel.", language="en")
    assert told == {800: (["Nvidia"], "OpenAI"), 200: (["Nvidia"], "Intel")}


def test_what_a_company_owns_is_not_the_company() -> None:
    told = given("Nvidia will invest $800 million in Intel's plant and $200 million in Ohio.", language="en")
    assert [taker for _, taker in told.values()] == [None, None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nvidia is in talks to invest $800 million or more in OpenAI."),
        ("en", "Nvidia is considering an $800 million investment in OpenAI, two people said."),
        ("en", "Nvidia is putting $800 million of new money into the AI developer OpenAI."),
        ("de", "Nvidia investiert 800 Millionen Dollar in das KI-Start-up OpenAI."),
        ("es", "Nvidia invertirá 800 millones de dólares en la empresa estadounidense OpenAI."),
    ],
)
def test_what_is_put_into_a_company_is_given_to_it(language: str, text: str) -> None:
    assert given(text, language=language) == {800: (["Nvidia"], "OpenAI")}


def test_a_sum_that_is_to_be_invested_in_a_company_is_given_to_it() -> None:
    ((_, taker),) = given(
        "Japan plans chips.\n\n¥800 million of the budget is to be invested in the chip maker Rapidus, the ministry said.",
        language="en",
    ).values()
    assert taker == "Rapidus"


def test_who_is_given_another_sum_elsewhere_may_pay_this_one() -> None:
    told = given(
        "Nvidia will invest $800 million in OpenAI. In May Microsoft invested $90 million in Nvidia.", language="en"
    )
    assert told == {800: (["Nvidia"], "OpenAI"), 90: (["Microsoft"], "Nvidia")}


def test_what_is_said_of_a_sum_may_stand_before_the_next_taker() -> None:
    told = given(
        "Out of that pot, ASML was awarded 30 million euros for its plant in Veldhoven in 2024, and Philips 20 million euros "
        "in the same month.",
        language="en",
    )
    assert told == {30: ([], "ASML"), 20: ([], "Philips")}


def test_who_is_only_given_money_pays_nothing_that_was_told_before() -> None:
    told = given(
        "The law set aside 900 million euros for semiconductors. Out of that pot, ASML was awarded 30 million euros, and "
        "Philips 20 million euros.",
        language="en",
    )
    assert "ASML" not in told[900][0]


def test_a_fund_that_is_described_is_no_verb() -> None:
    text = "OpenAI, SoftBank and the Emirati fund MGX will invest 500 million euros in Germany."
    ((payers, taker),) = given(text, language="en").values()
    assert (set(payers), taker) == ({"OpenAI", "SoftBank", "MGX"}, None)


def test_what_a_company_raised_is_not_paid_by_it() -> None:
    text = (
        "Data firm raises money.\n\nAalto Cloud has secured 42 million euros to lay a cable between Finland and Norway."
    )
    assert given(text, language="en") == {42: ([], "Aalto Cloud")}


def test_what_was_raised_is_paid_by_all_who_are_told_to_pay_its_parts() -> None:
    told = given(
        "Data firm raises money.\n\nAalto Cloud has secured 90 million euros to build halls in Finland. Nokia is putting in 50 "
        "million euros, Google 40 million.",
        language="en",
    )
    assert told[90] == (["Nokia", "Google"], "Aalto Cloud")


def test_a_permit_is_not_money_that_is_taken() -> None:
    text = "Echelon Data Centres has received planning permission for a €120 million campus in Cork, Ireland."
    assert given(text, language="en") == {120: (["Echelon Data Centres"], None)}
