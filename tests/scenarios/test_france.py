"""Choose France 2024 and the Paris summit of February 2025: totals, their named parts and the rest."""

import pytest

from factory import claim, ledger, tell

NAMED = {
    "Microsoft": 4,
    "FertigHy": 1.3,
    "Amazon": 1.2,
    "Pfizer": 0.5,
    "AstraZeneca": 0.365,
    "McCain": 0.35,
    "IBM": 0.045,
}

SUMMIT = tell(
    "palace",
    "2024-05-13",
    claim("total", (), "FR", "15 bn EUR", "2024-05-13", role="total", total_of=" ".join(NAMED)),
    *(claim(name, name, "FR", f"{value} bn EUR", "2024-05-13", part_of="total") for name, value in NAMED.items()),
)
PAIR = tell(
    "blog",
    "2024-05-14",
    claim("summit", (), "FR", "15 bn EUR", "2024-05-13", role="total", total_of="pair"),
    claim(
        "pair",
        ("Amazon", "Microsoft"),
        "FR",
        "5.6 bn USD repaired",
        "2024-05-13",
        role="total",
        total_of="microsoft amazon",
        part_of="summit",
    ),
    claim("microsoft", "Microsoft", "FR", None, "2024-05-13", things={"gpus": 25000}, part_of="pair"),
    claim("amazon", "Amazon", "FR", "1.2 bn EUR", "2024-05-13", part_of="pair"),
)
DOLLARS = tell(
    "slip",
    "2024-05-14",
    claim("microsoft", "Microsoft", "FR", "4 bn USD", "2024-05-13", things={"gpus": 25000}),
)


def test_named_parts_and_the_rest_make_the_total() -> None:
    book = ledger(SUMMIT)
    assert book.bn("EUR", "FR", by="country") == 15
    rest = book.rest("palace", "total")
    assert rest is not None
    assert float(rest.central or 0) == pytest.approx(7.24e9)
    assert float(book.total("EUR").unnamed) == pytest.approx(7.24e9)


def test_the_rest_is_nobodys() -> None:
    book = ledger(SUMMIT, PAIR)
    assert book.bn("EUR", "unnamed", by="investor") == pytest.approx(7.24)
    assert book.bn("EUR", "Microsoft", by="investor") == 4


def test_a_sum_of_two_in_dollars_adds_nothing_to_its_parts_in_euros() -> None:
    book = ledger(SUMMIT, PAIR)
    assert book.bn("EUR") == 15
    rest = book.rest("blog", "pair")
    assert rest is None or not rest.counted
    assert book.bn("USD", "Amazon", by="investor") + book.bn("USD", "Microsoft", by="investor") == pytest.approx(
        5.613, abs=0.001
    )


def test_an_unstated_share_follows_from_the_sum_of_two() -> None:
    book = ledger(PAIR)
    share = book.pledge("blog", "microsoft")
    assert share.amount is not None
    assert (share.amount.basis.value, share.amount.qualifier.value) == ("implied", "about")
    assert float(share.amount.value) == pytest.approx(4.3e9)
    assert "1.0795 (ECB, 2024-05-13)" in share.reasons[-1]
    assert book.bn("EUR", "Microsoft", by="investor") == pytest.approx(4.0, abs=0.05)


def test_the_stated_share_wins_over_the_implied_one() -> None:
    book = ledger(SUMMIT, PAIR)
    share = book.pledge("blog", "microsoft")
    assert share.amount is not None
    assert (share.amount.value, share.amount.currency, share.amount.basis.value) == (4 * 10**9, "EUR", "stated")


def test_dollars_for_euros_is_a_named_conflict() -> None:
    book = ledger(SUMMIT, PAIR, DOLLARS)
    assert book.same(("palace", "Microsoft"), ("slip", "microsoft"))
    assert [it.name for it in book.pledge("slip", "microsoft").conflicts] == ["wrong-currency"]
    assert book.bn("EUR") == 15


def test_the_damaged_headline_tells_of_the_same_sum() -> None:
    later = tell(
        "later", "2024-05-16", claim("pair", ("Amazon", "Microsoft"), "FR", "5.6 bn USD", "2024-05", role="total")
    )
    book = ledger(PAIR, later)
    assert book.same(("blog", "pair"), ("later", "pair"))


PARTS_2025 = {
    "UAE government": "30-50 bn EUR",
    "Brookfield": "20 bn EUR",
    "Amazon": "6 bn EUR",
    "Digital Realty": "6 bn EUR",
    "Fluidstack": "10 bn EUR",
    "Iliad": "3 bn EUR",
}
PARIS = tell(
    "paris",
    "2025-02-10",
    claim("total", (), "FR", "109 bn EUR = 112.5 bn USD", "2025-02-09", role="total", total_of="p0 p1 p2 p3 p4 p5"),
    *(
        claim(f"p{n}", name, "FR", words, "2025-02-10", part_of="total")
        for n, (name, words) in enumerate(PARTS_2025.items())
    ),
)
TOLD_IN_DOLLARS = tell("wire", "2025-02-11", claim("total", (), "FR", "112.5 bn USD", "2025-02-09", role="total"))


def test_a_total_in_dollars_is_the_same_sum() -> None:
    book = ledger(PARIS, TOLD_IN_DOLLARS)
    assert book.same(("paris", "total"), ("wire", "total"))
    assert book.pledge("wire", "total").conflicts == ()
    assert book.bn("EUR", "FR", by="country") == 109


def test_the_range_of_a_part_stays_a_range_and_the_total_is_exact() -> None:
    book = ledger(PARIS)
    row = book.total("EUR", "UAE government", by="investor")
    assert [float(value / 10**9) for value in (row.low, row.central, row.high)] == [30, 40, 50]
    rest = book.rest("paris", "total")
    assert rest is not None
    assert [float((value or 0) / 10**9) for value in (rest.low, rest.central, rest.high)] == [14, 24, 34]
    whole = book.total("EUR")
    assert whole.low == whole.central == whole.high == 109 * 10**9
