"""Who pays, and where."""

from documents import document
from pledgebook.extract import extract


def test_a_government_that_pays_spends_at_home() -> None:
    told = document(
        "El Gobierno de España invertirá 40 millones de euros en la inteligencia artificial de las pymes.",
        language="es",
        published="2026-03-17",
        title="El Gobierno destina 40 millones a la inteligencia artificial",
    )
    assert [claim.destinations for claim in extract(told).claims] == [("ES",)]


def test_a_sentence_that_opens_with_a_land_tells_of_that_land() -> None:
    told = document(
        "En Paraguay, Norvena invertirá 500 millones de dólares para construir "
        "lo que sería el mayor centro de datos de Sudamérica.",
        language="es",
        published="2025-12-10",
        title="Norvena invertirá 500 millones de dólares",
    )
    assert [claim.destinations for claim in extract(told).claims] == [("PY",)]


def test_the_union_spends_in_the_union_where_its_sentence_names_no_land() -> None:
    told = document(
        "The United States will spend 50 billion dollars on chip plants in Arizona and Ohio, the White House said on "
        "Monday.\n\nThe American programme dwarfs others. Officials in Washington expect US plants to open by 2028. "
        "The European Union has set aside 20 billion euros for gigafactories.",
        language="en",
        published="2026-03-17",
        title="Brussels matches Washington",
    )
    where = {claim.amount.value: claim.destinations for claim in extract(told).claims if claim.amount is not None}
    assert where == {50_000_000_000: ("US",), 20_000_000_000: ("EU",)}


def test_a_land_that_a_sums_sentence_names_stands_before_the_newsrooms_own() -> None:
    told = document(
        "Norvolt zbuduje w Polsce centrum danych za 800 mln euro, podała firma.\n\nPolska przyciąga inwestorów, mówi "
        "polski minister. Microsoft obiecał cztery miliardy euro Francji.",
        language="pl",
        published="2026-03-17",
        title="Fabryka pod Wrocławiem",
    )
    where = {claim.amount.value: claim.destinations for claim in extract(told).claims if claim.amount is not None}
    assert where[4_000_000_000] == ("FR",)


def test_a_government_spends_at_home_where_its_sentence_names_no_other_land() -> None:
    told = document(
        "Portugal will bid for a computing campus in Sines.\n\n"
        "The European Union will invest 20 billion euros to build five such data centres.",
        published="2026-03-17",
        title="Portugal bids for a computing campus",
    )
    assert [claim.destinations for claim in extract(told).claims] == [("EU",)]


def test_a_text_that_names_no_land_is_about_its_own() -> None:
    told = document(
        "Das Stadtwerk Moorbach GmbH investiert 40 Millionen Euro in ein neues Rechenzentrum neben dem Klärwerk.",
        language="de",
        published="2026-03-17",
        title="Stadtwerk investiert 40 Millionen Euro in ein Rechenzentrum",
    )
    assert [claim.destinations for claim in extract(told).claims] == [("DE",)]


def test_whoever_is_listed_with_one_who_pays_is_not_paid() -> None:
    told = document(
        "O BNDES e a Finep vão destinar R$ 3,2 bilhões a projetos de semicondutores até 2027.",
        language="pt",
        published="2026-03-17",
        title="Bancos liberam R$ 3,2 bilhões",
    )
    assert [claim.recipient for claim in extract(told).claims] == [None]
