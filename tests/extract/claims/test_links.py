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
