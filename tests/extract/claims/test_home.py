"""Whose dollar, peso or rupee a document means."""

from dataclasses import replace

import pytest

from documents import document, scene
from pledgebook.extract.claims.home import find_home, newsrooms
from pledgebook.extract.mentions import find_money, find_places
from pledgebook.lexicon.language import load_language

TORONTO = "Toronto and Montreal compete. Ottawa helps. A $40 million hall costs US$29 million in Calgary."
SYDNEY = "A $220 million hall is planned near Brisbane. Toowoomba is glad; Melbourne is not."


def home(text: str, language: str = "en", source: str = "a.txt") -> str | None:
    known = load_language(language)
    return find_home(replace(document(text), source=source), text, find_places(text, known), known)


def test_a_text_that_marks_american_dollars_means_its_own_by_a_bare_sign() -> None:
    assert home(TORONTO) == "CA"


def test_a_text_about_one_country_alone_means_that_countrys_dollar() -> None:
    assert home(SYDNEY) == "AU"


def test_american_dollars_that_are_called_so_leave_the_bare_ones_to_the_paper() -> None:
    told = "Northgrid bâtit à Calgary pour 750 millions de dollars. À Montréal et à Toronto on attend. "
    assert home(told + "Microsoft met 500 millions de dollars américains à Québec.", "fr") == "CA"


def test_a_text_about_several_countries_leaves_the_dollar_american() -> None:
    assert home("Microsoft will spend $5 billion in Australia, $2 billion in Spain and $3 billion in Japan.") is None


def test_the_domain_tells() -> None:
    assert home("A hall for $5 million.", source="https://news.example.nz/a") == "NZ"


def test_the_language_of_a_region_tells() -> None:
    assert home("Una nave de $ 500 millones.", language="es-MX") == "MX"


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Morocco set aside 11 billion dirhams.", "MAD"),
        ("Pakistan approved a hall of Rs14 billion.", "PKR"),
        ("In Nigeria the company is bringing N18.6 billion.", "NGN"),
    ],
)
def test_the_country_beside_a_sum_says_whose_money_it_is(text: str, currency: str) -> None:
    [found] = find_money(text, "en", places=find_places(text, "en"))
    assert found.amount is not None
    assert found.amount.currency == currency


def test_a_letter_is_no_currency_where_no_country_says_so() -> None:
    assert find_money("Take the N18.6 billion times.", "en") == []


@pytest.mark.parametrize(
    ("language", "source", "countries"),
    [
        ("hu", "a.txt", ("HU",)),
        ("nl", "a.txt", ("NL", "BE")),
        ("nl-BE", "a.txt", ("BE",)),
        ("en", "https://news.example.nz/a", ("NZ",)),
    ],
)
def test_a_document_may_be_written_where_its_language_is(
    language: str, source: str, countries: tuple[str, ...]
) -> None:
    told = replace(document("Text."), source=source)
    assert newsrooms(told, load_language(language)) == countries


def test_a_government_tells_whose_dollars_its_own_are_and_a_company_whose_dirhams() -> None:
    assert home("Le gouvernement du Québec prête 150 millions de dollars à l'entreprise.", "fr") == "CA"
    assert home("Maroc Telecom investira 4,4 milliards de dirhams dans les tours.", "fr") == "MA"
    assert home("Telus investira 2 milliards de dollars.", "fr") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La Junta promete 14 millones para Teruel. La inversión en Zaragoza es de 350 millones.", [14, 350]),
        ("La Junta promete 14 millones de horas en Teruel. La inversión en Zaragoza crece.", []),
        ("Promete 14 millones para Teruel y Lima, no para Bogotá.", []),
    ],
)
def test_a_text_without_any_currency_means_its_lands(text: str, told: list[int]) -> None:
    sums = [m.amount for m in scene(text, language="es").money if m.amount is not None]
    assert [int(amount.value) // 10**6 for amount in sums] == told
    assert {amount.currency for amount in sums} <= {"EUR"}
