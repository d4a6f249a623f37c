"""Shares of a pledge that are pledges of their own."""

from documents import scene
from pledgebook.domain import Basis
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.drafts import build_drafts


def implied(text: str) -> list[Draft]:
    _, drafts = build_drafts(scene(text))
    return [draft for draft in drafts if draft.amount is not None and draft.amount.basis is Basis.IMPLIED]


def test_a_share_with_its_own_payer_is_a_pledge() -> None:
    (draft,) = implied(
        "Microsoft announced on Monday that it will invest 900 million euros in a data centre in Spain. "
        "The European Investment Bank will pay a third of it."
    )
    assert draft.amount is not None
    assert draft.amount.value == 300_000_000
    assert [actor.key for actor in draft.investors] == ["European Investment Bank"]


def test_a_share_for_a_purpose_is_none() -> None:
    assert not implied(
        "Microsoft announced on Monday that it will invest 900 million euros in a data centre in Spain. "
        "A third of it pays for cooling."
    )


def test_the_rest_in_another_land_is_paid_by_who_pays_the_whole() -> None:
    (draft,) = implied(
        "Microsoft will invest 900 million euros in two data centres, the company announced on Monday. "
        "It will spend 500 million euros in Spain, and the rest in Portugal."
    )
    assert draft.amount is not None
    assert draft.amount.value == 400_000_000
    assert [actor.key for actor in draft.investors] == ["Microsoft"]
    assert [actor.key for actor in draft.destinations] == ["PT"]


def test_as_much_again_is_another_sum() -> None:
    _, drafts = build_drafts(
        scene("Microsoft will invest 36 million euros in AI training in Spain, and Amazon will add the same amount.")
    )
    assert [[actor.key for actor in draft.investors] for draft in drafts] == [["Microsoft"], ["Amazon"]]


def test_each_of_several_pays_a_sum() -> None:
    _, drafts = build_drafts(
        scene("Microsoft and Amazon will each invest 36 million euros in AI training in Spain, they said on Monday.")
    )
    told = [(draft.amount and int(draft.amount.value), [actor.key for actor in draft.investors]) for draft in drafts]
    assert told == [(36_000_000, ["Microsoft"]), (36_000_000, ["Amazon"])]


def test_the_rest_is_not_paid_by_the_land_in_which_the_other_part_lies() -> None:
    (draft,) = implied(
        "Microsoft will invest 900 million euros in two data centres, the company announced on Monday. It will spend "
        "500 million euros in Spain and the rest in Portugal. Madrid will give the University of Granada 8 million euros."
    )
    assert [actor.key for actor in draft.investors] == ["Microsoft"]
