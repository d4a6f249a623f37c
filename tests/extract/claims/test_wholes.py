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


def test_sums_that_make_up_no_other_stay_with_those_who_pay_them() -> None:
    found = payers(
        "Microsoft will invest 260 million euros in the park in Katowice. Google will invest 40 million euros there. "
        "Microsoft will invest 290 million euros in data centres in Spain."
    )
    assert found[290_000_000] == {"Microsoft"}
