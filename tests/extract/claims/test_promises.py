"""A plain sentence promises a count without a sum, in a document that tells of no sum at all."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def promised(text: str, *, language: str = "en") -> list[tuple[list[str], set[tuple[str, int]]]]:
    found = []
    for draft in build_drafts(scene(text, language=language))[1]:
        counts = {(m.deliverable.kind.value, int(m.deliverable.count)) for m in draft.quantities if m.deliverable}
        found.append(([actor.key for actor in draft.investors], counts))
    return found


@pytest.mark.parametrize(
    ("language", "text", "payer", "count"),
    [
        ("en", "Vantage will build a 48 MW data centre in Warsaw, Poland.", "Vantage Data Centers", ("megawatts", 48)),
        ("en", "Nokia will create 500 jobs in Oulu, Finland, with a new chip centre.", "Nokia", ("jobs", 500)),
        ("de", "Vantage baut in Frankfurt ein Rechenzentrum mit 48 MW.", "Vantage Data Centers", ("megawatts", 48)),
        ("es", "Vantage construirá un centro de datos de 48 MW en Madrid, España.", "Vantage Data Centers", ("megawatts", 48)),
        ("ja", "三井不動産は東京都日野市に100メガワットのデータセンターを建設する。", "Mitsui Fudosan", ("megawatts", 100)),
    ],
)  # fmt: skip
def test_who_what_and_where_make_a_promise(language: str, text: str, payer: str, count: tuple[str, int]) -> None:
    ((payers, counts),) = promised(text, language=language)
    assert payers == [payer]
    assert count in counts


@pytest.mark.parametrize(
    "text",
    [
        "Intel employs 4,900 people in Leixlip, Ireland.",
        "The club expects 500 jobs at the stadium in Oulu.",
        "Nokia will cut 500 jobs in Oulu, Finland.",
        "Vantage cancelled a 48 MW data centre that it planned to build in Warsaw, Poland.",
    ],
)
def test_what_there_is_or_will_not_be_is_none(text: str) -> None:
    assert promised(text) == []


def test_the_first_phase_of_a_promise_is_no_promise_of_its_own() -> None:
    ((_, counts),) = promised(
        "Khazna will build a 100 megawatt data centre in Ankara, Türkiye; the first 50 megawatts come in 18 months."
    )
    assert ("megawatts", 100) in counts
    assert ("megawatts", 50) not in counts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Microsoft will build a data centre in Leeds. The cost is 58 million euros."),
        ("de", "Microsoft baut in Kassel ein Rechenzentrum. Die Kosten liegen bei 58 Millionen Euro."),
        ("es", "Microsoft construirá un centro de datos en Zaragoza. Costará 58 millones de euros."),
        ("it", "Microsoft costruirà un data center a Verona. Il conto: 58 milioni di euro."),
        ("ro", "Microsoft va construi un centru de date la Cluj. Costul este de 58 de milioane de euro."),
        ("nl", "Microsoft bouwt een datacenter in Breda. De kosten bedragen 58 miljoen euro."),
    ],
)
def test_the_next_sentence_tells_what_it_costs(language: str, text: str) -> None:
    (draft,) = build_drafts(scene(text, language=language))[1]
    assert draft.amount is not None
    assert (int(draft.amount.value), [actor.key for actor in draft.investors]) == (58_000_000, ["Microsoft"])


def test_a_cost_of_something_else_is_no_pledge() -> None:
    assert promised("Microsoft has an office in Leeds. The cost of the strike is 58 million euros.") == []
