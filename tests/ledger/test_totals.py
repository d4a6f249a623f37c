from datetime import date

import pytest

from factory import RATES, claim, ledger, tell
from pledgebook.domain import UsageError
from pledgebook.ledger import totals

BOOK = ledger(
    tell("a", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", purposes="cloud ai")),
    tell("b", "2024-05-14", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13", purposes="cloud")),
    tell("joint", "2025-02-01", claim("c", ("Acme", "Bolt"), "DE", "1 bn EUR", "2025-02-01")),
    tell("several", "2025-03-01", claim("c", "Bolt", "DE FR", "2 bn EUR", "2025-03-01")),
    tell("nowhere", "2025-03-01", claim("c", "Cobalt", "", "3 bn EUR", "2025-03-01")),
    tell("maybe", "2025-03-01", claim("c", "Dingo", "FR", "50 bn EUR", "2025-03-01", stage="proposed")),
    tell("gold", "2025-03-01", claim("c", "Echo", "FR", "7 bn XAU", "2025-03-01")),
    tell("jobs", "2025-03-01", claim("c", "Foxtrot", "FR", None, "2025-03-01", things={"jobs": 300})),
    tell("past", "2025-03-01", claim("c", "Golf", "FR", "5 bn EUR", None, role="earlier")),
)


def test_countries_and_what_belongs_to_none() -> None:
    rows = {row.key: row for row in totals(BOOK.lines, by="country", currency="EUR", rates=RATES)}
    assert {key: int(row.central) // 10**9 for key, row in rows.items()} == {"DE": 1, "FR": 9, None: 15}
    assert int(rows[None].unallocated) // 10**9 == 5
    assert int(rows["FR"].naive) // 10**9 == 4 + 4 + 50 + 5
    assert rows["FR"].left_out == (
        ("no rate to the currency of the total", 1),
        ("no sum is told", 1),
        ("only proposed", 1),
    )
    assert [(it.currency, int(it.value) // 10**9) for it in rows["FR"].unconverted] == [("XAU", 7)]


def test_joint_pledges_stand_in_full_under_each_and_once_in_the_whole() -> None:
    rows = {row.key: row for row in totals(BOOK.lines, by="investor", currency="EUR", rates=RATES)}
    assert {key: int(rows[key].central) // 10**9 for key in ("Acme", "Bolt", None)} == {"Acme": 5, "Bolt": 3, None: 15}
    assert rows["Acme"].overlapping
    assert not rows[None].overlapping


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("year", ["2024", "2025", "unknown"]),
        ("quarter", ["2024-Q2", "2025-Q1", "unknown"]),
        ("month", ["2024-05", "2025-02", "2025-03", "unknown"]),
        ("purpose", ["ai", "cloud", "general"]),
        ("stage", ["announced", "proposed"]),
        ("role", ["earlier", "new"]),
        ("currency", ["EUR", "XAU", "unknown"]),
        ("region", ["150"]),
        ("subregion", ["155"]),
        ("spending-year", ["unknown"]),
        ("recipient", ["unnamed"]),
        ("place", ["unknown"]),
    ],
)
def test_groupings(by: str, keys: list[str]) -> None:
    assert [row.key for row in totals(BOOK.lines, by=by, currency="EUR", rates=RATES)] == [*keys, None]


def test_an_unknown_grouping_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="Use one of country, region"):
        totals(BOOK.lines, by="mood", currency="EUR", rates=RATES)


def test_a_period_holds_what_was_announced_in_it() -> None:
    assert BOOK.bn("EUR", since=date(2025, 1, 1)) == 6
    assert BOOK.bn("EUR", until=date(2024, 12, 31)) == 4
    # Told as known without a day: it was announced by the day of the report, nobody knows when.
    assert BOOK.bn("EUR", until=date(2025, 12, 31)) == 15


def test_no_lines_make_nothing() -> None:
    assert [(row.key, row.central) for row in totals((), by="country", currency="EUR", rates=RATES)] == [(None, 0)]


def test_a_summit_that_lists_what_is_known_adds_only_the_new() -> None:
    summit = ledger(
        tell("known", "2024-05-13", claim("c", "Acme", "FR", "20.8 bn EUR", "2024-05-13")),
        tell(
            "summit",
            "2025-05-19",
            claim("all", (), "FR", "40.8 bn EUR", "2025-05-19", role="total", total_of="new old"),
            claim("new", (), "FR", "20 bn EUR", "2025-05-19", part_of="all"),
            claim("old", "Acme", "FR", "20.8 bn EUR", "2024-05", role="earlier", part_of="all"),
        ),
    )
    assert summit.bn("EUR") == pytest.approx(40.8)
    assert summit.bn("EUR", since=date(2025, 1, 1), new_only=True) == 20


def test_a_companys_yearly_spending_holds_its_pledges() -> None:
    book = ledger(
        tell(
            "capex", "2025-01-03", claim("c", "Acme", "001", "80 bn USD", "2025-01-03", by="2025-06-30", role="total")
        ),
        tell("one", "2024-10-02", claim("c", "Acme", "IT", "10 bn USD", "2024-10-02")),
        tell("old", "2020-10-02", claim("c", "Acme", "IT", "7 bn USD", "2020-10-02")),
        tell("other", "2024-10-02", claim("c", "Bolt", "IT", "5 bn USD", "2024-10-02")),
    )
    assert book.bn("USD") == 80 + 7 + 5
    assert "parts-presumed" in book.line("capex", "c").flags


def test_the_rest_of_a_total_does_not_grow_where_its_parts_are_not_asked_for() -> None:
    book = ledger(
        tell(
            "s",
            "2024-05-13",
            claim("all", (), "FR", "15 bn EUR", "2024-05-13", role="total", total_of="a b"),
            claim("a", "Acme", "FR", "4 bn EUR", "2024-05-13", part_of="all"),
            claim("b", "Bolt", "FR", "1 bn EUR", "2024-05-13", part_of="all", stage="under_way"),
        )
    )
    announced = [line for line in book.lines if line.pledge.stage.value == "announced"]
    assert int(totals(announced, currency="EUR", rates=RATES, among=book.lines)[-1].central) == 14 * 10**9
