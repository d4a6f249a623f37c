"""Sums that are told together, each somebody's own."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def payers(text: str, *, language: str) -> dict[int, list[str]]:
    drafts = build_drafts(scene(text, language=language))[1]
    return {int(d.amount.value) // 10**6: [a.key for a in d.investors] for d in drafts if d.amount is not None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Microsoft and SAP will invest 40 million euros and 8 million euros in a data centre in Walldorf."),
        ("fr", "Microsoft et SAP mettront 40 millions et 8 millions d'euros dans le centre de données de Brest."),
        ("de", "Microsoft und SAP investieren 40 Millionen und 8 Millionen Euro in ein Rechenzentrum in Walldorf."),
    ],
)
def test_two_sums_that_only_and_joins_are_those_of_two_who_pay(language: str, text: str) -> None:
    assert payers(text, language=language) == {40: ["Microsoft"], 8: ["SAP"]}


def test_two_sums_of_one_who_pays_are_both_its_own() -> None:
    text = "Microsoft will invest 40 million euros and 8 million euros in France and Spain."
    drafts = build_drafts(scene(text, language="en"))[1]
    assert [([a.key for a in d.investors], [a.key for a in d.destinations]) for d in drafts] == [
        (["Microsoft"], ["FR"]),
        (["Microsoft"], ["ES"]),
    ]
