"""One more document gives the book that all documents together give."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from factory import RATES, claim, tell
from pledgebook.domain import Telling
from pledgebook.reconcile.group import Group, group
from pledgebook.reconcile.index import Index
from worlds import worlds


def in_order(groups: object) -> list[Group]:
    return sorted(groups, key=lambda it: it.keys)  # type: ignore[call-overload, no-any-return]


@settings(max_examples=60)
@given(worlds(), st.integers(0, 5))
def test_adding_documents_gives_what_all_of_them_give(world: list[list[Telling]], known: int) -> None:
    index = Index([telling for document in world[:known] for telling in document], RATES)
    for document in world[known:]:
        index.add(document)
    everything = [telling for document in world for telling in document]
    assert in_order(index.groups()) == in_order(group(everything, RATES))


@settings(max_examples=30)
@given(worlds(), st.integers(0, 5))
def test_so_does_one_about_an_investor_that_is_told_by_several_names(world: list[list[Telling]], known: int) -> None:
    ids = {"Acme": "Q1", "Bolt": "Q1", "Cobalt": "Q2"}
    tellings = [
        replace(
            it, claim=replace(it.claim, investors=tuple(replace(who, id=ids[who.name]) for who in it.claim.investors))
        )
        for document in world
        for it in document
    ]
    index = Index(tellings[:known], RATES)
    for it in tellings[known:]:
        index.add([it])
    assert in_order(index.groups()) == in_order(group(tellings, RATES))


@settings(max_examples=10)
@given(st.data())
def test_crowds_grow_as_they_do_at_once(data: st.DataObject) -> None:
    tellings = [
        tell(
            f"d{n:02}",
            None,
            claim("c", "Acme", "FR", f"{data.draw(st.integers(10, 14))} bn EUR", f"2024-{month:02}-11"),
        )
        for n, month in enumerate(data.draw(st.lists(st.integers(1, 6), min_size=14, max_size=40)))
    ]
    index = Index([it for document in tellings[:12] for it in document], RATES)
    for document in tellings[12:]:
        index.add(document)
    assert in_order(index.groups()) == in_order(group([it for document in tellings for it in document], RATES))


def test_what_changes_is_told_and_nothing_else() -> None:
    one = tell("one", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13"))
    far = tell("far", "2024-05-13", claim("c", "Bolt", "JP", "9 bn USD", "2024-05-13"))
    index = Index([*one, *far], RATES)
    changed = index.add(tell("two", "2024-05-14", claim("c", "Acme", "FR", "4.3 bn USD", "2024-05-13")))
    assert [it.keys for it in changed.groups] == [(("one", "c"), ("two", "c"))]
    assert changed.gone == ((("one", "c"),),)
    assert index.add(one).groups == ()
    alone = index.add(tell("three", "2024-05-14", claim("c", "Cobalt", "SE", "7 bn SEK", "2020-05-13")))
    assert ([it.keys for it in alone.groups], alone.gone) == ([(("three", "c"),)], ())
