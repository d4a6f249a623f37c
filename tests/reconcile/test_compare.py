from dataclasses import replace

import pytest

from factory import RATES, amount, claim, ledger, tell
from pledgebook.domain import Claim, Party, PartyKind, Telling
from pledgebook.reconcile.compare import Likeness, liken
from pledgebook.reconcile.pairs import IMPOSSIBLE


def like(one: Telling, other: Telling) -> Likeness:
    return liken(one, other, RATES)


def by(kind: PartyKind, item: Claim, *, wikidata: str | None = None) -> Claim:
    """The same claim, its investors of this kind."""
    return replace(item, investors=tuple(Party(party.name, kind, wikidata) for party in item.investors))


NEWS = tell("a", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", things={"gpus": 25000}))[0]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (claim("c", "Acme", "FR", "4 bn EUR", "2024-05", role="earlier"), True),
        (claim("c", "Acme", "FR", "4 bn EUR", None, role="earlier"), True),
        (claim("c", "Acme", "FR", "4.3 bn USD", "2024-05-13"), True),
        (claim("c", "Acme", "FR", None, "2024-05-13", things={"gpus": 25000}), True),
        (claim("c", ("Acme", "Bolt"), "FR", "4 bn EUR", "2024-05-13"), True),
        (claim("c", "Acme", "", "4 bn EUR", "2024-05-13"), True),
        (claim("c", "Bolt", "FR", "4 bn EUR", "2024-05-13"), False),
        (claim("c", "Acme", "DE", "4 bn EUR", "2024-05-13"), False),
        (claim("c", "Acme", "FR", "4 bn EUR", "2022-05-13"), False),
        (claim("c", "Acme", "FR", "2 bn EUR", "2024-05-13"), False),
        (claim("c", "Acme", "FR", None, None, things={"jobs": 300}), False),
        (claim("c", "Acme", "FR", None, "2024-05-13", recipient="Bolt", places=("Lyon",)), False),
    ],
)
def test_same_pledge(other: object, same: bool) -> None:
    assert like(NEWS, tell("b", "2024-06-01", other)[0]).is_same is same  # type: ignore[arg-type]


def test_score_is_the_sum_of_its_reasons() -> None:
    found = like(NEWS, tell("b", "2024-06-01", claim("c", "Acme", "FR", "4 bn EUR", "2024-05"))[0])
    assert found.score == sum(points for _, points in found.reasons)
    assert ("the same investors", 3.0) in found.reasons


def test_what_cannot_be_is_far_below() -> None:
    assert like(NEWS, tell("b", "2024-06-01", claim("c", "Bolt", "FR", "4 bn EUR"))[0]).score == IMPOSSIBLE


def test_a_ground_breaking_after_the_first_news_is_no_contradiction() -> None:
    early = tell("a", "2024-06-19", claim("c", "Acme", "DE", "at least 10 bn EUR", None, places=("Dresden",)))[0]
    dug = tell("b", "2025-03-14", claim("c", "Acme", "DE", "at least 10 bn EUR", "2024-08", places=("Dresden",)))[0]
    assert like(early, dug).is_same
    much_later = tell("b", "2027-03-14", claim("c", "Acme", "DE", "10 bn EUR", "2027-01"))[0]
    assert not like(early, much_later).is_same


def test_old_news_that_is_dated_by_its_new_report_is_still_the_same() -> None:
    first = tell("a", "2024-05-22", claim("c", "Acme", "ES", "15.7 bn EUR", "2024-05-22", places=("Aragón",)))[0]
    again = claim("c", "Acme", "ES", "15.7 bn EUR", "2025-11-11", places=("Aragón",))
    assert like(first, tell("b", "2025-11-11", again)[0]).is_same
    assert not like(first, tell("b", "2026-11-11", again)[0]).is_same
    round_figure = claim("c", "Acme", "ES", "1 bn EUR", "2025-11-11")
    assert not like(
        tell("a", "2024-05-22", claim("c", "Acme", "ES", "1 bn EUR", "2024-05-22"))[0],
        tell("b", "2025-11-11", round_figure)[0],
    ).is_same


