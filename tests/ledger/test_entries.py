from datetime import date

import pytest

from factory import RATES, claim, ledger, tell
from pledgebook.ledger import entries


@pytest.mark.parametrize(
    ("stage", "counted", "reason"),
    [
        ("announced", True, "counts"),
        ("under_way", True, "counts"),
        ("completed", True, "counts"),
        ("delayed", True, "counts"),
        ("proposed", False, "only proposed"),
        ("rumoured", False, "only rumoured"),
        ("cancelled", False, "cancelled"),
        ("denied", False, "denied"),
    ],
)
def test_stages(stage: str, counted: bool, reason: str) -> None:
    line = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", stage=stage))).line("d", "c")
    assert (line.counted, line.reason) == (counted, reason)
    assert (line.central is None) is not counted


@pytest.mark.parametrize(
    ("words", "bounds", "flag"),
    [
        ("at least 3 bn EUR", (3, 3, 3), "open-above"),
        ("up to 3 bn EUR", (0, 3, 3), None),
        ("30-50 bn EUR", (30, 40, 50), None),
        ("about 3 bn EUR", (3, 3, 3), "about"),
        ("3 bn EUR repaired", (3, 3, 3), "repaired"),
    ],
)
def test_bounds(words: str, bounds: tuple[int, int, int], flag: str | None) -> None:
    line = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", words))).line("d", "c")
    assert tuple(int(it or 0) // 10**9 for it in (line.low, line.central, line.high)) == bounds
    assert flag is None or flag in line.flags


def test_a_pledge_without_a_sum_counts_for_its_things() -> None:
    line = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", None, things={"jobs": 5}))).line("d", "c")
    assert (line.counted, line.reason, line.central) == (True, "counts; no sum is told", None)


def test_overdue_and_stale_are_flags_of_a_day() -> None:
    document = tell("d", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", by="2025-12-31"))
    assert not {"overdue", "stale"} & set(ledger(document).line("d", "c").flags)
    assert "overdue" in ledger(document, as_of="2026-01-01").line("d", "c").flags
    assert "stale" not in ledger(document, as_of="2026-05-13").line("d", "c").flags
    late = ledger(document, as_of="2026-06-13").line("d", "c")
    assert {"overdue", "stale"} <= set(late.flags)
    assert late.counted
    done = tell(
        "e", "2026-01-05", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", stage="completed", role="earlier")
    )
    assert "overdue" not in ledger(document, done, as_of="2026-06-13").line("d", "c").flags


def test_corroboration_follows_the_size() -> None:
    small = claim("c", "Acme", "FR", "900 m EUR", "2024-05-13")
    large = claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13")
    power = claim("c", "Acme", "FR", None, "2024-05-13", things={"megawatts": 1000})
    wanted = {"small": (small, 1), "large": (large, 2), "power": (power, 3)}
    for item, voices in wanted.values():
        documents = [tell(f"d{n}", "2024-05-13", item) for n in range(voices)]
        assert "uncorroborated" not in ledger(*documents).line("d0", "c").flags
        if voices > 1:
            copies = [tell(f"d{n}", "2024-05-13", item, voice="wire") for n in range(voices)]
            assert "uncorroborated" in ledger(*copies).line("d0", "c").flags


def test_conversion_carries_its_rate() -> None:
    book = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-12")))
    line = entries(book.pledges, as_of=None, rates=RATES, currency="USD")[0]
    assert line.converted is not None
    assert (str(line.converted.rate.rate), line.converted.rate.day) == ("1.0779", date(2024, 5, 10))
    assert line.converted.central == 4_311_600_000
    nowhere = ledger(tell("d", "2024-05-13", claim("c", "Acme", "FR", "4 bn XAU", "2024-05-12")))
    assert entries(nowhere.pledges, as_of=None, rates=RATES, currency="USD")[0].converted is None


def test_a_proposed_successor_replaces_nothing_yet() -> None:
    def documents(stage: str) -> list:  # type: ignore[type-arg]
        return tell(
            "d",
            "2024-05-13",
            claim("new", "Acme", "FR", "9 bn EUR", "2024-05-13", stage=stage, replaces="old"),
            claim("old", "Acme", "FR", "4 bn EUR", "2023-05-13", role="earlier"),
        )

    assert ledger(documents("proposed")).bn("EUR") == 4
    assert ledger(documents("announced")).bn("EUR") == 9
    assert ledger(documents("cancelled")).bn("EUR") == 0


def test_a_part_falls_with_its_whole_unless_heard_of_later() -> None:
    plan = tell(
        "d1",
        "2022-05-13",
        claim("all", "Acme", "FR", "9 bn EUR", "2022-05-13", total_of="aid"),
        claim("aid", "French government", "FR", "2 bn EUR", "2022-05-13", recipient="Acme", part_of="all"),
    )
    end = tell("d2", "2024-05-13", claim("all", "Acme", "FR", "9 bn EUR", "2022-05", stage="cancelled"))
    assert ledger(plan, end).bn("EUR") == 0
    assert ledger(plan, end).line("d1", "aid").reason == "part of a plan that was given up later"
    aid = claim("aid", "French government", "FR", "2 bn EUR", "2022-05", recipient="Acme", role="earlier")
    assert ledger(plan, end, tell("d3", "2025-01-01", aid)).bn("EUR") == 2


def test_what_was_given_up_is_no_unnamed_rest() -> None:
    document = tell(
        "d",
        "2024-05-13",
        claim("all", "Acme", "150", "33 bn EUR", "2024-05-13", role="total", total_of="a b"),
        claim("a", "Acme", "DE", "17 bn EUR", "2024-05-13", stage="cancelled", part_of="all"),
        claim("b", "Acme", "IE", "12 bn EUR", "2024-05-13", part_of="all"),
    )
    assert ledger(document).bn("EUR") == 12 + 4
