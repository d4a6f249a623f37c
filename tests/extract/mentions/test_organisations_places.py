"""Towns and lands that no company is made of, and names that an adjective of a land belongs to."""

import pytest

from pledgebook.extract.mentions import find_organisations


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hr", "Nova Gradiška je dobila tvornicu. Predstavnici Nove Gradiške su zadovoljni."),
        ("pl", "Nowy Sącz buduje halę. Władze Nowego Sącza są zadowolone."),
        ("cs", "Investoři ze Spojených arabských emirátů koupili pozemek."),
    ],
)
def test_a_town_or_land_of_several_words_is_no_company(language: str, text: str) -> None:
    assert not [m for m in find_organisations(text, language, doubtful=True) if m.reason in {"capitals", "subject"}]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hr", "U Javorniku žele graditi pogon."),
        ("sl", "V Brestovju bodo odprli tovarno."),
        ("ro", "La Frasinet va fi construit un centru de date."),
    ],
)
def test_an_unknown_name_behind_the_first_word_of_a_sentence_is_where_something_happens(
    language: str, text: str
) -> None:
    assert not find_organisations(text, language)


def test_an_adjective_with_a_capital_amid_a_sentence_is_part_of_the_name() -> None:
    text = "České Vzducholodě staví halu. Smlouva s Českými Vzducholoděmi platí."
    assert [m.span.of(text) for m in find_organisations(text, "cs", doubtful=True)] == [
        "České Vzducholodě",
        "Českými Vzducholoděmi",
    ]


def test_a_town_hall_is_called_by_its_town_in_english() -> None:
    names = [m.party.name for m in find_organisations("Il Comune di Torino spenderà 3 milioni.", "it") if m.party]
    assert names == ["City of Turin"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sk", "Do závodu v portugalskom meste Vellamar vloží 10 miliárd dolárov."),
        ("cs", "Kraj jedná o prodeji v průmyslové zóně Vellamar a ta chce růst."),
    ],
)
def test_what_a_word_for_a_place_says_to_lie_there_is_no_company(language: str, text: str) -> None:
    assert "Vellamar" not in [m.span.of(text) for m in find_organisations(text, language, doubtful=True)]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("pt", "A Havnord vai construir em Porto Alegre, disse o Porto de Santos.", ["Havnord", "Porto de Santos"]),
        ("es", "Havnord SA construirá en Puerto Montt, dijo el Puerto de Bilbao.", ["Havnord", "Puerto de Bilbao"]),
    ],
)
def test_a_town_whose_name_begins_like_a_bodys_is_none(language: str, text: str, names: list[str]) -> None:
    assert [mention.party.name for mention in find_organisations(text, language) if mention.party] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UBND TP. Hồ Chí Minh và UBND TP.HCM chi 50 tỷ đồng.", ["City of Ho Chi Minh City"] * 2),
        ("FPT tài trợ Trường Đại học Hàng hải Polaris 12 tỷ.", ["FPT", "Trường Đại học Hàng hải Polaris"]),
    ],
)
def test_bodies_whose_words_have_points_or_small_letters(text: str, names: list[str]) -> None:
    assert [mention.party.name for mention in find_organisations(text, "vi") if mention.party] == names


def test_towns_keep_their_article_behind_words_for_their_bodies() -> None:
    found = find_organisations("Il Comune dell'Aquila e quello della Spezia; il Comune della Spezia paga.", "it")
    assert [m.party.name for m in found if m.party] == ["City of L'Aquila", "City of La Spezia"]


def test_a_word_may_stand_between_a_land_and_its_government() -> None:
    text = "Kenya plans halls, and Nigeria's federal government has approved a hall in Abuja."
    found = [(m.span.of(text), m.party.name) for m in find_organisations(text, "en") if m.party is not None]
    assert ("Nigeria's federal government", "Nigerian government") in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In Leeds Grafcor will build a data centre."),
        ("it", "A Reggio Emilia Grafcor costruirà un data center."),
        ("fr", "À Lyon Grafcor investira dans un centre de données."),
        ("es", "En Zaragoza Grafcor invertirá en un centro de datos."),
        ("pl", "W Krakowie Grafcor zbuduje centrum danych."),
    ],
)
def test_a_town_that_opens_a_sentence_is_no_part_of_who_acts(language: str, text: str) -> None:
    assert [m.party.name for m in find_organisations(text, language) if m.party] == ["Grafcor"]


def test_a_town_behind_an_article_may_begin_a_name() -> None:
    found = find_organisations("A Aurora Oeste anunciou um centro de dados.", "pt")
    assert [m.party.name for m in found if m.party] == ["Aurora Oeste"]


def test_a_town_behind_the_first_word_of_a_sentence_does_nothing() -> None:
    assert find_organisations("A Bellinzona apre un centro.", "it") == []


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        ("en", "Manchester will invest £24 million in a data centre.", "City of Manchester"),
        ("es", "Barcelona invertirá 24 millones de euros en un supercomputador.", "City of Barcelona"),
        ("pl", "Poznań przeznaczy 24 mln zł na miejskie centrum danych.", "City of Poznań"),
        ("it", "Torino investirà 24 milioni di euro in un data center.", "City of Turin"),
        ("de", "Leipzig zahlt 24 Millionen Euro für die Straße.", "City of Leipzig"),
    ],
)
def test_a_town_that_pays_acts_without_a_word_for_its_body(language: str, text: str, body: str) -> None:
    assert [m.party.name for m in find_organisations(text, language) if m.party] == [body]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Acme will invest £24 million in Manchester. Manchester is growing."),
        ("es", "El Banco invertirá 24 millones de euros."),
        ("de", "Die Halle in Leipzig zahlt sich aus."),
    ],
)
def test_a_town_where_something_is_does_not_pay(language: str, text: str) -> None:
    assert not [m for m in find_organisations(text, language) if m.party and m.party.name.startswith("City of")]
