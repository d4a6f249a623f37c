"""Sums that a document tells several times."""

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def test_a_headline_tells_what_the_text_tells_again() -> None:
    found = scene(
        "Northgrid and Bluefern present $500 billion Polestar venture\n\n"
        "WASHINGTON, Jan. 22, 2025 - A new company called Polestar intends to invest $500 billion in data centers in the "
        "United States over four years, it said on Tuesday.\n\nNorthgrid and Bluefern will pay."
    )
    _, drafts = build_drafts(found)
    assert [len(draft.figures) for draft in drafts] == [2]


def test_two_that_pledge_the_same_are_two() -> None:
    found = scene(
        "Amazon will invest 6 billion euros in data centres in France. "
        "Microsoft will invest 6 billion euros in data centres in Spain."
    )
    _, drafts = build_drafts(found)
    assert [len(draft.figures) for draft in drafts] == [1, 1]


def test_a_heading_is_told_again_whichever_lands_it_names() -> None:
    found = scene(
        "Northern summit: the first day\n\n"
        "Microsoft confirms 7 billion euros, Spain waits\n\n"
        "MADRID, 3 March 2025 - On its first day the meeting heard many speeches, and at last some figures.\n\n"
        "Microsoft will invest 7 billion euros in data centres in Portugal by 2029, the company announced on Monday."
    )
    _, drafts = build_drafts(found)
    assert [len(draft.figures) for draft in drafts] == [2]


def test_a_sum_that_is_led_back_to_is_the_one_told_before() -> None:
    found = scene(
        "Amazon will invest 640 million euros in a data centre in Latvia, it announced on Monday.\n\n"
        "The European Investment Bank lends 150 million euros. Its loan is part of the 640 million euros in Latvia."
    )
    _, drafts = build_drafts(found)
    assert [len(draft.figures) for draft in drafts] == [2, 1]


def test_as_much_again_merges_with_nothing() -> None:
    found = scene("Amazon will invest 640 million euros in a data centre in Latvia, and Latvia adds the same amount.")
    _, drafts = build_drafts(found)
    assert all(len(draft.figures) == 1 for draft in drafts)


def test_an_equal_sum_of_two_payers_in_one_sentence_is_two_sums() -> None:
    found = scene(
        "A plant is planned.\n\nMicrosoft will invest 322 million euros in the plant in Spain, "
        "while Amazon will invest 322 million euros in it."
    )
    _, drafts = build_drafts(found)
    assert [[actor.key for actor in draft.investors] for draft in drafts] == [["Microsoft"], ["Amazon"]]
