"""Whose turn it is where a sentence tells several sums of several parties."""

import pytest

from documents import scene
from pledgebook.extract.claims.actors import find_parties
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.extract.claims.rivals import rivals_of
from pledgebook.extract.claims.turns import turn_features

IN_TURN = "Amazon puts 6 billion euros into France, Microsoft 4 billion euros and Oracle 2 billion euros."
BEHIND = "France gets 6 billion euros from Amazon, 4 billion euros from Microsoft and 2 billion euros from Oracle."


def turns(text: str) -> dict[str, list[str | None]]:
    """For each sum of the first sentence what is told of Amazon, Microsoft and Oracle."""
    found = scene(text)
    actors = find_parties(found)
    rivals, told = rivals_of(actors), {}
    for mention in found.money:
        of = {actor.key: turn_features(found, mention.span, actor, rivals, 0) for actor in actors}
        told[mention.span.of(found.text)] = [
            next(iter(of[key]), None) for key in ("Amazon", "Microsoft", "Oracle") if key in of
        ]
    return told


@pytest.mark.parametrize("text", [IN_TURN, BEHIND])
def test_each_sum_is_of_whom_it_stands_beside(text: str) -> None:
    own, other = "pair-own", "pair-other"
    assert list(turns(text).values()) == [[own, other, other], [other, own, other], [other, other, own]]


def test_those_of_one_list_share_their_turn() -> None:
    told = turns("Amazon and Microsoft spend 6 billion euros in Spain, Oracle 2 billion euros.")
    assert list(told.values()) == [["pair-own", "pair-own", "pair-other"], ["pair-other", "pair-other", "pair-own"]]


def test_a_sum_of_nobody_in_particular_has_no_turn() -> None:
    told = turns("Of 12 billion euros Amazon brings 6 billion euros, Oracle 2 billion euros.")
    assert told["12 billion euros"] == ["pair-none-l", "pair-none-l"]


def test_one_sum_is_nobodys_turn() -> None:
    assert turns("Amazon, Microsoft and Oracle spend 6 billion euros in Spain.") == {"6 billion euros": [None] * 3}


def test_the_company_has_its_turn_where_it_opens_a_sentence() -> None:
    text = (
        "Bosch eröffnet ein Labor in Kassel. Das Unternehmen zahlt 9 Millionen Euro, das Land Hessen 3 Millionen, "
        "die Stadt Kassel 2 Millionen."
    )
    _, drafts = build_drafts(scene(text, language="de"))
    assert [[actor.key for actor in draft.investors] for draft in drafts] == [
        ["Bosch"],
        ["Government of Hesse"],
        ["City of Kassel"],
    ]
