from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from factory import claim, ledger, tell
from pledgebook.domain import Decision, DecisionKind, Telling
from worlds import worlds

ONE = tell("one", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13"))
TWO = tell("two", "2024-05-14", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13"))
OTHER = tell("other", "2025-05-14", claim("c", "Acme", "FR", "9 bn EUR", "2025-05-13"))


def decide(name: str, kind: DecisionKind, *keys: str, day: int = 1, **more: str) -> Decision:
    subjects = tuple((key, "c") for key in keys)
    return Decision(name, kind, subjects, "Ada", datetime(2026, 1, day, tzinfo=UTC), "because", **more)


def test_same_and_different_win_over_likeness() -> None:
    apart = ledger(ONE, TWO, decisions=[decide("d", DecisionKind.DIFFERENT, "one", "two")])
    assert not apart.same(("one", "c"), ("two", "c"))
    together = ledger(ONE, OTHER, decisions=[decide("d", DecisionKind.SAME, "one", "other")])
    assert together.same(("one", "c"), ("other", "c"))
    assert "decided by a reviewer" in together.pledge("one", "c").reasons


def test_an_undone_decision_is_gone() -> None:
    decisions = [
        decide("d", DecisionKind.DIFFERENT, "one", "two"),
        decide("u", DecisionKind.UNDO, day=2, undoes="d"),
    ]
    assert ledger(ONE, TWO, decisions=decisions).lines == ledger(ONE, TWO).lines


def test_the_later_of_two_contradicting_decisions_holds_and_both_are_named() -> None:
    decisions = [
        decide("d1", DecisionKind.DIFFERENT, "one", "two"),
        decide("d2", DecisionKind.SAME, "one", "two", day=2),
    ]
    book = ledger(ONE, TWO, decisions=decisions)
    assert book.same(("one", "c"), ("two", "c"))
    assert [it.name for it in book.pledge("one", "c").findings] == ["contradicting-decisions"]


def test_a_set_value_wins() -> None:
    decisions = [
        decide("d1", DecisionKind.SET, "one", field="amount", value="5_000_000_000 EUR"),
        decide("d2", DecisionKind.SET, "one", field="stage", value="delayed"),
        decide("d3", DecisionKind.SET, "one", field="destinations", value="FR, DE"),
        decide("d4", DecisionKind.SET, "one", field="announced", value="2024-05-01..2024-05-31"),
        decide("d5", DecisionKind.SET, "one", field="recipient", value=None),  # type: ignore[arg-type]
    ]
    book = ledger(ONE, TWO, decisions=decisions)
    pledge = book.pledge("two", "c")
    assert book.bn("EUR") == 5
    assert (pledge.stage.value, pledge.destinations) == ("delayed", ("FR", "DE")[::-1])
    assert pledge.announced is not None
    assert pledge.announced.days == 31
    assert "amount set by Ada: because" in pledge.reasons


def test_a_value_that_cannot_be_read_is_a_finding() -> None:
    decisions = [
        decide("d1", DecisionKind.SET, "one", field="amount", value="about five"),
        decide("d2", DecisionKind.SET, "one", field="mood", value="fine"),
    ]
    book = ledger(ONE, decisions=decisions)
    assert [it.name for it in book.pledge("one", "c").findings] == ["unreadable-decision"] * 2
    assert book.bn("EUR") == 4


def test_a_rejected_claim_is_kept_and_never_counts() -> None:
    book = ledger(ONE, TWO, decisions=[decide("d", DecisionKind.REJECT, "two")])
    assert book.bn("EUR") == 4
    assert book.line("two", "c").reason == "rejected by a reviewer"
    assert not book.same(("one", "c"), ("two", "c"))


def test_decisions_count_from_the_day_they_were_made() -> None:
    rejected = [decide("d", DecisionKind.REJECT, "one")]
    assert ledger(ONE, decisions=rejected, as_of="2025-12-31").bn("EUR") == 4
    assert ledger(ONE, decisions=rejected, as_of="2026-01-01").bn("EUR") == 0


@given(worlds(), st.randoms(use_true_random=False))
def test_same_is_symmetric_and_undone_as_if_it_had_never_been(world: list[list[Telling]], chance: Random) -> None:
    keys = sorted({telling.key for document in world for telling in document})
    one, other = chance.choice(keys), chance.choice(keys)
    at = datetime(2026, 1, 1, tzinfo=UTC)

    def named(*pair: tuple[str, str], kind: DecisionKind = DecisionKind.SAME) -> Decision:
        return Decision("d", kind, pair, "Ada", at, "because")

    there, back = (ledger(*world, decisions=[named(*pair)]) for pair in ((one, other), (other, one)))
    assert there.lines == back.lines
    assert there.same(one, other)
    undo = Decision("u", DecisionKind.UNDO, (), "Ben", at.replace(day=2), "no", undoes="d")
    before = ledger(*world)
    assert ledger(*world, decisions=[named(one, other), undo]).lines == before.lines
    if one != other:
        apart = ledger(*world, decisions=[named(one, other, kind=DecisionKind.DIFFERENT)])
        assert not apart.same(one, other)


def test_a_decision_gives_way_to_a_later_one_over_a_third_claim() -> None:
    third = tell("third", "2024-05-15", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13"))
    decisions = [
        decide("d1", DecisionKind.SAME, "one", "two"),
        decide("d2", DecisionKind.SAME, "two", "third", day=2),
        decide("d3", DecisionKind.DIFFERENT, "one", "third", day=3),
    ]
    book = ledger(ONE, TWO, third, decisions=decisions)
    assert not book.same(("one", "c"), ("third", "c"))
    assert book.same(("two", "c"), ("third", "c"))
    conflicts = {it.name for pledge in book.pledges for it in pledge.conflicts}
    assert conflicts == {"contradicting-decisions"}


def test_a_rejected_claim_that_somebody_goes_on_to_use_is_a_contradiction() -> None:
    decisions = [
        decide("d1", DecisionKind.REJECT, "two"),
        decide("d2", DecisionKind.SET, "two", day=2, field="stage", value="delayed"),
    ]
    pledge = ledger(ONE, TWO, decisions=decisions).pledge("two", "c")
    assert [it.reason for it in pledge.conflicts] == ["a rejected claim stays rejected"]
