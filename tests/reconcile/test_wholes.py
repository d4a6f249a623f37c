"""Totals that nobody calls one, and sums that only look like one."""

from datetime import UTC, datetime
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import Ledger, claim, ledger, tell
from pledgebook.domain import Decision, DecisionKind, Telling
from pledgebook.reconcile.wholes import PRESUMED, Beside

DAY = "2024-05-13"


def say(
    name: str, sum_: str, on: str | None = DAY, who: str = "Acme", to: str = "FR", **fields: object
) -> list[Telling]:
    return tell(name, "2024-05-14", claim("c", who, to, sum_, on, **fields))


WHOLE, FOUR, SIX = say("whole", "10 bn EUR"), say("four", "4 bn EUR"), say("six", "6 bn EUR")


def presumed(book: Ledger) -> list[str]:
    return [it.id for it in book.pledges if any(finding.name == PRESUMED for finding in it.findings)]


@pytest.mark.parametrize(
    "parts",
    [
        (FOUR, SIX),
        (say("four", "4 bn EUR", places=("Lille",)), say("six", "6 bn EUR", places=("Lyon",))),
        (say("four", "4 bn EUR", "2024-05-16"), say("six", "6 bn EUR", "2024-05-08")),
        (say("one", "2 bn EUR"), say("two", "3.5 bn EUR"), say("three", "4.5 bn EUR")),
    ],
)
def test_a_sum_that_others_make_exactly_counts_through_them(parts: tuple[list[Telling], ...]) -> None:
    book = ledger(WHOLE, *parts)
    assert book.bn("EUR") == 10
    line = book.line("whole", "c")
    assert line.reason == "counts through its parts"
    assert "parts-presumed" in line.flags
    assert book.rest("whole", "c") is None
    assert any(it.startswith("presumed: a total, which ") for it in line.pledge.reasons)
    assert presumed(book) == [line.pledge.id]
    for (part,) in parts:
        assert f"presumed: a part of {line.pledge.id}" in book.pledge(*part.key).reasons


def test_parts_and_whole_of_one_document_are_found_too() -> None:
    sums = ("10 bn EUR", "4 bn EUR", "6 bn EUR")
    one = tell("d", "2024-05-14", *(claim(str(n), "Acme", "FR", it, DAY) for n, it in enumerate(sums)))
    assert ledger(one).bn("EUR") == 10


@pytest.mark.parametrize(
    ("others", "makes"),
    [
        # Nearly, or roughly.
        ((FOUR, say("six", "6.1 bn EUR")), 20.1),
        ((FOUR, say("six", "about 6 bn EUR")), 20),
        # Somebody else's, elsewhere, or at another time.
        ((FOUR, say("six", "6 bn EUR", who="Bolt")), 20),
        ((FOUR, say("six", "6 bn EUR", to="ES")), 20),
        ((FOUR, say("six", "6 bn EUR", "2024-06-20")), 20),
        ((FOUR, say("six", "6 bn EUR", None)), 20),
        ((FOUR, say("six", "6 bn USD")), 14 + 6 / 1.0795),
        ((FOUR, say("six", "6 bn EUR", stage="rumoured")), 14),
    ],
)
def test_what_does_not_fit_in_every_way_is_no_total(others: tuple[list[Telling], ...], makes: float) -> None:
    book = ledger(WHOLE, *others)
    assert presumed(book) == []
    assert book.bn("EUR") == pytest.approx(makes)


def test_equal_sums_for_two_places_stay_two_pledges() -> None:
    lyon, lille = (say(name, "10 bn EUR", places=(name,)) for name in ("Lyon", "Lille"))
    book = ledger(lyon, lille)
    assert presumed(book) == []
    assert book.bn("EUR") == (10 if book.same(("Lyon", "c"), ("Lille", "c")) else 20)


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ({"places": ("Nice",)}, {"places": ("Lyon",)}),
        ({"purposes": "energy"}, {"purposes": "cloud"}),
        ({"recipient": "Dorn"}, {"recipient": "Echo"}),
    ],
)
def test_a_place_a_purpose_or_a_recipient_of_its_own_is_no_total(
    whole: dict[str, object], part: dict[str, object]
) -> None:
    book = ledger(say("whole", "10 bn EUR", **whole), say("four", "4 bn EUR", **part), say("six", "6 bn EUR"))
    assert presumed(book) == []
    assert book.bn("EUR") == 20


