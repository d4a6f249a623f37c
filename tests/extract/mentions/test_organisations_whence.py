"""Companies with the land or town that they are from right behind their names."""

import pytest

from documents import document
from pledgebook.domain import PartyKind
from pledgebook.extract import extract
from pledgebook.extract.mentions import find_organisations

FROM_SINGAPORE = {
    "en": "Nordwind from Singapore will invest $90 million in a data centre in Bangkok.",
    "de": "Nordwind aus Singapur investiert 90 Millionen Euro in ein Rechenzentrum in Kiel.",
    "nl": "Nordwind uit Singapore steekt 90 miljoen euro in een datacenter in Groningen.",
    "sv": "Nordwind från Singapore investerar 90 miljoner kronor i ett datacenter i Luleå.",
    "fr": "Nordwind de Singapour investira 90 millions d'euros dans un centre de données à Lyon.",
    "es": "Nordwind de Singapur invertirá 90 millones de euros en un centro de datos en Zaragoza.",
    "it": "Nordwind di Singapore investirà 90 milioni di euro in un data center a Milano.",
    "pl": "Nordwind z Singapuru zainwestuje 90 mln euro w centrum danych w Łodzi.",
}


@pytest.mark.parametrize("language", FROM_SINGAPORE)
def test_who_is_from_a_land_pays_and_not_the_land(language: str) -> None:
    claims = extract(document(FROM_SINGAPORE[language], language=language)).claims
    assert [[party.name for party in claim.investors] for claim in claims] == [["Nordwind"]]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nordwind (Singapore) will invest $90 million in a data centre in Bangkok.", "en"),
        ("Nordwind (Singapour) investira 90 millions d'euros dans un centre de données à Lyon.", "fr"),
        ("Nordwind (Singapur) investiert 90 Millionen Euro in ein Rechenzentrum in Kiel.", "de"),
    ],
)
def test_a_land_in_brackets_is_not_who_pays(text: str, language: str) -> None:
    claims = extract(document(text, language=language)).claims
    assert [[party.name for party in claim.investors] for claim in claims] == [["Nordwind"]]


def test_people_from_a_town_are_no_company() -> None:
    for text in ("Residents from Oxford said no.", "Researchers from Singapore will invest $90 million."):
        assert "company" not in {m.party.kind for m in find_organisations(text, "en") if m.party is not None}


def test_a_land_behind_a_name_says_whose_arm_it_is() -> None:
    for text, language in (
        ("HSBC Việt Nam cấp tín dụng xanh 90 triệu USD cho trung tâm dữ liệu tại Hà Nội.", "vi"),
        ("Samsung của Hàn Quốc sẽ đầu tư 90 triệu USD vào trung tâm dữ liệu tại Hà Nội.", "vi"),
    ):
        claims = extract(document(text, language=language)).claims
        kinds = {party.kind for claim in claims for party in claim.investors}
        assert PartyKind.GOVERNMENT not in kinds
