"""What holds of every book, whatever the documents say."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from factory import RATES, claim, ledger, tell
from pledgebook.domain import Decision, DecisionKind, Pledge, Telling
from pledgebook.ledger import totals
from pledgebook.reconcile import reconcile
from pledgebook.reconcile.compare import liken, liken_pairs, score_pairs
from pledgebook.reconcile.reader import read_facts
from worlds import worlds

World = list[list[Telling]]


def flat(world: World) -> list[Telling]:
    return [telling for document in world for telling in document]


@given(worlds(), st.randoms(use_true_random=False))
def test_order_and_repeats_change_nothing(world: World, chance: object) -> None:
    tellings = flat(world)
    shuffled = [*tellings, *tellings[::2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reconcile(shuffled, rates=RATES) == reconcile(tellings, rates=RATES)


@given(worlds())
def test_likeness_is_symmetric(world: World) -> None:
    facts = read_facts(flat(world), RATES).facts
    one, other = (side.ravel() for side in np.meshgrid(np.arange(len(facts)), np.arange(len(facts))))
    assert score_pairs(facts, one, other).tolist() == score_pairs(facts, other, one).tolist()
    assert liken_pairs(facts, one, other) == liken_pairs(facts, other, one)
    first, last = flat(world)[0], flat(world)[-1]
    assert liken(first, last, RATES) == liken(last, first, RATES)


# What of a pledge follows from its tellings, and not from who they are.
VALUES = (
    "investors", "recipient", "destinations", "places", "amount", "deliverables", "purposes", "announced", "term",
    "stage", "role", "voices", "confirmed", "sureness",
)  # fmt: skip


def values(pledges: Iterable[Pledge], names: Mapping[str, str]) -> dict[frozenset[tuple[str, str]], list[object]]:
    """What is said of each pledge, by its tellings under these names."""
    found = {}
    for pledge in pledges:
        home = frozenset((names.get(it.document, it.document), it.claim.id) for it in pledge.tellings)
        told = [(it.name, it.field, it.kept, it.deprecated, it.reason) for it in pledge.conflicts]
        steps = [(step.day, step.stage) for step in pledge.life]
        found[home] = [*(getattr(pledge, field) for field in VALUES), told, steps, len(pledge.relations)]
    return found


@given(worlds(), st.permutations(range(6)))
def test_names_of_outlets_and_languages_change_nothing(world: World, names: list[int]) -> None:
    renamed = {f"doc-{n}": f"outlet-{names[n]}" for n in range(6)}
    other = [
        [replace(it, document=renamed[it.document], source="x", language="nl") for it in document] for document in world
    ]
    here, there = ledger(*world), ledger(*other)
    assert values(there.pledges, {}) == values(here.pledges, renamed)
    for currency in ("EUR", "USD"):
        one, two = here.total(currency), there.total(currency)
        assert (one.low, one.central, one.high, one.naive, one.left_out, one.unconverted) == (
            two.low, two.central, two.high, two.naive, two.left_out, two.unconverted
        )  # fmt: skip


@given(worlds())
@example([tell("doc-0", "2024-05-05", claim("0", (), "001", "10 bn NZD", "2024-05-05", role="total"))])
@example([tell("doc-0", "2024-05-05", claim("0", "Acme", "001", "10 bn NZD", "2024-05-05", role="total"))])
def test_an_unrelated_document_changes_no_other_line(world: World) -> None:
    stranger = tell("stranger", "2024-05-05", claim("0", "Zenith", "NZ", "9 bn NZD", "2024-05-05"))
    before, after = ledger(*world), ledger(*world, stranger)
    added = {line.id for line in after.lines} - {line.id for line in before.lines}
    assert [line for line in after.lines if line.id not in added] == list(before.lines)
    assert len(added) == 1


@given(worlds())
def test_one_more_copy_never_changes_a_total(world: World) -> None:
    copy = [replace(it, document=f"zz-{it.document}", voice=it.document) for it in world[0]]
    before, after = ledger(*world), ledger(*world, copy)
    for by in (None, "country", "investor"):
        rows, more = (
            {row.key: row for row in totals(it.lines, by=by, currency="EUR", rates=RATES)} for it in (before, after)
        )
        for key, row in rows.items():
            assert (row.low, row.central, row.high) == (more[key].low, more[key].central, more[key].high)
    # Nor how many sources a pledge has.
    for line, copied in zip(before.lines, after.lines, strict=True):
        assert (line.id, line.reason, line.flags, line.central, line.pledge.voices) == (
            copied.id, copied.reason, copied.flags, copied.central, copied.pledge.voices
        )  # fmt: skip


@given(worlds(), st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_as_of_is_the_book_of_what_was_known_then(world: World, day: date) -> None:
    known = [it for it in flat(world) if it.known is None or it.known <= day]
    assert reconcile(flat(world), rates=RATES, as_of=day) == reconcile(known, rates=RATES)


@given(worlds())
def test_merging_and_taking_it_back_gives_what_was(world: World) -> None:
    tellings = flat(world)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    same = Decision("d1", DecisionKind.SAME, (tellings[0].key, tellings[-1].key), "Ada", at, "looks alike")
    undo = Decision("d2", DecisionKind.UNDO, (), "Ada", at + timedelta(hours=1), "was not", undoes="d1")
    assert reconcile(tellings, rates=RATES, decisions=(same, undo)) == reconcile(tellings, rates=RATES)
    if len(tellings) > 1:
        merged = reconcile(tellings, rates=RATES, decisions=(same,))
        home = next(it for it in merged if tellings[0].key in {t.key for t in it.tellings})
        assert tellings[-1].key in {t.key for t in home.tellings}


@given(worlds())
def test_every_telling_is_in_exactly_one_pledge(world: World) -> None:
    pledges = reconcile(flat(world), rates=RATES)
    keys = [it.key for pledge in pledges for it in pledge.tellings]
    assert sorted(keys) == sorted(it.key for it in flat(world))
    assert len({pledge.id for pledge in pledges}) == len(pledges)


@settings(max_examples=60)
@given(worlds())
def test_relations_have_no_circles_and_go_both_ways(world: World) -> None:
    pledges = {pledge.id: pledge for pledge in reconcile(flat(world), rates=RATES)}
    for kind, back in (("part_of", "total_of"), ("adds_to", None), ("replaces", None)):
        for pledge in pledges.values():
            seen, waiting = set(), [pledge.id]
            while waiting:
                here = waiting.pop()
                for relation in pledges[here].relations:
                    if relation.type.value != kind:
                        continue
                    assert relation.claim != pledge.id
                    if back is not None:
                        assert (back, here) in {(it.type.value, it.claim) for it in pledges[relation.claim].relations}
                    if relation.claim not in seen:
                        seen.add(relation.claim)
                        waiting.append(relation.claim)
