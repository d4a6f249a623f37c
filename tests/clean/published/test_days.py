from datetime import date

import pytest

from pledgebook.clean.published.days import (
    days_in_figures,
    find_yearless,
    read_day,
    weekdays_in,
    years_around,
    years_in,
)
from pledgebook.domain import Interval
from pledgebook.extract.mentions import find_dates


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-05-13", "2024-05-13"),
        ("2024-05-13T23:59:59Z", "2024-05-13"),
        ("20240513T0930", "2024-05-13"),
        ("published 2024-05-13", "2024-05-13"),
        ("2024-13-45", None),
        ("0001-01-01", None),
        ("1715587200000", None),
        ("yesterday", None),
    ],
)
def test_metadata_is_read_as_iso_writes_it(words: str, day: str | None) -> None:
    assert read_day(words) == (None if day is None else date.fromisoformat(day))


@pytest.mark.parametrize(
    "words",
    ["2025. 6. 18. 14:02", "2025/06/18 18:20", "2025-06-18/news", "2025 06 18, 16:44", "18. 6. 2025", "18.06.2025"],
)
def test_figures_that_need_no_language(words: str) -> None:
    assert [day for _, day in days_in_figures(words)] == [date(2025, 6, 18)]


@pytest.mark.parametrize("words", ["1.5.2.2025", "2025-2026", "31. 2. 2025", "2025.13.1", "06/18/2025", "12 2025"])
def test_figures_that_are_no_day(words: str) -> None:
    assert list(days_in_figures(words)) == []


def test_years_are_those_that_news_is_of() -> None:
    assert years_in("In 2030 and 1998, 2,024 and 20245 of 1066, 2024–2025") == (1998, 2024, 2025, 2030)
    assert years_around("since 2024") == (2021, 2022, 2023, 2024, 2025)
    assert years_around("no year") == ()


@pytest.mark.parametrize(
    ("language", "text", "weekdays"),
    [
        ("en", "He said on Monday and again on Friday", {0, 4}),
        ("nl", "Dat bleek woensdag", {2}),
        ("de", "Das sagte er am Donnerstag", {3}),
        ("en", "He said so today, yesterday and three days ago", set()),
        ("en", "It was on 13 May 2024", set()),
        ("en", "1234", set()),
    ],
)
def test_weekdays_move_with_the_week_and_nothing_else_does(language: str, text: str, weekdays: set[int]) -> None:
    assert weekdays_in(text, language, find_dates) == weekdays


def test_days_and_months_without_a_year_are_told_from_those_with_one() -> None:
    text = "Held on Monday, May 13, after talks in February and in March 2023; it was paid three days ago, on Friday."
    found = list(find_yearless(text, "en", find_dates))
    assert [(one.month, one.day, set(one.weekdays)) for one in found] == [(5, 13, {0}), (2, None, set())]
    day, month = found
    assert day.fitting(range(2020, 2026), day.weekdays) == [date(2024, 5, 13)]
    assert month.dated(2024) == Interval(date(2024, 2, 1), date(2024, 2, 29))
    assert day.dated(2023) == Interval.day(date(2023, 5, 13))
