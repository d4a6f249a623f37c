"""The rules of counting, one after the other, as docs/counting.md numbers them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from factory import RATES, claim, ledger, tell
from pledgebook.domain import Decision, DecisionKind, Kind, Party, PartyKind, Telling, UsageError
from pledgebook.ledger import aged, entries, total_things, totals
from pledgebook.ledger.status import Reason

AT = datetime(2025, 6, 1, 12, tzinfo=UTC)


def rows(book, by: str | None = None, currency: str = "EUR", **options):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003, ANN201
    """Every row of a total, in billions, by its key."""
    found = totals(book.lines, by=by, currency=currency, rates=RATES, **options)
    return {row.key: float(row.central / 10**9) for row in found}


SUMMIT = tell(
    "s",
    "2024-05-13",
    claim("all", (), "FR", "15 bn EUR", "2024-05-13", role="total", total_of="a b"),
    claim("a", "Acme", "FR", "4 bn EUR", "2024-05-13", part_of="all"),
    claim("b", "Bolt", "FR", "1 bn EUR", "2024-05-13", part_of="all"),
)


def test_1_a_pledge_counts_once_and_a_total_through_its_parts_and_an_unnamed_rest() -> None:
    book = ledger(SUMMIT, tell("again", "2024-05-14", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13")))
    whole = book.total("EUR")
    assert (float(whole.central), float(whole.unnamed)) == (15e9, 10e9)
    assert rows(book, "investor") == {"Acme": 4, "Bolt": 1, "unnamed": 10, None: 15}


def test_1_a_later_total_adds_only_what_is_new() -> None:
    later = tell(
        "later",
        "2025-05-19",
        claim("more", (), "FR", "20 bn EUR", "2025-05-19", role="total", total_of="known new"),
        claim("known", "Acme", "FR", "4 bn EUR", "2024-05-13", role="earlier", part_of="more"),
        claim("new", "Cobalt", "FR", "6 bn EUR", "2025-05-19", part_of="more"),
    )
    assert ledger(SUMMIT, later).bn("EUR") == 15 + 20 - 4


def test_1_parts_that_exceed_their_total_are_told() -> None:
    book = ledger(
        tell(
            "x",
            "2024-05-13",
            claim("all", (), "FR", "3 bn EUR", "2024-05-13", role="total", total_of="a b"),
            claim("a", "Acme", "FR", "4 bn EUR", "2024-05-13", part_of="all"),
            claim("b", "Bolt", "FR", "1 bn EUR", "2024-05-13", part_of="all"),
        )
    )
    assert "parts-exceed-total" in book.line("x", "all").flags
    assert [it.name for it in book.pledge("x", "all").findings] == ["parts-exceed-total"]


@pytest.mark.parametrize(
    ("stage", "counts"),
    [("rumoured", 0), ("proposed", 0), ("cancelled", 0), ("denied", 0), ("delayed", 4), ("under_way", 4)],
)
def test_2_stage(stage: str, counts: int) -> None:
    book = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", stage=stage)))
    assert book.bn("EUR") == counts
    assert len(book.lines) == 1
    assert ("delayed" in book.lines[0].flags) == (stage == "delayed")


def test_3_replaces_counts_the_newest_and_adds_to_counts_both() -> None:
    old = claim("old", "Acme", "DE", "17 bn EUR", "2022-03-15", role="earlier")
    raised = claim("new", "Acme", "DE", "30 bn EUR", "2023-06-19", replaces="old")
    added = claim("new", "Acme", "DE", "30 bn EUR", "2023-06-19", adds_to="old")
    assert ledger(tell("d", "2023-06-19", raised, old)).bn("EUR") == 30
    assert ledger(tell("d", "2023-06-19", added, old)).bn("EUR") == 47


def test_4_two_numbers_for_a_period_new_and_outstanding() -> None:
    book = ledger(
        tell("known", "2024-05-13", claim("c", "Acme", "FR", "20.8 bn EUR", "2024-05-13")),
        tell(
            "summit",
            "2025-05-19",
            claim("all", (), "FR", "40.8 bn EUR", "2025-05-19", role="total", total_of="new old"),
            claim("new", (), "FR", "20 bn EUR", "2025-05-19", part_of="all"),
            claim("old", "Acme", "FR", "20.8 bn EUR", "2024-05", role="earlier", part_of="all"),
        ),
    )
    whole = book.total("EUR", since=date(2025, 1, 1), until=date(2025, 12, 31))
    assert (whole.new, whole.outstanding) == (20 * 10**9, Decimal(40800000000))
    before = book.total("EUR", since=date(2024, 1, 1), until=date(2024, 12, 31))
    assert (before.new, before.outstanding) == (Decimal(20800000000), Decimal(20800000000))
    assert book.total("EUR").new is None


def test_4_outstanding_counts_what_was_replaced_or_given_up_only_later() -> None:
    book = ledger(
        tell("a", "2022-03-15", claim("c", "Acme", "DE", "17 bn EUR", "2022-03-15")),
        tell(
            "b",
            "2023-06-19",
            claim("n", "Acme", "DE", "30 bn EUR", "2023-06-19", replaces="c"),
            claim("c", "Acme", "DE", "17 bn EUR", "2022-03-15", role="earlier"),
        ),
        tell("c", "2025-07-25", claim("n", "Acme", "DE", "30 bn EUR", "2023-06-19", stage="cancelled")),
    )
    ends = {year: book.total("EUR", until=date(year, 12, 31)).outstanding for year in (2022, 2023, 2024, 2025)}
    assert {year: int(value or 0) // 10**9 for year, value in ends.items()} == {2022: 17, 2023: 30, 2024: 30, 2025: 0}


@pytest.mark.parametrize(
    ("words", "bounds", "flags"),
    [
        ("at least 3 bn EUR", (3, 3, 3), ("open-above",)),
        ("up to 3 bn EUR", (0, 3, 3), ()),
        ("2-4 bn EUR", (2, 3, 4), ()),
        ("about 3 bn EUR", (3, 3, 3), ("about",)),
    ],
)
def test_5_low_central_high(words: str, bounds: tuple[int, ...], flags: tuple[str, ...]) -> None:
    book = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", words, "2024-05-13")))
    row = book.total("EUR")
    assert tuple(int(it) // 10**9 for it in (row.low, row.central, row.high)) == bounds
    assert set(flags) <= set(book.lines[0].flags)


def test_1_a_tally_that_somebody_announces_is_nobodys_in_particular() -> None:
    def told(name: str, **options: str) -> list[Telling]:
        whole = claim("all", name, "FR", "15 bn EUR", "2024-05-13", total_of="a b", **options)
        return [
            replace(it, claim=replace(it.claim, investors=(Party(name, PartyKind.GOVERNMENT),)))
            if it.claim.id == "all" and name.endswith("government")
            else it
            for it in tell("s", "2024-05-13", whole, *(it.claim for it in SUMMIT[1:]))
        ]

    # A government that announces what companies pledge, and a name that two of three leave out.
    for book in (
        ledger(told("French government")),
        ledger(
            told("Zenith"),
            *(tell(n, "2024-05-14", claim("x", (), "FR", "15 bn EUR", "2024-05-13", role="total")) for n in "de"),
        ),
    ):
        # What reports add up naively still stands under the name that they tell.
        assert {key: sum_ for key, sum_ in rows(book, "investor").items() if sum_} == {
            "Acme": 4,
            "Bolt": 1,
            "unnamed": 10,
            None: 15,
        }
        assert "a total: all its known parts are pledges of others" in book.pledge("s", "all").reasons
    # A company that others work for keeps its plan.
    assert rows(ledger(told("Zenith")), "investor") == {"Acme": 4, "Bolt": 1, "Zenith": 10, None: 15}


def test_6_own_text_then_independent_voices_then_the_lowest() -> None:
    def kept(*sums: str, own: int | None = None, voices: str = "abcd") -> tuple[float, list[str]]:
        told = [
            tell(f"d{n}", "2024-05-14", claim("c", "Acme", "FR", words, "2024-05-13"), voice=voices[n])
            for n, words in enumerate(sums)
        ]
        if own is not None:
            told[own] = [replace(it, shows=("own-text",)) for it in told[own]]
        book = ledger(*told)
        (pledge,) = book.pledges
        return book.bn("EUR"), [it.name for it in pledge.conflicts]

    assert kept("41 bn EUR", "44 bn EUR", "44 bn EUR", own=0) == (41, ["conflicting-amounts"])
    assert kept("41 bn EUR", "44 bn EUR", "44 bn EUR") == (44, ["conflicting-amounts"])
    # Copies of one story are one voice: of equals the lowest.
    assert kept("41 bn EUR", "44 bn EUR", "44 bn EUR", voices="abb") == (41, ["conflicting-amounts"])
    assert kept("4 bn EUR", "4 bn USD", "4 bn EUR") == (4, ["wrong-currency"])
    assert kept("4 bn EUR", "4.3 bn USD") == (4, [])


def test_6_counts_of_own_text_go_first_too() -> None:
    def jobs(*counts: int, own: int) -> int:
        told = [
            tell(f"d{n}", "2024-05-14", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", things={"jobs": count}))
            for n, count in enumerate(counts)
        ]
        told[own] = [replace(it, shows=("own-text",)) for it in told[own]]
        return int(total_things(ledger(*told).lines, kind=Kind.JOBS)[-1].central)

    assert jobs(300, 300, 3000, own=2) == 3000
    assert jobs(300, 300, 3000, own=0) == 300


@pytest.mark.parametrize(("words", "wanted"), [("12 bn USD", 3), ("2 bn USD", 2), ("0.5 bn USD", 1)])
def test_7_copies_are_one_source_and_the_larger_the_sum_the_more_are_wanted(words: str, wanted: int) -> None:
    def is_flagged(*voices: str) -> bool:
        told = (
            tell(f"d{n}", "2024-05-14", claim("c", "Acme", "FR", words, "2024-05-13"), voice=voice)
            for n, voice in enumerate(voices)
        )
        return any("uncorroborated" in line.flags for line in ledger(*told).lines)

    assert is_flagged(*"aaaa") == (wanted > 1)
    assert is_flagged(*"abc"[: wanted - 1], *"aaa") == (wanted > 1)
    assert not is_flagged(*"abc"[:wanted])


def test_8_money_counts_in_its_own_currency_even_without_a_day_or_a_rate() -> None:
    undated = ledger(tell("d", None, claim("c", "Acme", "FR", "3 bn EUR")))
    assert undated.bn("EUR") == 3
    assert [(it.currency, it.value) for it in undated.total("USD").unconverted] == [("EUR", 3 * 10**9)]
    gold = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", "3 bn XAU", "2024-05-13")))
    assert gold.bn("XAU") == 3
    assert gold.bn("EUR") == 0
    (line,) = entries(undated.pledges, as_of=None, rates=RATES, currency="EUR")
    assert line.converted is not None
    assert (line.converted.central, line.converted.rate.rate, line.converted.rate.day) == (3 * 10**9, 1, None)


def test_8_the_rate_is_that_of_the_announcement() -> None:
    book = ledger(tell("d", "2024-05-20", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13")))
    assert book.bn("USD") == pytest.approx(4 * 1.0795)


SEVERAL = ledger(
    tell("one", "2024-05-13", claim("c", "Acme", "DE FR", "10 bn EUR", "2024-05-13")),
    tell("two", "2024-06-13", claim("c", "Bolt", "FR US", "3 bn EUR", "2024-06-13")),
    tell("three", "2024-07-13", claim("c", "Cobalt", "001", "1 bn EUR", "2024-07-13")),
)


def test_9_several_destinations_are_unallocated_or_split_by_an_option_that_says_so() -> None:
    assert rows(SEVERAL, "country") == {"001": 1, None: 14}
    whole = SEVERAL.total("EUR", by="country")
    assert (whole.unallocated, whole.allotted) == (13 * 10**9, 0)
    assert rows(SEVERAL, "country", split=True) == {"001": 1, "DE": 5, "FR": 6.5, "US": 1.5, None: 14}
    split = SEVERAL.total("EUR", by="country", split=True)
    assert (split.unallocated, split.allotted) == (0, 13 * 10**9)
    with pytest.raises(UsageError, match="It goes with --by country"):
        SEVERAL.total("EUR", by="investor", split=True)


def test_9_a_region_holds_what_lies_in_it_all_together() -> None:
    assert rows(SEVERAL, "region") == {"150": 10, None: 14}
    assert rows(SEVERAL, "region", split=True) == {"019": 1.5, "150": 11.5, None: 14}
    assert rows(SEVERAL, "subregion") == {"155": 10, None: 14}
    assert SEVERAL.total("EUR", by="region").unallocated == 4 * 10**9


def test_10_joint_pledges_count_once_and_in_full_under_each() -> None:
    book = ledger(tell("d", "2024-05-13", claim("c", ("Acme", "Bolt"), "FR", "4 bn EUR", "2024-05-13")))
    assert rows(book, "investor") == {"Acme": 4, "Bolt": 4, None: 4}
    assert book.total("EUR").joint == 4 * 10**9
    assert book.total("EUR", "Acme", by="investor").overlapping
    assert "joint" in book.lines[0].flags


def test_11_per_year_only_by_a_stated_horizon() -> None:
    book = ledger(
        tell("d", "2024-01-01", claim("c", "Acme", "FR", "3.65 bn EUR", "2024-01-01", by="2025-12-31")),
        tell("e", "2024-01-01", claim("c", "Bolt", "FR", "2 bn EUR", "2024-01-01")),
    )
    found = rows(book, "spending-year")
    assert found == pytest.approx({"2024": 3.65 * 366 / 731, "2025": 3.65 * 365 / 731, "unknown": 2, None: 5.65})
    tallies = totals(book.lines, by="spending-year", currency="EUR", rates=RATES)
    assert sum(row.central for row in tallies[:-1]) == tallies[-1].central
    assert int(tallies[-1].allotted) == 3_650_000_000


def test_12_what_is_spent_is_not_pledged() -> None:
    assert (
        ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", "40 bn EUR", role="total", stage="completed"))).bn(
            "EUR"
        )
        == 0
    )
    book = ledger(
        tell(
            "d",
            "2024-05-13",
            claim("all", "Acme", "FR", "75 bn EUR", "2024-05-13", total_of="spent"),
            claim("spent", "Acme", "FR", "40 bn EUR", role="total", stage="completed", part_of="all"),
        )
    )
    assert book.bn("EUR") == 35


def test_14_megawatts_and_sites_count_per_site() -> None:
    site = {"things": {"megawatts": 500}, "places": ("Narvik",)}
    book = ledger(
        tell("a", "2024-05-13", claim("c", "Acme", "NO", "1 bn USD", "2024-05-13", **site)),
        tell("b", "2024-05-13", claim("c", "Chips", "NO", None, "2024-05-13", **site)),
    )
    assert total_things(book.lines, kind=Kind.MEGAWATTS)[-1].central == 500


def test_13_overdue_and_stale_are_flags_of_a_day_and_change_no_stage() -> None:
    document = tell("d", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", by="2025-12-31"))
    (line,) = ledger(document).lines
    assert not {"overdue", "stale"} & set(line.flags)
    for day, flags in (("2026-01-01", {"overdue"}), ("2026-06-13", {"overdue", "stale"})):
        (line,) = aged(ledger(document).lines, date.fromisoformat(day))
        assert {"overdue", "stale"} & set(line.flags) == flags
        assert (line.pledge.stage.value, line.counted) == ("announced", True)


def test_7_a_large_sum_on_one_voice_that_was_read_without_certainty_is_flagged_until_another_tells_of_it() -> None:
    def flagged(*tellings, **options) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003
        told = ledger(*tellings, **options)
        assert all(line.counted for line in told.lines)
        return any("read-unsurely" in line.flags for line in told.lines)

    first = tell("a", "2025-03-04", claim("c", "Acme", "NO", "12 bn USD", "2025-03-03", score=0.6))
    assert flagged(first)
    second = tell("b", "2025-03-05", claim("c", "Acme", "NO", "12 bn USD", "2025-03-03", score=0.6))
    assert not flagged(first, second)
    # Copies are one voice; a surer reading, a smaller sum or a person's word will do.
    copy = tell("b", "2025-03-05", claim("c", "Acme", "NO", "12 bn USD", "2025-03-03", score=0.6), voice="a")
    original = tell("a", "2025-03-04", claim("c", "Acme", "NO", "12 bn USD", "2025-03-03", score=0.6), voice="a")
    assert flagged(original, copy)
    assert not flagged(tell("a", "2025-03-04", claim("c", "Acme", "NO", "12 bn USD", "2025-03-03", score=0.8)))
    assert not flagged(tell("a", "2025-03-04", claim("c", "Acme", "NO", "9 bn USD", "2025-03-03", score=0.6)))
    ruled = Decision("d", DecisionKind.SET, (("a", "c"),), "Ada", AT, "read it", "amount", "12 bn USD")
    assert not flagged(first, decisions=[ruled])


def test_8_a_part_without_a_rate_counts_in_no_currency_and_its_total_says_so() -> None:
    told = tell(
        "s",
        "2024-05-13",
        claim("all", (), "FR", "15 bn EUR", "2024-05-13", role="total", total_of="a b"),
        claim("a", "Acme", "FR", "4 bn EUR", "2024-05-13", part_of="all"),
        claim("b", "Bolt", "FR", "7 m XAU", "2024-05-13", part_of="all"),
    )
    book = ledger(told)
    assert book.line("s", "b").reason == Reason.NO_RATE_TO_WHOLE
    assert "parts-unconverted" in book.line("s", "all").flags
    assert (book.bn("EUR"), book.bn("XAU")) == (15, 0)
    assert [(it.currency, float(it.value)) for it in book.total("XAU").unconverted] == [("EUR", 15e9)]
