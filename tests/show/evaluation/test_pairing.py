from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from factory import claim
from pledgebook.show.evaluation.pairing import Comparison, _assign, pair_claims


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=n, max_size=n)
    )
)
def test_the_assignment_costs_least(costs: Any) -> None:
    found = _assign(len(costs), 5, lambda row, column: float(costs[row][column]))
    assert sorted(row for row, _ in found) == list(range(len(costs)))
    assert len({column for _, column in found}) == len(costs)
    best = min(
        sum(costs[row][column] for row, column in enumerate(order)) for order in permutations(range(5), len(costs))
    )
    assert sum(costs[row][column] for row, column in found) == best


def test_strict_wants_investors_place_or_recipient_and_amount() -> None:
    gold = claim("g", "Acme", "ES", "3 bn EUR", recipient="Lab")
    assert Comparison(gold, claim("p", "Acme Inc", "ES", "3.01 bn EUR"), {}).is_strict
    assert Comparison(gold, claim("p", "Acme", "FR", "3 bn EUR", recipient="Lab"), {}).is_strict
    assert not Comparison(gold, claim("p", "Acme", "FR", "3 bn EUR"), {}).is_strict
    assert not Comparison(gold, claim("p", "Acme", "ES", "3 bn USD"), {}).is_strict
    assert not Comparison(gold, claim("p", "Acme", "ES"), {}).is_strict
    assert not Comparison(gold, claim("p", ["Acme", "Bolt"], "ES", "3 bn EUR"), {}).is_strict
    assert Comparison(gold, claim("p", "Acme Holdco", "ES", "3 bn EUR"), {"Acme Holdco": "Acme"}).is_strict


def test_pairs_that_agree_in_nothing_are_no_pairs() -> None:
    assert pair_claims([claim("g", "Acme", "ES", "3 bn EUR")], [claim("p", "Bolt", "FR", "9 bn USD")], [{}]) == []


def test_more_gold_than_told() -> None:
    gold = [claim("a", "Acme", "ES", "3 bn EUR"), claim("b", "Bolt", "FR", "9 bn USD")]
    assert pair_claims(gold, [claim("p", "Bolt", "FR", "9 bn USD")], [{}, {}]) == [(1, 0)]
