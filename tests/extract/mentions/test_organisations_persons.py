"""Persons, who are no companies, in every case and script."""

import pytest

from pledgebook.extract.mentions import find_organisations


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Инициатором называют девелопера Владимира Полевкина."),
        ("ru", "Об этом заявил глава кабмина РФ Михаил Полевкин. Полевкин одобрил план."),
        ("uk", "Про це повідомив Володимир Гайчук. Гайчук схвалив план."),
        ("bg", "Това каза Росен Малинков. Малинков одобри плана."),
        ("el", "Το ανέφερε η Ειρήνη Λεμονάκη."),
        ("cs", "Projekt vede Bohumil Skřivánkovič."),
        ("lt", "Apie tai kalbėjo Žygimantas Varnėnaitis."),
        ("tr", "Bu sözleri Oğuzhan Taşbulut söyledi."),
    ],
)
def test_a_person_is_no_company(language: str, text: str) -> None:
    found = find_organisations(text, language, doubtful=True)
    assert [m.span.of(text) for m in found if m.reason not in {"government", "officeholder"}] == []
