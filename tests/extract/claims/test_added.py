"""What a sentence adds to an earlier sum, what somebody pays only a part of, and who goes along with whom."""

import pytest

from documents import scene
from pledgebook.domain import Page, ReadDocument
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.flow import read_pages


def drafts(text: str, *, language: str) -> dict[int, Draft]:
    told = build_drafts(scene(text, language=language))[1]
    return {int(draft.amount.value) // 10**6: draft for draft in told if draft.amount is not None}


def payers(text: str, *, language: str) -> dict[int, list[str]]:
    told = drafts(text, language=language)
    return {value: sorted(actor.key for actor in draft.investors) for value, draft in told.items()}


@pytest.mark.parametrize(
    "text",
    [
        "Microsoft had announced 2 billion euros for Spain in 2023 and now adds another 5 billion.",
        "Microsoft aveva annunciato 2 miliardi di euro per la Spagna nel 2023 e ora aggiunge altri 5 miliardi.",
        "Microsoft había anunciado 2.000 millones de euros para España en 2023 y ahora añade otros 5.000 millones.",
    ],
)
def test_what_a_sentence_adds_to_an_earlier_sum_is_new(text: str) -> None:
    (read,) = read_pages([Page("t.txt", f"Spain\n\n{text}\n".encode(), "text/plain")], reader="rules", workers=1)
    assert isinstance(read, ReadDocument)
    roles = {int(claim.amount.value) // 10**9: claim.role.value for claim in read.claims if claim.amount is not None}
    assert roles == {2: "earlier", 5: "new"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Dei 180 milioni di euro per il campus di Genova, 60 milioni arrivano dalla Regione Liguria."),
        ("it", "Dei 180 milioni di euro per il campus di Genova, la Regione Liguria mette 60 milioni."),
        ("it", "Il costo del campus di Genova, 180 milioni di euro, è coperto per 60 milioni dalla Regione Liguria."),
    ],
)
def test_who_pays_a_part_behind_the_whole_does_not_pay_the_whole(language: str, text: str) -> None:
    assert payers(text, language=language) == {180: [], 60: ["Liguria Region"]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Microsoft costruirà insieme a Oracle un data center da 900 milioni di euro a Lodi."),
        ("es", "Microsoft construirá junto a Oracle un centro de datos de 900 millones de euros en Vigo."),
        ("it", "Microsoft, insieme al gruppo Oracle, costruirà a Lodi un data center da 900 milioni di euro."),
    ],
)
def test_who_is_named_as_going_along_pays_as_well(language: str, text: str) -> None:
    assert payers(text, language=language) == {900: ["Microsoft", "Oracle"]}


def test_semicolons_part_who_pays_what_behind_a_whole() -> None:
    told = payers(
        "El polo costará 118 millones de euros: la Xunta de Galicia pone 40 millones; el Gobierno de España, 36; "
        "Indra, 42.",
        language="es",
    )
    assert {value: names for value, names in told.items() if value != 118} == {
        40: ["Government of Galicia"],
        36: ["Spanish government"],
        42: ["Indra"],
    }


def test_what_a_ministry_is_for_parts_it_not_from_its_sum() -> None:
    told = payers(
        "La Regione Puglia mette 70 milioni di euro per il campus di Bari, il ministero delle Imprese 55 milioni, "
        "il Fesr 45.",
        language="it",
    )
    assert told == {70: ["Apulia Region"], 55: ["Italian government"], 45: ["European Regional Development Fund"]}
