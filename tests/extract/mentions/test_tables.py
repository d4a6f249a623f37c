"""What the heads of columns say of the cells under them."""

import pytest

from pledgebook.domain import MentionKind
from pledgebook.extract.mentions import find_organisations, find_places
from pledgebook.extract.mentions.tables import Row, find_tables
from pledgebook.extract.mentions.tables_figures import column_counts, column_sums
from pledgebook.extract.mentions.tables_names import read_rows
from pledgebook.lexicon.language import load_language


def told(text: str, code: str = "en") -> list[tuple[str, str, str]]:
    """Each bare sum of the tables: its words, its value and its currency."""
    found = column_sums(text, load_language(code), find_tables(text))
    return [(m.span.of(text), f"{m.amount.value:f}", m.amount.currency) for m in found if m.amount is not None]


def rows(text: str, code: str = "en") -> tuple[list[Row], list[str]]:
    language = load_language(code)
    found, named = read_rows(
        text, language, find_tables(text), find_organisations(text, code, doubtful=True), find_places(text, code)
    )
    return found, [mention.party.name for mention in named if mention.party is not None]


@pytest.mark.parametrize(
    ("code", "head", "cell", "value", "currency"),
    [
        ("en", "Investment (€m)", "1,400", "1400000000", "EUR"),
        ("en", "Investment, $bn", "2.5", "2500000000", "USD"),
        ("en", "Outlay (Rs crore)", "9,500", "95000000000", "INR"),
        ("es", "Inversión (M€)", "15.700", "15700000000", "EUR"),
        ("es", "Inversión en millones de euros", "190", "190000000", "EUR"),
        ("de", "Summe (Mio. Euro)", "85,5", "85500000", "EUR"),
        ("fr", "Montant (M€)", "1 250 *", "1250000000", "EUR"),
        ("pl", "Inwestycja (mln zł)", "370", "370000000", "PLN"),
        ("ja", "投資額（億円）", "45", "4500000000", "JPY"),
        ("hi", "निवेश (करोड़ रु.)", "16,000", "160000000000", "INR"),
    ],
)
def test_a_bare_number_takes_the_unit_of_its_column(code: str, head: str, cell: str, value: str, currency: str) -> None:
    text = f"A | {head}\nAcme | {cell}\nBolt | {cell}"
    words = cell.rstrip(" *")
    assert told(text, code) == [(words, value, currency)] * 2


@pytest.mark.parametrize("head", ["Year", "Jobs", "Where", "Share (%)", "Capacity (MW)", ""])
def test_a_column_of_something_else_holds_no_sums(head: str) -> None:
    assert told(f"A | {head}\nAcme | 2027\nBolt | 2028") == []


def test_what_is_no_number_is_left_alone() -> None:
    assert told("A | Sum (€m)\nAcme | n/a\nBolt | see 4 below\nCray | 7") == [("7", "7000000", "EUR")]


def test_a_column_tells_what_is_counted() -> None:
    text = "Who | Jobs\nAcme | 90\nBolt | 1,200"
    [one, other] = column_counts(text, load_language("en"), find_tables(text))
    assert one.kind is MentionKind.QUANTITY
    assert one.deliverable is not None
    assert other.deliverable is not None
    assert (one.deliverable.kind, one.deliverable.count, other.deliverable.count) == ("jobs", 90, 1200)


def test_lines_of_other_lengths_make_no_table() -> None:
    assert find_tables("Home | News | Sport\nAcme | 120") == []
    assert find_tables("one line | alone") == []


def test_names_in_a_column_of_names_need_nothing_else() -> None:
    found, named = rows("Company | Town | Sum\nFirmus and Acme | Melbourne | $4 billion\nBolt | Perth | $1 billion")
    assert [row.who is not None for row in found] == [True, True]
    assert set(named) >= {"Firmus", "Acme", "Bolt"}


def test_a_column_is_one_of_names_where_most_of_its_cells_hold_one() -> None:
    found, named = rows("A | B\nAmazon | 2 billion\nMicrosoft | 3 billion\nNorthgrid | 1 billion")
    assert all(row.who is not None for row in found)
    assert "Northgrid" in named
    assert all(row.who is None for row in rows("A | B\nred | 2 billion\nblue | 3 billion")[0])


def test_towns_beside_the_names_are_no_companies() -> None:
    _, named = rows("Commune | Porteur\nPetit-Landau (Haut-Rhin) | Microsoft\nBourges (Cher) | Berry Compute", "fr")
    assert "Microsoft" in named
    assert "Berry Compute" in named
    assert not any("Landau" in name for name in named)


def test_who_is_left_open_is_no_name() -> None:
    _, named = rows("Porteur | Montant\nMicrosoft | 2 Md€\nnon dévoilé | 5 Md€", "fr")
    assert named == ["Microsoft"]
