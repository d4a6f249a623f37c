"""What tells of a draft's role and stage."""

from datetime import date

import pytest

from pledgebook.domain import Interval
from pledgebook.extract.claims.verdicts import ago

PUBLISHED = Interval(date(2025, 5, 14), date(2025, 5, 14))


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        (date(2025, 5, 13), date(2025, 5, 13), "today"),
        (date(2025, 5, 7), date(2025, 5, 7), "week"),
        (date(2025, 4, 10), date(2025, 4, 20), "weeks"),
        (date(2024, 9, 1), date(2024, 9, 30), "year"),
        (date(2019, 1, 1), date(2019, 12, 31), "years"),
        (date(2024, 5, 14), date(2025, 5, 14), "lately"),
        (date(2025, 1, 1), date(2025, 12, 31), "around"),
        (date(2027, 1, 1), date(2027, 12, 31), "ahead"),
    ],
)
def test_how_long_ago_a_day_was(first: date, last: date, step: str) -> None:
    assert ago(Interval(first, last), PUBLISHED) == step
