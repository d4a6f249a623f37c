"""Names in several cases and names in full before their acronym."""

import pytest

from pledgebook.extract.mentions import find_organisations


def named(text: str, language: str) -> list[str]:
    return [m.party.name for m in find_organisations(text, language, doubtful=True) if m.party is not None]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "fr",
            "L'agence nationale de la recherche (ANR) apporte 11 millions. L'ANR suit.",
            "Agence nationale de la recherche",
        ),
        ("fr", "La Compagnie numérique du Vallon (CNV) investit 68 millions.", "Compagnie numérique du Vallon"),
        (
            "en",
            "The Tamar Institute of Science and Technology (TIST) will spend it.",
            "Tamar Institute of Science and Technology",
        ),
        # The F is that of "Forschungszentrum", not of the small word "für".
        (
            "de",
            "Das Hamburger Forschungszentrum für Künstliche Intelligenz (HFKI) erhält 30 Millionen Euro.",
            "Hamburger Forschungszentrum für Künstliche Intelligenz",
        ),
        (
            "et",
            "Ettevõtluse ja Innovatsiooni Sihtasutus (EIS) annab 18 miljonit.",
            "Ettevõtluse ja Innovatsiooni Sihtasutus",
        ),
    ],
)
def test_an_acronym_in_brackets_tells_where_a_name_begins(language: str, text: str, name: str) -> None:
    assert set(named(text, language)) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Artificial General Intelligence (AGI) is far away.",
        "The United Arab Emirates (UAE) is warm.",
        "The gross domestic product (GDP) grows.",
    ],
)
def test_what_else_stands_before_an_acronym_is_no_organisation(text: str) -> None:
    assert not any("acronym" in m.reason for m in find_organisations(text, "en"))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "pl",
            "Spółka Polwektor zbuduje halę. Firma Polwektora wyda miliard, a w Polwektorze pracuje sto osób.",
            "Polwektor",
        ),
        ("fi", "Yhtiö Kymdata rakentaa. Kymdatan mukaan Kymdatalle tulee tukea.", "Kymdata"),
        ("cs", "Firma od Severky Data získá peníze. Severka Data oznámila, že postaví halu.", "Severka Data"),
    ],
)
def test_one_name_in_several_cases_is_one_organisation(language: str, text: str, name: str) -> None:
    assert set(named(text, language)) == {name}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("el", "Το ελληνικό Δημόσιο θα δώσει 35 εκατ. ευρώ.", "Greek government"),
        ("cs", "Český stát dá 3 miliardy korun.", "Czech government"),
        ("ro", "Statul român va aloca 200 de milioane de euro.", "Romanian government"),
        ("hr", "Hrvatska država daje 40 milijuna eura.", "Croatian government"),
    ],
)
def test_a_land_that_is_called_a_state_is_its_government(language: str, text: str, name: str) -> None:
    assert name in named(text, language)
