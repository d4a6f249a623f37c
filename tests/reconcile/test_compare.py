import pytest

from factory import RATES, claim, tell
from pledgebook.domain import Telling
from pledgebook.reconcile.compare import IMPOSSIBLE, Likeness, compare
from pledgebook.reconcile.facts import read_facts


def like(one: Telling, other: Telling) -> Likeness:
    return compare(read_facts(one, RATES), read_facts(other, RATES))


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
