"""Stargate, Malaysia, the Tech Prosperity Deal, and what is a restatement or a conflict."""

import pytest

from factory import claim, ledger, tell

TRIO = ("OpenAI", "Oracle", "SoftBank")
STARGATE = (
    tell(
        "launch",
        "2025-01-21",
        claim(
            "all", TRIO, "US", "500 bn USD", "2025-01-21", by="2029-01-31", things={"megawatts": 10000}, total_of="now"
        ),
        claim("now", TRIO, "US", "100 bn USD", "2025-01-21", part_of="all"),
    ),
    tell(
        "sites",
        "2025-09-23",
        claim("sites", TRIO, "US", "at least 400 bn USD", "2025-09-23", things={"megawatts": 7000}, part_of="all"),
        claim(
            "all", TRIO, "US", "500 bn USD", "2025-01", role="earlier", things={"megawatts": 10000}, total_of="sites"
        ),
    ),
    tell("headline", "2025-09-24", claim("sites", TRIO, "US", "400 m USD", "2025-09-23", things={"megawatts": 7000})),
)


def test_stargate_counts_once_with_all_that_is_part_of_it() -> None:
    from pledgebook.domain import Kind
    from pledgebook.ledger import total_things

    book = ledger(*STARGATE)
    assert book.bn("USD") == 500
    power = total_things(book.lines, kind=Kind.MEGAWATTS)[-1]
    assert power.central == 10000


def test_a_headline_a_thousand_times_too_small_is_a_named_conflict() -> None:
    book = ledger(*STARGATE, tell("again", "2025-09-25", claim("s", TRIO, "US", "400 bn USD", "2025-09-23")))
    assert book.same(("sites", "sites"), ("headline", "sites"))
    pledge = book.pledge("headline", "sites")
    assert [it.name for it in pledge.conflicts] == ["factor-1000"]
    assert pledge.amount is not None
    assert pledge.amount.value == 400 * 10**9


MALAYSIA = {
    "Amazon": ("6.2 bn USD", "2024-08-22"),
    "Microsoft": ("2.2 bn USD", "2024-05-02"),
    "Google": ("2 bn USD", "2024-05-30"),
    "Oracle": ("6.5 bn USD", "2024-10-02"),
    "ByteDance": ("2.1 bn USD", "2024-06-07"),
    "Nvidia": ("4.3 bn USD", "2023-12-08"),
}
TALLY = tell(
    "tally",
    "2024-10-10",
    claim("all", tuple(MALAYSIA), "MY", "23.3 bn USD", "2024-10-10", role="total", total_of=" ".join(MALAYSIA)),
    *(claim(name, name, "MY", words, on, role="earlier", part_of="all") for name, (words, on) in MALAYSIA.items()),
)
APPROVALS = tell(
    "approvals",
    "2024-11-12",
    claim("all", (), "MY", "141.7 bn MYR", "2024-11-12", role="total", purposes="data_centres"),
)


def test_malaysia_adds_up() -> None:
    book = ledger(TALLY)
    assert book.bn("USD", "MY", by="country") == pytest.approx(23.3)
    assert book.total("USD").unnamed == 0


def test_a_total_of_another_perimeter_neither_merges_nor_counts_again() -> None:
    book = ledger(TALLY, APPROVALS)
    assert not book.same(("tally", "all"), ("approvals", "all"))
    assert book.bn("USD", "MY", by="country") == pytest.approx(23.3)
    assert book.line("approvals", "all").reason == "a total of no known parts, most of which counts under other names"


def test_a_total_alone_in_its_country_counts_as_unnamed() -> None:
    assert ledger(APPROVALS).bn("MYR") == pytest.approx(141.7)


DEAL = {"Microsoft": 22, "Google": 5, "CoreWeave": 1.5, "Salesforce": 1.4, "BlackRock": 0.5}
UK = (
    tell(
        "gov",
        "2025-09-16",
        claim("tech", (), "GB", "31 bn GBP = 42 bn USD", "2025-09-16", role="total", total_of=" ".join(DEAL)),
        *(claim(name, name, "GB", f"{value} bn GBP", "2025-09-16", part_of="tech") for name, value in DEAL.items()),
    ),
    tell(
        "visit",
        "2025-09-18",
        claim("all", (), "GB", "150 bn GBP", "2025-09-18", role="total", total_of="tech blackstone"),
        claim("tech", (), "GB", "31 bn GBP", "2025-09-16", role="total", part_of="all"),
        claim("blackstone", "Blackstone", "GB", "90 bn GBP", "2025-09-18", part_of="all"),
    ),
    tell(
        "cloud",
        "2025-09-17",
        claim("all", "CoreWeave", "GB", "2.5 bn GBP", "2025-09-16", role="total", total_of="new old"),
        claim("new", "CoreWeave", "GB", "1.5 bn GBP", "2025-09-16", part_of="all"),
        claim("old", "CoreWeave", "GB", "1 bn GBP", "2024-05", role="earlier", part_of="all"),
    ),
    tell("dollars", "2025-09-17", claim("tech", (), "GB", "42.3 bn USD", "2025-09-16", role="total")),
)


def test_the_deal_and_the_visit_nest() -> None:
    book = ledger(*UK)
    assert book.bn("GBP") == pytest.approx(150 + 1)
    nested = ledger(*UK[:2])
    assert nested.bn("GBP") == 150
    rests = {name: nested.rest(*key) for name, key in {"deal": ("gov", "tech"), "visit": ("visit", "all")}.items()}
    assert {name: float((rest.central or 0) / 10**9) for name, rest in rests.items() if rest} == pytest.approx(
        {"deal": 0.6, "visit": 29}
    )


def test_an_investors_total_counts_through_the_deal_and_what_was_before() -> None:
    book = ledger(*UK)
    assert book.bn("GBP", "CoreWeave", by="investor") == pytest.approx(2.5)


def test_dollars_for_the_same_pounds_are_a_restatement() -> None:
    book = ledger(*UK)
    assert book.same(("gov", "tech"), ("visit", "tech"), ("dollars", "tech"))
    assert book.pledge("gov", "tech").conflicts == ()


def test_restatement_at_the_days_rate() -> None:
    book = ledger(
        tell("dpa", "2024-02-19", claim("it", "Microsoft", "ES", "1.95 bn EUR", "2024-02-19")),
        tell("x", "2024-02-19", claim("it", "Microsoft", "ES", "2.1 bn USD", "2024-02-19")),
    )
    assert book.same(("dpa", "it"), ("x", "it"))
    assert book.pledge("x", "it").conflicts == ()
    assert book.bn("EUR") == pytest.approx(1.949, abs=0.002)


@pytest.mark.parametrize("other", ["2 bn EUR", "4 bn EUR"])
def test_other_sums_of_the_day_are_not_merged(other: str) -> None:
    book = ledger(
        tell("a", "2024-05-13", claim("it", "Microsoft", "FR", "7 bn EUR", "2024-05-13")),
        tell("b", "2024-05-13", claim("it", "Microsoft", "FR", other, "2024-05-13")),
    )
    assert not book.same(("a", "it"), ("b", "it"))
