from collections.abc import Sequence

import numpy as np

from factory import RATES, claim, tell
from pledgebook.domain import Telling
from pledgebook.reconcile.block import CROWD, WINDOW, distinct, divide, find_pairs, number
from pledgebook.reconcile.nodes import make_nodes
from pledgebook.reconcile.reader import read_facts


def compared(tellings: Sequence[Telling]) -> set[frozenset[str]]:
    """The documents of the pairs that are worth comparing."""
    nodes = make_nodes(read_facts(tellings, RATES))
    told = {int(node): key[0] for node, key in zip(nodes.node, nodes.keys, strict=True)}
    one, other = divide(find_pairs(nodes.facts))
    return {frozenset((told[n], told[m])) for n, m in zip(one.tolist(), other.tolist(), strict=True)}


def one(
    name: str, who: str = "Acme", to: str = "FR", sum_: str | None = "4 bn EUR", on: str | None = "2024-05-13"
) -> list[Telling]:
    return tell(name, "2024-05-14", claim("c", who, to, sum_, on))


def test_tellings_that_share_who_where_and_what_are_compared_in_whatever_currency() -> None:
    assert compared([*one("a"), *one("b", sum_="4.3 bn USD")]) == {frozenset("ab")}
    assert compared([*one("a"), *one("b", sum_=None)]) == {frozenset("ab")}
    assert compared([*one("a"), *one("b", to="", sum_="4.1 bn EUR")]) == {frozenset("ab")}


def test_tellings_that_share_nothing_are_not() -> None:
    assert compared([*one("a"), *one("b", "Bolt", "JP", "9 bn USD", "2021-02-01")]) == set()
    assert compared([*one("a"), *one("b", "Bolt", "JP", "4 bn EUR", "2021-02-01")]) == set()


def test_in_a_crowd_only_neighbours_by_day_are_compared() -> None:
    crowd = [it for n in range(CROWD + 5) for it in one(f"{n:02}", sum_=None, on=f"2024-05-{n + 1:02}")]
    pairs = compared(crowd)
    assert max(int(max(pair)) - int(min(pair)) for pair in pairs) <= WINDOW
    assert frozenset(("00", "01")) in pairs


def test_pairs_are_one_number_whichever_comes_first() -> None:
    here, there = np.array([1, 7]), np.array([5, 2])
    assert number(here, there).tolist() == number(there, here).tolist()
    assert [it.tolist() for it in divide(distinct([number(here, there), number(there, here)]))] == [[1, 2], [5, 7]]