def test_where_others_are_left_out_it_may_be_chance_and_all_count() -> None:
    book = ledger(WHOLE, FOUR, SIX, say("three", "3 bn EUR"), say("seven", "7 bn EUR"))
    assert book.bn("EUR") == 30
    for name in ("whole", "seven"):
        (finding,) = book.pledge(name, "c").findings
        assert (finding.name, finding.severity.value) == (PRESUMED, "warning")
    assert len(presumed(book)) == 2


def test_what_is_told_wins() -> None:
    added = tell(
        "told",
        "2024-05-14",
        claim("c", "Acme", "FR", "10 bn EUR", DAY, adds_to="4"),
        claim("4", "Acme", "FR", "4 bn EUR", DAY),
    )
    assert ledger(added, SIX).bn("EUR") == 20
    of_which = tell(
        "told",
        "2024-05-14",
        claim("c", "Acme", "FR", "10 bn EUR", DAY, total_of="3"),
        claim("3", "Acme", "FR", "3 bn EUR", DAY, part_of="c"),
    )
    assert presumed(ledger(of_which, FOUR, SIX)) == []


def test_a_reviewer_who_holds_them_to_be_different_wins() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    different = Decision("d", DecisionKind.DIFFERENT, (("whole", "c"), ("six", "c")), "Ada", at, "on top of it")
    book = ledger(WHOLE, FOUR, SIX, decisions=[different])
    assert presumed(book) == []
    assert book.bn("EUR") == 20
    undone = Decision("u", DecisionKind.UNDO, (), "Ada", at.replace(hour=1), "was wrong", undoes="d")
    assert ledger(WHOLE, FOUR, SIX, decisions=[different, undone]) == ledger(WHOLE, FOUR, SIX)


def test_no_order_of_the_documents_matters() -> None:
    documents = (WHOLE, FOUR, SIX, say("twenty", "20 bn EUR"))
    first = ledger(*documents)
    assert first.bn("EUR") == 30
    assert all(ledger(*some) == first for some in permutations(documents))


def test_a_total_of_totals_counts_once() -> None:
    book = ledger(WHOLE, FOUR, SIX, say("more", "12 bn EUR"), say("all", "22 bn EUR"))
    assert book.bn("EUR") == 22
    assert len(presumed(book)) == 2


@given(st.lists(st.integers(1, 12), min_size=2, max_size=8), st.integers(0, 1000))
def test_whoever_works_out_only_what_hangs_together_presumes_the_same_totals(sums: list[int], seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a test, not a secret
    documents = [say(f"d{n}", f"{it} bn EUR", f"2024-05-{chance.randint(1, 28):02}") for n, it in enumerate(sums)]
    beside, links = Beside(), dict[str, set[str]]()
    for document in documents:
        for one, other in beside.hear(document[0].key, document[0].claim):
            links.setdefault(one[0], set()).add(other[0])
            links.setdefault(other[0], set()).add(one[0])
    pledges = {frozenset(it.document for it in pledge.tellings): pledge for pledge in ledger(*documents).pledges}
    left = set(pledges)
    while left:
        # All that hangs together with one pledge by its claims.
        reached, waiting = set[frozenset[str]](), {min(left, key=sorted)}
        while waiting:
            reached |= waiting
            names = {it for some in waiting for name in some for it in links.get(name, ())}
            waiting = {some for some in pledges if some & names} - reached
        left -= reached
        alone = ledger(*(it for it in documents if any(it[0].document in some for some in reached)))
        for pledge in alone.pledges:
            assert pledge in pledges.values()
