"""A sum that others make up is paid by all who pay them."""

from documents import scene
from pledgebook.extract.claims.drafts import build_drafts


def payers(text: str) -> dict[int, set[str]]:
    drafts = build_drafts(scene(text))[1]
    return {int(draft.amount.value): {a.key for a in draft.investors} for draft in drafts if draft.amount is not None}


def test_all_who_pay_the_parts_pay_the_whole() -> None:
    found = payers(
        "Microsoft will invest 260 million euros in the park in Katowice. Google will invest 30 million euros there. "
        "The total investment in the data centres is 290 million euros, Microsoft said."
    )
    assert found[290_000_000] == {"Microsoft", "Google"}


def test_who_is_given_a_sum_is_given_what_each_of_its_payers_pays() -> None:
    text = "Nebius haalt 300 miljoen euro op bij APG en Rabobank. APG steekt er 200 miljoen in, Rabobank 100 miljoen."
    drafts = build_drafts(scene(text, language="nl"))[1]
    assert [draft.recipient.key if draft.recipient else None for draft in drafts] == ["Nebius"] * 3
    assert [{actor.key for actor in draft.investors} for draft in drafts] == [
        {"APG", "Rabobank"},
        {"APG"},
        {"Rabobank"},
    ]


def test_sums_that_make_up_no_other_stay_with_those_who_pay_them() -> None:
    found = payers(
        "Microsoft will invest 260 million euros in the park in Katowice. Google will invest 40 million euros there. "
        "Microsoft will invest 290 million euros in data centres in Spain."
    )
    assert found[290_000_000] == {"Microsoft"}


def test_what_is_left_of_a_whole_may_be_told_far_from_it() -> None:
    found = payers(
        "The programme in Senegal will cost 84 million euros. The World Bank gives 40 million euros. "
        "Orange lends 15 million euros and Google 12 million euros. The rest is paid by the government of Senegal."
    )
    assert found[84_000_000] == {"World Bank", "Orange", "Google", "Senegalese government"}
