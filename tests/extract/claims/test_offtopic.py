"""Sums in the company of fines and profits, and of nothing that is a pledge."""

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.extract.claims.features import pledge_features
from pledgebook.extract.claims.offtopic import off_topic_features

FINED = "Larkfield must pay 40 million euros\n\nThe court confirmed the fine of 40 million euros for Larkfield."


def test_a_headline_is_read_with_what_the_text_tells_of_its_sum() -> None:
    here = scene(FINED, title="Larkfield must pay 40 million euros")
    headline = set(off_topic_features(here, here.money[0]))
    assert {"never:again", "never:again:alone", "never:all:alone"} <= headline
    assert "never:S" not in headline
    assert "never:S:alone" in set(off_topic_features(here, here.money[1]))


def test_a_profit_beside_an_investment_is_in_the_company_of_one() -> None:
    here = scene("Larkfield, with a profit of 40 million euros, will invest 2 billion euros in Spain.")
    profit, plan = (set(off_topic_features(here, mention)) for mention in here.money)
    assert {"never:S:pledging", "never:C:alone"} <= profit
    assert "never:S:pledging" in plan
    assert "never:C" not in plan


def test_whether_a_sum_is_a_pledge_is_not_asked_of_the_sentence_before() -> None:
    here = scene("The summit was postponed. Larkfield will invest 2 billion euros in Spain.")
    assert not [feature for feature in pledge_features(here, here.money[0]) if feature.startswith(("prev:", "doc-"))]


def test_a_take_over_is_no_pledge_in_german() -> None:
    text = (
        "Meta übernimmt Manus für zwei Milliarden Dollar\n\nMenlo Park. Der Konzern Meta kauft das KI-Start-up Manus. "
        "Der Kaufpreis liegt laut Berichten bei mehr als zwei Milliarden Dollar."
    )
    assert build_drafts(scene(text, language="de"))[1] == []
