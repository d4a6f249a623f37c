"""Who pays which sum where several parties, parts of sums and other business stand in one text."""

import pytest

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def told(text: str, language: str) -> list[tuple[str, str]]:
    """Who pays each sum, and how much; counts as "20 megawatts"."""
    _, drafts = build_drafts(scene(text, language=language))
    return [
        (
            "+".join(actor.key for actor in draft.investors),
            f"{draft.amount.value:f}"
            if draft.amount
            else " ".join(str(m.deliverable and m.deliverable.count) for m in draft.quantities),
        )
        for draft in drafts
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Redmesa will spend 12 billion dollars on data centres in Texas, 1.5 billion of it this year."),
        (
            "fr",
            "Rougemer dépensera 12 milliards d'euros dans des centres de données à Nancy, dont 1,2 milliard dès cette année.",
        ),
        ("it", "Redmesa spenderà 12 miliardi di euro in data center in Lombardia, di cui 900 milioni già quest'anno."),
    ],
)
def test_a_part_of_a_sum_that_is_nobody_s_is_no_pledge(language: str, text: str) -> None:
    assert [value for _, value in told(text, language)] == ["12000000000"]


def test_a_part_that_was_announced_by_itself_is_one() -> None:
    text = "Google has invested 6 billion euros in Belgium, of which 1 billion euros was announced in April last year."
    assert [value for _, value in told(text, "en")] == ["6000000000", "1000000000"]


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "Microsoft rents computing power worth 3 billion dollars from CoreWeave. CoreWeave invests 1 billion dollars in a data centre in Austin.", "1000000000"),
        ("nl", "Microsoft huurt bij Nebius voor 3 miljard euro aan rekenkracht. Nebius investeert 800 miljoen euro in een datacenter in Lelystad.", "800000000"),
        ("zh", "微软将向阿里巴巴租用价值30亿美元的算力。阿里巴巴将投资10亿美元在杭州建设数据中心。", "1000000000"),
    ],
)  # fmt: skip
def test_computing_power_that_is_rented_is_no_pledge(language: str, text: str, left: str) -> None:
    assert [value for _, value in told(text, language)] == [left]


def test_who_talks_with_a_government_pays() -> None:
    text = "Intel is in talks with the Vietnamese government about a chip plant in Hanoi, for which it would spend 900 million dollars."
    assert told(text, "en") == [("Intel", "900000000")]


def test_a_second_site_elsewhere_is_a_pledge_without_a_sum() -> None:
    text = "Microsoft is building a data centre in Hamburg for 300 million euros. A second one, of 80 megawatts, is planned in Dresden."
    assert told(text, "en") == [("Microsoft", "300000000"), ("Microsoft", "80")]


def test_whoever_was_called_so_pays_without_a_verb() -> None:
    text = "The insurer Alpenschutz and the builder Rotach plan a data centre in Zug. The builder pays 40 million francs, the insurer 90 million."
    assert told(text, "en") == [("Rotach", "40000000"), ("Alpenschutz", "90000000")]


def test_both_who_open_a_lab_pay_for_it() -> None:
    text = "Masaryk University and the company Kvantix are opening a laboratory for artificial intelligence in Brno with 8 million euros."
    payers, value = told(text, "en")[0]
    assert (set(payers.split("+")), value) == ({"Masaryk University", "Kvantix"}, "8000000")