CONSORTIUM = tell("a", "2025-01-22", claim("c", ("Acme", "Bolt", "Cobalt"), "US", "500 bn USD", "2025-01-21"))[0]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (claim("c", ("Acme", "Bolt"), "US", "500 bn USD", "2025-01-21"), True),
        (claim("c", "Bolt", "US", "500 bn USD", "2025-01", role="earlier"), True),
        (claim("c", ("Acme", "Bolt", "Cobalt", "Dorn"), "US", "up to 500 bn USD", "2025-01-21"), True),
        (claim("c", ("Acme", "Bolt"), "US", "100 bn USD", "2025-01-21"), False),
        (by(PartyKind.ORGANISATION, claim("c", "Moonshot", "US", "500 bn USD", "2025-01-21")), True),
        (by(PartyKind.ORGANISATION, claim("c", "Moonshot", "US", "5 bn USD", "2025-01-21")), False),
        (by(PartyKind.GOVERNMENT, claim("c", "US government", "US", "500 bn USD", "2025-01-21")), True),
        (claim("c", "Zenith", "US", "500 bn USD", "2025-01-21"), False),
    ],
)
def test_a_consortium_its_parts_and_its_project(other: Claim, same: bool) -> None:
    assert like(CONSORTIUM, tell("b", "2025-01-23", other)[0]).is_same is same


def test_a_country_from_the_wrong_words_is_outweighed_by_a_telling_figure_only() -> None:
    right = tell("a", "2024-06-03", claim("c", "Acme", "SE", "33.7 bn SEK", "2024-06-03", purposes="cloud"))[0]
    assert like(
        right, tell("b", "2026-02-06", claim("c", "Acme", "DK", "33.7 bn SEK", "2024-06", purposes="cloud"))[0]
    ).is_same
    round_figure = tell("a", "2024-06-03", claim("c", "Acme", "SE", "30 bn SEK", "2024-06-03", purposes="cloud"))[0]
    other = tell("b", "2024-06-03", claim("c", "Acme", "DK", "30 bn SEK", "2024-06-03", purposes="cloud"))[0]
    assert like(round_figure, other).score == IMPOSSIBLE


SAME_SUM = {
    "two countries": (("IT", {}), ("ES", {}), False),
    "one of them unnamed": (("IT", {}), ("", {}), True),
    "the region of both": (("IT", {}), ("EU", {}), True),
    "two countries, one place": (("IT", {"places": ("Turin",)}), ("ES", {"places": ("Turin",)}), True),
    "two countries, one recipient": (("IT", {"recipient": "Bolt"}), ("ES", {"recipient": "Bolt"}), True),
}


@pytest.mark.parametrize("sum_", ["2 bn EUR", "2.1 bn EUR", "2.15 bn USD", "23 bn SEK"])
@pytest.mark.parametrize("case", sorted(SAME_SUM))
def test_one_sum_for_two_countries_on_one_day_is_two_pledges(case: str, sum_: str) -> None:
    (country, more), (other, other_more), is_same = SAME_SUM[case]
    here = tell("a", "2024-05-13", claim("c", "Acme", country, sum_, "2024-05-13", **more))[0]
    there = tell("b", "2024-05-13", claim("c", "Acme", other, sum_, "2024-05-13", **other_more))[0]
    if sum_ == "2 bn EUR" and country and other not in ("", "EU"):
        # A round figure says too little, whatever else agrees.
        is_same = False
    assert like(here, there).is_same is is_same


def test_one_sum_for_two_countries_stays_two_pledges_beside_a_report_that_names_none() -> None:
    italy, spain = (
        tell(name, "2024-05-13", claim("c", "Acme", name, "2.1 bn EUR", "2024-05-13")) for name in ("IT", "ES")
    )
    book = ledger(italy, spain, tell("none", "2024-05-13", claim("c", "Acme", "", "2.1 bn EUR", "2024-05-13")))
    assert not book.same(("IT", "c"), ("ES", "c"))
    assert book.bn("EUR") == 4.2


def test_whoever_receives_may_be_told_as_the_investor() -> None:
    given = tell("a", "2024-05-31", claim("c", "State", "IT", "2.2 bn EUR", "2024-05-31", recipient="Acme"))[0]
    taken = tell("b", "2024-06-03", claim("c", "Acme", "IT", "2.2 bn EUR", "2024-05-31"))[0]
    assert like(given, taken).is_same


