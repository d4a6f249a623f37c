"""How a sum stands among the other sums of its document."""

from documents import scene
from pledgebook.extract.claims.clauses import clause_of
from pledgebook.extract.claims.features import figure_features
from pledgebook.extract.claims.standing import standing_features

TEXT = (
    "Larkfield puts 2 billion euros into Spain\n\n"
    "Larkfield will invest 2 billion euros in Spain. Its profit was 30 million euros, it said. "
    "The campus in Toledo takes 2 billion euros."
)


def test_the_largest_sum_is_told_from_those_beside_it() -> None:
    here = scene(TEXT, title="Larkfield puts 2 billion euros into Spain")
    two, thirty = here.money[1], here.money[2]
    assert {"largest", "ratio:1", "again:3", "first-sum"} <= set(standing_features(here, two))
    assert {"second", "ratio:0.01", "again:1", "later-sum", "other-in-title"} <= set(standing_features(here, thirty))


def test_a_lone_sum_is_the_only_one() -> None:
    here = scene("Larkfield will invest 2 billion euros in Spain.")
    assert {"only-sum", "largest", "no-title-sum"} <= set(standing_features(here, here.money[0]))


def test_what_stands_behind_a_comma_is_another_clause() -> None:
    here = scene("Its plant, which cost 30 million euros, was never opened.")
    sentence = here.sentences[0].span
    assert clause_of(here, here.money[0].span, sentence).of(here.text).strip() == "which cost 30 million euros"
    told = set(figure_features(here, here.money[0]))
    assert "C:cost" in told
    assert "C:complete" not in told
    assert "S:complete" in told
