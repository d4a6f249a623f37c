"""Who shares a sum in equal parts."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def payers(text: str, language: str = "en") -> list[tuple[int, list[str]]]:
    _, drafts = build_drafts(scene(text, language=language))
    return [
        (int(draft.amount.value) // 1_000_000, sorted(actor.key for actor in draft.investors))
        for draft in drafts
        if draft.amount
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            (
                "The cost of 80 million euros of the data centre in Delfzijl will be split evenly between the operator "
                "Kaalnet and the utility Noordkracht."
            ),
            (80, ["Kaalnet", "Noordkracht"]),
        ),
        (
            "fr",
            (
                "Voltanor et la société Gigabase financeront à parts égales le centre de données de Dunkerque, d'un coût "
                "de 90 millions d'euros."
            ),
            (90, ["Gigabase", "Voltanor"]),
        ),
        (
            "pl",
            (
                "Koszt centrum danych w Kielcach, 200 mln zł, poniosą po połowie operator Netika i spółka energetyczna "
                "Świętokrzyski Prąd."
            ),
            (200, ["Netika", "Świętokrzyski Prąd"]),
        ),
        (
            "tr",
            (
                "Mersin'deki veri merkezinin 40 milyon avroluk maliyetini Anadolunet ve enerji şirketi Toros Elektrik "
                "yarı yarıya üstlenecek."
            ),
            (40, ["Anadolunet", "Toros Elektrik"]),
        ),
        (
            "ja",
            "通信大手のミナトネットと電力会社の北稜パワーは、函館市に建設するデータセンターの事業費80億円を半分ずつ負担する。",
            (8000, ["ミナトネット", "北稜パワー"]),
        ),
    ],
)
def test_all_who_are_listed_pay_a_sum_that_is_shared_equally(
    language: str, text: str, expected: tuple[int, list[str]]
) -> None:
    assert payers(text, language) == [expected]


def test_half_each_is_no_sum_of_its_own() -> None:
    text = "Het datacenter in Eeklo kost 46 miljoen euro. Meetnet en energiebedrijf Vlastroom betalen elk de helft."
    assert all(value == 46 for value, _ in payers(text, "nl"))
    text = (
        "Exploitant Meetnet en energiebedrijf Vlastroom betalen elk de helft van de 46 miljoen euro voor het "
        "datacenter in Eeklo."
    )
    assert payers(text, "nl") == [(46, ["Meetnet", "Vlastroom"])]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            (
                "The Kestrel Foundation will give 12 million dollars in equal parts to Ames University and the University "
                "of Bexley for AI research."
            ),
            ["Kestrel Foundation"],
        ),
        (
            "de",
            (
                "Die Stiftung Nordlicht gibt je zur Hälfte der Universität Kiel und der Hochschule Flensburg 6 Millionen "
                "Euro für KI-Labore."
            ),
            ["Stiftung Nordlicht"],
        ),
        (
            "en",
            "Harrow Systems will invest 30 million dollars in Leeds, split equally between research and training.",
            ["Harrow Systems"],
        ),
    ],
)
def test_those_to_whom_equal_parts_go_do_not_pay(language: str, text: str, expected: list[str]) -> None:
    assert [investors for _, investors in payers(text, language)] == [expected]


def test_who_each_pay_a_sum_share_none() -> None:
    text = "Alzan and Bergkraft will each invest 3 million euros in a data centre in Bilbao."
    assert payers(text) == [(3, ["Alzan"]), (3, ["Bergkraft"])]
