"""A part of a sum that "of which" opens: whoever is named there pays it, and it is as new as the whole."""

import pytest

from documents import scene
from pledgebook.domain import Claim, Page
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.flow import read_pages


def parts(text: str, *, language: str) -> dict[int, Draft]:
    drafts = build_drafts(scene(text, language=language))[1]
    return {int(draft.amount.value) // 10**6: draft for draft in drafts if draft.amount is not None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Havnord GmbH will build a plant in Catania for 500 million euros, of which the Italian state pays 200 million."),
        ("de", "Die Havnord GmbH baut in Dresden ein Werk für 500 Millionen Euro, wovon der Bund 200 Millionen Euro zahlt."),
        ("it", "La Havnord SpA investe 500 milioni di euro a Catania, di cui 200 milioni a carico dello Stato italiano."),
        ("es", "Havnord SA invertirá 500 millones de euros en Vigo, de los cuales el Gobierno de España aporta 200 millones."),
    ],
)  # fmt: skip
def test_a_government_s_part_is_given_to_whom_the_whole_is_of(language: str, text: str) -> None:
    told = parts(text, language=language)
    assert [actor.party.kind.value for actor in told[200].investors if actor.party] == ["government"]
    assert told[200].recipient is not None
    assert [actor.key for actor in told[500].investors] == [told[200].recipient.key]


def claims_of(text: str) -> list[Claim]:
    (read,) = read_pages([Page("part.txt", text.encode(), "text/plain")], reader="rules", workers=1)
    return list(read.claims)


def test_whoever_is_named_for_a_part_pays_it_alone_and_it_is_new_as_the_whole_is() -> None:
    told = claims_of(
        "Salford to host a photonics centre\n\nThe University of Salford and Brightwell Optics Ltd will open a "
        "photonics centre. The partners will spend £19m, of which the university provides £12m."
    )
    part = next(claim for claim in told if claim.amount and claim.amount.value == 12_000_000)
    assert [party.name for party in part.investors] == ["University of Salford"]
    assert part.role.value == "new"


def test_who_is_given_a_part_does_not_pay_it() -> None:
    told = parts("The Italian government will give 500 million euros, of which Havnord SpA receives 200 million.", language="en")  # fmt: skip
    assert [actor.key for actor in told[200].investors] != ["Havnord SpA"]
