"""AWS in Aragón, Microsoft in Europe, Amazon and Intel in Germany: what replaces, adds up, is past or given up."""

import pytest

from factory import claim, ledger, tell

ARAGON_2021 = tell("bulletin", "2021-03-25", claim("plan", "Amazon", "ES", "2.5 bn EUR", "2021", places=("Aragón",)))
ARAGON_2024 = tell(
    "heraldo",
    "2024-05-22",
    claim(
        "plan",
        "Amazon",
        "ES",
        "15.7 bn EUR",
        "2024-05-22",
        by="2033-12-31",
        places=("Aragón",),
        things={"jobs_supported": 17500},
        replaces="old",
    ),
    claim("old", "Amazon", "ES", "2.5 bn EUR", "2021", places=("Aragón",), role="earlier"),
)
ARAGON_2026 = tell(
    "diario",
    "2026-03-02",
    claim(
        "more", "Amazon", "ES", "18 bn EUR", "2026-03-02", places=("Aragón", "Teruel"), adds_to="plan", part_of="all"
    ),
    claim("plan", "Amazon", "ES", "15.7 bn EUR", "2024-05", places=("Aragón",), role="earlier", part_of="all"),
    claim(
        "all",
        "Amazon",
        "ES",
        "33.7 bn EUR",
        "2026-03-02",
        by="2035-12-31",
        places=("Aragón",),
        role="total",
        total_of="more plan",
    ),
)


def test_aragon_counts_what_replaces_and_what_is_added() -> None:
    book = ledger(ARAGON_2021, ARAGON_2024, ARAGON_2026)
    assert book.bn("EUR") == pytest.approx(33.7)
    assert book.same(("bulletin", "plan"), ("heraldo", "old"))
    assert book.line("bulletin", "plan").reason == "replaced by a newer plan"
    assert len(book.pledges) == 4


def test_aragon_new_in_a_year_and_outstanding() -> None:
    from datetime import date

    book = ledger(ARAGON_2021, ARAGON_2024, ARAGON_2026)
    year = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    assert book.bn("EUR", new_only=True, **year) == pytest.approx(18)
    year = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}
    assert book.bn("EUR", new_only=True, **year) == pytest.approx(15.7 - 2.5)


def test_aragon_as_it_was_known_before() -> None:
    documents = (ARAGON_2021, ARAGON_2024, ARAGON_2026)
    assert ledger(*documents, as_of="2024-05-21").bn("EUR") == pytest.approx(2.5)
    assert ledger(*documents, as_of="2025-01-01").bn("EUR") == pytest.approx(15.7)


EUROPE = tell(
    "press",
    "2024-02-20",
    claim(
        "all",
        "Microsoft",
        "DE ES GB",
        "8.8 bn USD",
        "2023-11-30..2024-02-19",
        role="total",
        total_of="uk germany spain",
    ),
    claim("uk", "Microsoft", "GB", "2.5 bn GBP", "2023-11-30", role="earlier", part_of="all"),
    claim("germany", "Microsoft", "DE", "3.2 bn EUR", "2024-02-15", role="earlier", part_of="all"),
    claim("spain", "Microsoft", "ES", "2.1 bn USD", "2024-02-19", part_of="all"),
)
GERMANY = [
    tell(f"paper-{n}", "2024-02-16", claim("it", "Microsoft", "DE", words, "2024-02-15"))
    for n, words in enumerate(("3.2 bn EUR", "about 3.3 bn EUR", "3 bn EUR", "3.2 bn EUR"))
]


def test_a_press_total_over_three_currencies_is_within_its_rounding() -> None:
    book = ledger(EUROPE, *GERMANY)
    assert book.bn("USD") == pytest.approx(8.70, abs=0.01)
    rest = book.rest("press", "all")
    assert rest is not None
    assert (rest.counted, rest.reason) == (False, "within the rounding of the total")


def test_rounded_figures_are_one_pledge() -> None:
    book = ledger(EUROPE, *GERMANY)
    keys = [("press", "germany"), *((f"paper-{n}", "it") for n in range(4))]
    assert book.same(*keys)
    pledge = book.pledge(*keys[0])
    assert pledge.amount is not None
    assert pledge.amount.value == 3_200_000_000


