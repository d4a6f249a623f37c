"""The usual totals, added to and taken from, are those of the lines that are left."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from factory import RATES
from pledgebook.domain import Telling
from pledgebook.flow.usual import GROUPED, USUAL, Usual, flows_of
from pledgebook.ledger import entries
from pledgebook.ledger.figures import Figure, figures
from pledgebook.ledger.grouping import sharing
from pledgebook.ledger.totals import add_up
from pledgebook.reconcile import reconcile
from worlds import worlds


def lot(world: list[list[Telling]], name: str) -> list[Figure]:
    """The figures of a world that stands for itself, whatever others there are."""
    told = [replace(it, document=f"{name}-{it.document}") for document in world for it in document]
    lines = entries(reconcile(told, rates=RATES), as_of=None, rates=RATES, currency="USD")
    shares = {by: sharing(by) for by in GROUPED}
    return list(figures(lines, among=lines, currency="USD", rates=RATES, shares=shares))


@given(st.lists(worlds(most=3), min_size=1, max_size=3), st.data())
def test_what_is_taken_away_leaves_nothing_behind(several: list[Any], data: st.DataObject) -> None:
    usual, there = Usual("USD"), dict[str, list[Figure]]()
    for n, world in enumerate(several):
        there[str(n)] = lot(world, str(n))
        usual.add(there[str(n)])
        if data.draw(st.booleans()):
            usual.take(there.pop(data.draw(st.sampled_from(sorted(there)))))
    left = sorted((it for some in there.values() for it in some), key=lambda it: it.line)
    for by in USUAL:
        rows = add_up(left, currency="USD", by=by)
        assert usual.tallies(by) == tuple(replace(row, included=(), excluded=()) for row in rows)
    flows: dict[tuple[str, str], Any] = {}
    for figure in left:
        for pair, value in flows_of(figure):
            flows[pair] = flows.get(pair, 0) + value
    assert usual.flows() == flows
