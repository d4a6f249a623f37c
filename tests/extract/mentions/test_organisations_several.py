"""Several governments and local bodies named with one word."""

import pytest

from pledgebook.extract.mentions import find_organisations


def named(text: str, language: str) -> list[str]:
    return [m.party.name for m in find_organisations(text, language) if m.party is not None]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "The German and French governments will pay.", ["German government", "French government"]),
        ("ca", "els governs espanyol i portuguès", ["Spanish government", "Portuguese government"]),
        (
            "es",
            "Los gobiernos de España, Italia y Polonia",
            ["Spanish government", "Italian government", "Polish government"],
        ),
        ("nl", "de provincies Groningen en Drenthe leggen in", ["Province of Groningen", "Province of Drenthe"]),
        ("de", "Die Städte Bonn und Köln zahlen.", ["City of Bonn", "City of Köln"]),
        ("fr", "Les villes de Lyon et de Grenoble paient.", ["City of Lyon", "City of Grenoble"]),
        ("fi", "Oulun ja Kempeleen kunnat maksavat.", ["City of Oulu", "City of Kempele"]),
        ("da", "Danmark og Grønland sætter 3 millioner af.", ["Danish government", "Greenlandic government"]),
    ],
)
def test_each_is_found_at_its_name(language: str, text: str, names: list[str]) -> None:
    assert named(text, language) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In the cities of Leeds and York they train people."),
        ("en", "Governments should pay more, he said in Germany."),
        ("de", "In den Städten gibt es 3 Hallen."),
        ("en", "The mayors of the cities of Leeds and York came."),
        ("ja", "福岡県から車で1時間。"),
    ],
)
def test_places_alone_are_nobody(language: str, text: str) -> None:
    assert named(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("sv", "Malmö stad och Lunds universitet öppnar ett labb.", "City of Malmö"),
        ("uk", "60 млн дає міський бюджет Львова.", "City of Lviv"),
        ("zh", "深圳市发起100亿元规模的计划。", "City of Shenzhen"),
        ("ru", "Города Томск и Омск дадут деньги.", "City of Tomsk"),
        ("uk", "Уряд Львівської області дасть 3 млн.", "Government of Lviv Oblast"),
    ],
)
def test_towns_act_by_their_words(language: str, text: str, name: str) -> None:
    assert name in named(text, language)