AMAZON_GERMANY = tell(
    "de",
    "2024-06-19",
    claim("all", "Amazon", "DE", "17.8 bn EUR", "2024-06-19", role="total", total_of="ten brandenburg"),
    claim(
        "ten",
        "Amazon",
        "DE",
        "10 bn EUR",
        "2024-06-19",
        total_of="frankfurt rest",
        part_of="all",
        adds_to="brandenburg",
    ),
    claim("brandenburg", "Amazon", "DE", "7.8 bn EUR", "2024-05-15", role="earlier", part_of="all"),
    claim("frankfurt", "Amazon", "DE", "8.8 bn EUR", "2024-06-19", places=("Frankfurt",), part_of="ten"),
    claim("rest", "Amazon", "DE", "1.2 bn EUR implied", "2024-06-19", part_of="ten"),
)
PAST = tell("past", "2024-06-20", claim("spent", "Amazon", "DE", "77 bn EUR", None, role="total", stage="completed"))


def test_amazon_in_germany_is_counted_once() -> None:
    book = ledger(AMAZON_GERMANY)
    row = book.total("EUR", "DE", by="country")
    assert float(row.central / 10**9) == pytest.approx(17.8)
    assert float(row.naive / 10**9) == pytest.approx(45.6)
    assert row.unnamed == 0


def test_what_was_spent_before_is_not_pledged() -> None:
    book = ledger(AMAZON_GERMANY, PAST)
    assert book.bn("EUR") == pytest.approx(17.8)
    assert book.line("past", "spent").reason == "already spent"


MAGDEBURG = {"places": ("Magdeburg",), "purposes": "semiconductors"}
INTEL = (
    tell("i1", "2022-03-15", claim("a", "Intel", "DE", "17 bn EUR", "2022-03-15", things={"jobs": 3000}, **MAGDEBURG)),
    tell(
        "i2",
        "2023-06-19",
        claim("b", "Intel", "DE", "30 bn EUR", "2023-06-19", replaces="a", **MAGDEBURG),
        claim("a", "Intel", "DE", "17 bn EUR", "2022-03", role="earlier", **MAGDEBURG),
        claim(
            "aid", "German government", "DE", "9.9 bn EUR", "2023-06-19", recipient="Intel", part_of="b", **MAGDEBURG
        ),
    ),
    tell("i3", "2024-09-17", claim("b", "Intel", "DE", "30 bn EUR", "2023-06-19", stage="delayed", **MAGDEBURG)),
    tell("i4", "2025-07-25", claim("b", "Intel", "DE", "about 30 bn EUR", None, stage="cancelled", **MAGDEBURG)),
    tell(
        "i5",
        "2025-08-01",
        claim(
            "b",
            "Intel",
            "DE",
            "30 bn EUR",
            "2023-06",
            role="earlier",
            stage="cancelled",
            things={"jobs": 300},
            **MAGDEBURG,
        ),
    ),
)


def test_intel_in_magdeburg_through_its_life() -> None:
    assert ledger(*INTEL, as_of="2022-12-31").bn("EUR") == 17
    assert ledger(*INTEL, as_of="2024-01-01").bn("EUR") == 30
    delayed = ledger(*INTEL, as_of="2024-10-01")
    assert delayed.bn("EUR") == 30
    assert "delayed" in delayed.line("i2", "b").flags
    assert ledger(*INTEL).bn("EUR") == 0


def test_intel_history_is_kept() -> None:
    book = ledger(*INTEL)
    pledge = book.pledge("i2", "b")
    assert [(step.stage.value, str(step.day)) for step in pledge.life] == [
        ("announced", "2023-06-19"),
        ("delayed", "2024-09-17"),
        ("cancelled", "2025-07-25"),
    ]
    assert book.line("i1", "a").reason == "replaced by a newer plan"
    assert book.line("i2", "aid").pledge.recipient is not None


def test_state_aid_is_the_governments_and_inside_the_whole() -> None:
    book = ledger(*INTEL, as_of="2024-01-01")
    assert book.bn("EUR", "German government", by="investor") == pytest.approx(9.9)
    assert book.bn("EUR", "Intel", by="investor") == pytest.approx(20.1)
