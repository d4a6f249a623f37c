from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import Interval, Qualifier
from pledgebook.extract.mentions.dates import find_dates
from pledgebook.extract.mentions.figures import Habit, read_figure, read_habit
from pledgebook.extract.mentions.money import NO_CURRENCY, find_money
from pledgebook.extract.mentions.quantities import find_quantities
from pledgebook.lexicon.language import load_language


@pytest.mark.parametrize(
    ("figure", "decimal", "value"),
    [
        ("2.1", ".", "2.1"),
        ("2,1", ",", "2.1"),
        ("2,1", ".", "2.1"),
        ("1.500", ",", "1500"),
        ("1.528", ".", "1.528"),
        ("4.000", ".", "4000"),
        ("1,234,567.89", ",", "1234567.89"),
        ("1'500", ".", "1500"),
        ("20 000", ",", "20000"),
        ("12,34,567", ".", "1234567"),
        ("٥٫٣", ".", "5.3"),
        ("0.125", ",", "0.125"),
    ],
)
def test_read_figure(figure: str, decimal: str, value: str) -> None:
    assert read_figure(figure, Habit(decimal, "," if decimal == "." else ".")) == Decimal(value)


@pytest.mark.parametrize("figure", ["1.2.3", "1,2,3", "1" * 40])
def test_figures_that_are_no_number(figure: str) -> None:
    assert read_figure(figure, Habit()) is None


def test_the_text_overrules_the_language() -> None:
    german = load_language("de").numbers
    assert read_habit(["1.500"], german).decimal == ","
    assert read_habit(["2.5", "3.75", "1.500"], german).decimal == "."


def test_round_thousands_tell_the_marks_where_a_language_has_several() -> None:
    spanish, german = load_language("es").numbers, load_language("de").numbers
    assert read_habit(["1,250", "840"], spanish).decimal == "."
    assert read_habit(["1.250", "9,333"], spanish).decimal == ","
    assert read_habit(["1,250", "2,5"], spanish).decimal == ","
    assert read_habit(["1,250"], german).decimal == ","


def test_the_country_says_whose_dollar_is_meant() -> None:
    text = "$5 million"
    assert [m.amount.currency for c in (None, "CA", "MX") for m in find_money(text, "en", country=c) if m.amount] == [
        "USD",
        "CAD",
        "MXN",
    ]
    assert [m.amount.currency for m in find_money("5 million dollars", "en", country="MX") if m.amount] == ["USD"]


def test_the_script_tells_whose_yuan_is_likely() -> None:
    found = {code: find_money("投資420億元", code)[0].amount for code in ("zh", "zh-Hant", "zh-HK")}
    assert [amount.currency for amount in found.values() if amount] == ["CNY", "TWD", "HKD"]


def test_a_weekday_before_a_day_in_figures_is_part_of_it() -> None:
    (mention,) = find_dates("Jumat (7/10/2022)", "id", published=Interval.day(date(2022, 10, 12)))
    assert mention.reading is not None
    assert mention.reading.interval == Interval.day(date(2022, 10, 7))


def test_a_number_of_years_is_no_year_whenever_it_was_written() -> None:
    assert find_dates("今後10年以内に", "ja", published=None) == []


def test_a_damaged_figure_says_so() -> None:
    (mention,) = find_money("Firms invest .6 billion in France", "en")
    assert mention.damaged
    assert mention.amount is not None
    assert mention.amount.currency == NO_CURRENCY


def test_construction_jobs_say_so() -> None:
    permanent, building = find_quantities("It brings 300 jobs, and 900 jobs during construction.", "en")
    assert (permanent.reason, building.reason) == ("number and noun", "construction")


def test_a_weekday_of_an_uncertain_publication_is_an_interval() -> None:
    (mention,) = find_dates("on Monday", "en", published=Interval(date(2024, 5, 13), date(2024, 5, 21)))
    assert mention.reading is not None
    assert (mention.reading.interval.earliest, mention.reading.interval.latest) == (
        date(2024, 5, 13),
        date(2024, 5, 20),
    )


def test_without_a_publication_only_full_dates_are_read() -> None:
    text = "last week, on Monday, in May, on 13 May 2024"
    assert [m.span.of(text) for m in find_dates(text, "en", published=None)] == ["13 May 2024"]


PIECES = st.sampled_from(
    [
        "$",
        "€",
        "5",
        "1,5",
        "30",
        " ",
        " ",
        "billion",
        "to",
        "between",
        "and",
        "(",
        ")",
        "May",
        "2024",
        "jobs",
        "GPUs",
        ".",
        "a",
    ]
)


@given(
    st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80),
    st.sampled_from(["en", "de", "ja", "ko", "ar", "th"]),
)
def test_mentions_are_sorted_and_apart_on_any_text(text: str, code: str) -> None:
    for mentions in (
        find_money(text, code),
        find_quantities(text, code),
        find_dates(text, code, published=Interval.day(date(2024, 6, 10))),
    ):
        spans = [mention.span for mention in mentions]
        assert all(first.end <= second.start for first, second in pairwise(spans))
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(m.amount is None or m.amount.qualifier in Qualifier for m in mentions)