def test_a_name_with_a_word_before_it() -> None:
    one = tell("a", "2025-01-23", claim("c", "Acme Markets", "FI", "1.2 bn EUR", "2025-01-23"))[0]
    assert like(one, tell("b", "2025-01-24", claim("c", "Britain's Acme Markets", "FI", "1.2 bn EUR"))[0]).is_same
    assert not like(one, tell("b", "2025-01-24", claim("c", "Acme", "FI", "1.2 bn EUR"))[0]).is_same


def test_the_report_of_what_has_begun_names_no_day_of_announcement() -> None:
    first = tell("a", "2023-06-19", claim("c", "Acme", "DE", "30 bn EUR", "2023-06-19", places=("Town",)))[0]
    stopped = claim("c", "Acme", "DE", "30 bn EUR", "2025-07-24", stage="cancelled", places=("Town",))
    found = like(first, tell("b", "2025-07-25", stopped)[0])
    assert found.is_same
    assert not any(reason.startswith("announced") for reason, _ in found.reasons)


def test_undated_pages_are_compared_by_their_figures() -> None:
    undated = tell("a", None, claim("c", "Acme", "ES", "2.1 bn USD"))
    dated = tell("b", "2024-05-22", claim("c", "Acme", "ES", "2.1 bn USD", "2024-02", role="earlier"))
    assert ledger(undated, dated).same(("a", "c"), ("b", "c"))


def test_a_sum_as_large_as_few_outweighs_a_country_taken_from_the_wrong_words() -> None:
    investors = ("Acme", "Bolt", "Cobalt")
    here = tell("a", "2025-01-22", claim("c", investors, "US", "500 bn USD", "2025-01-21"))[0]
    there = tell("b", "2025-02-02", claim("c", investors, "FR", "500 bn USD", "2025-01-21"))[0]
    assert liken(here, there, RATES).is_same
    small = [replace(it, claim=replace(it.claim, amount=amount("5 bn USD"))) for it in (here, there)]
    assert not liken(*small, RATES).is_same


def named(name: str, wikidata: str | None, document: str, sum_: str = "4 bn EUR") -> list[Telling]:
    item = by(PartyKind.COMPANY, claim("c", name, "FR", sum_, "2024-05-13"), wikidata=wikidata)
    return tell(document, "2024-05-14", item)


def test_one_investor_by_two_names_is_known_by_its_id() -> None:
    assert ledger(named("Acme", "Q1", "a"), named("Acme Holding SE", "Q1", "b", "4.3 bn USD")).same(
        ("a", "c"), ("b", "c")
    )
    assert not ledger(named("Acme", "Q1", "a"), named("Bolt", "Q2", "b")).same(("a", "c"), ("b", "c"))
    assert ledger(named("Acme", "Q1", "a"), named("Acme", None, "b")).same(("a", "c"), ("b", "c"))


def test_two_equal_sums_of_one_day_that_somebody_tells_apart_stay_two_pledges() -> None:
    day = "2024-05-13"
    here, there = (claim(to, "Acme", to, "3.2 bn EUR", day) for to in ("FR", "DE"))
    book = ledger(tell("a", day, here), tell("b", day, there), tell("both", day, here, there))
    assert len(book.pledges) == 2
    assert book.same(("a", "FR"), ("both", "FR"))
    assert book.same(("b", "DE"), ("both", "DE"))


def test_a_telling_without_an_investor_unites_no_two_investors() -> None:
    day = "2024-05-13"
    whose = {"a": "Acme", "b": "Bolt", "nobody": ()}
    book = ledger(*(tell(name, day, claim("c", who, "FR", "4.2 bn EUR", day)) for name, who in whose.items()))
    assert not book.same(("a", "c"), ("b", "c"))
    assert len(book.pledges) == 2


def test_a_total_and_its_parts_told_by_other_outlets_count_once() -> None:
    day = "2024-05-13"
    whole = claim("t", "Acme", "FR", "10 bn EUR", day, role="total", total_of="p q")
    parts = [
        claim("p", "Acme", "FR", "4 bn EUR", day, part_of="t"),
        claim("q", "Acme", "FR", "6 bn EUR", day, part_of="t"),
    ]
    others = [
        tell(f"other-{n}", day, claim("c", "Acme", "FR", sum_, day))
        for n, sum_ in enumerate(("10 bn EUR", "4 bn EUR", "6 bn EUR"))
    ]
    book = ledger(tell("a", day, whole, *parts), *others)
    assert len(book.pledges) == 3
    assert book.bn("EUR") == 10
