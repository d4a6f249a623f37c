"""What ties a figure to an actor: told in parts, nothing twice, and the same for all who are not named beside it."""

import pytest

from documents import scene
from pledgebook.extract.claims.actors import find_countries, find_parties
from pledgebook.extract.claims.lands import Payment
from pledgebook.extract.claims.linking import link_features, tell
from pledgebook.extract.claims.rivals import rivals_of

TEXTS = (
    (
        "Northgrid and Bluefern to invest 5 billion euros in Spain\n\n"
        "Northgrid will invest 3 billion euros, Bluefern 2 billion euros, both said on Monday. Besides Redwood's plans the "
        "Spanish government adds 400 million euros, Portugal 100 million euros.\n\n"
        "Portugal. In Sines the company will build a data centre for 900 million euros, together with Oakfield."
    ),
    "Investor | Country | Sum\nNorthgrid | Spain | 2 billion euros\nBluefern | Portugal | 3 billion euros",
)
PAYMENT = Payment(("ES", ""), ("Northgrid",), paid="Oakfield", paid_home="ES")


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_told_twice(text: str) -> None:
    found = scene(text)
    asked = 0
    for actors, payment in ((find_parties(found), None), (find_countries(found), PAYMENT)):
        rivals = rivals_of(actors)
        for actor in actors:
            for mention in found.money:
                told = link_features(found, mention, actor, rivals, payment=payment)
                assert len(told) == len(set(told))
                asked += 1
    assert asked


@pytest.mark.parametrize("text", TEXTS)
def test_to_whom_is_not_named_in_a_sentence_all_its_figures_stand_alike(text: str) -> None:
    found = scene(text)
    parties = find_parties(found)
    rivals = rivals_of(parties)
    for actor in parties:
        elsewhere: dict[int, set[object]] = {}
        for mention in found.money:
            sentence = found.sentence_at(mention.span.start)
            if all(anchor.sentence != sentence for anchor in actor.anchors):
                told = tell(found, mention, sentence, actor, rivals, (), None)
                elsewhere.setdefault(sentence, set()).add(told)
        assert all(len(different) == 1 for different in elsewhere.values())
