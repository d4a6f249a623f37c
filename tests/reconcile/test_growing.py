"""What is told bit by bit gives the pledges that all of it gives, in any order and whatever people decide."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from factory import RATES, claim, tell
from pledgebook.domain import Decision, DecisionKind, Telling
from pledgebook.reconcile import reconcile
from pledgebook.reconcile.growing import Growing
from worlds import worlds

World = list[list[Telling]]
AT = datetime(2026, 1, 1, tzinfo=UTC)


def decision(kind: DecisionKind, one: Telling, other: Telling) -> Decision:
    subjects = (one.key,) if kind is DecisionKind.REJECT else (one.key, other.key)
    return Decision("d", kind, subjects, "Ada", AT, "looked it up")


@settings(max_examples=60)
@given(worlds(), st.randoms(use_true_random=False), st.data())
def test_document_by_document_in_any_order(world: World, chance: object, data: st.DataObject) -> None:
    chance.shuffle(world)  # type: ignore[attr-defined]
    growing, told = Growing(RATES), list[Telling]()
    for document in world:
        told = [*told, *document]
        assert growing.pledges(told) == reconcile(told, rates=RATES)
    # People decide, then a document is erased.
    kind = data.draw(st.sampled_from((DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.REJECT)))
    ruled = [decision(kind, told[0], told[-1])] if told[0].key != told[-1].key else []
    assert growing.pledges(told, decisions=ruled) == reconcile(told, decisions=ruled, rates=RATES)
    left = [it for document in world[1:] for it in document]
    assert growing.pledges(left) == reconcile(left, rates=RATES)


@given(worlds())
def test_a_story_that_turns_out_to_be_a_copy_is_heard_so(world: World) -> None:
    told = [it for document in world for it in document]
    growing = Growing(RATES)
    growing.pledges(told)
    copied = [replace(it, voice="one and the same") for it in told]
    assert growing.pledges(copied) == reconcile(copied, rates=RATES)


def test_a_pledge_far_away_is_not_worked_out_again() -> None:
    one = tell("one", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13"))
    far = tell("far", "2024-05-13", claim("c", "Bolt", "JP", "9 bn USD", "2024-05-13"))
    more = tell("two", "2024-05-14", claim("c", "Acme", "FR", "4.3 bn USD", "2024-05-13"))
    growing = Growing(RATES)
    before = {it.id: it for it in growing.pledges([*one, *far])}
    after = {it.id: it for it in growing.pledges([*one, *far, *more])}
    same = [pledge_id for pledge_id in before if after[pledge_id] is before[pledge_id]]
    assert [before[pledge_id].investors[0].name for pledge_id in same] == ["Bolt"]
