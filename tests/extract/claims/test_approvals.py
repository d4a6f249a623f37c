"""Who only approves a plan does not pay for it."""

import pytest

from documents import scene
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.drafts import build_drafts


def only(text: str, *, language: str) -> Draft:
    (draft,) = build_drafts(scene(text, language=language))[1]
    return draft


@pytest.mark.parametrize(
    ("language", "text", "payer"),
    [
        ("en", "The Flemish government has approved the 750 million euro expansion of Google's data centre in Farciennes.", "Google"),
        ("en", "The Irish government gave Amazon the green light for a 1 billion euro data centre in Dublin.", "Amazon"),
        ("en", "Maharashtra's cabinet cleared a proposal by Lodha to invest 30,000 crore rupees in a data centre park.", "Lodha"),
        ("de", "Die Stadt Frankfurt hat den Bau eines Rechenzentrums von Equinix für 500 Millionen Euro genehmigt.", "Equinix"),
        ("es", "El Gobierno de Aragón ha aprobado la inversión de 2.500 millones de euros de Amazon en Huesca.", "Amazon"),
        ("da", "Viborg Kommune har godkendt Apples datacenter til 6 milliarder kroner.", "Apple"),
        ("ja", "印西市はグーグルの1000億円のデータセンター計画を承認した。", "Google"),
        ("zh", "深圳市政府批准腾讯投资30亿元建设数据中心。", "Tencent"),
    ],
)  # fmt: skip
def test_whose_plan_a_government_approves_pays(language: str, text: str, payer: str) -> None:
    assert [actor.key for actor in only(text, language=language).investors] == [payer]


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("The Dutch government approved a grant of 70 million euros for Nexperia's chip plant.", "Dutch government"),
        ("The Italian government has approved 200 million euros for a supercomputer in Bologna.", "Italian government"),
        ("The European Commission has approved 5 billion euros of German state aid for ESMC's plant.", "German government"),
    ],
)  # fmt: skip
def test_a_government_pays_the_aid_that_it_approves_and_its_own_that_the_union_does(text: str, payer: str) -> None:
    assert [actor.key for actor in only(text, language="en").investors] == [payer]
