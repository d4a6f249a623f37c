from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.domain import Interval

DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 31))
INTERVALS = st.tuples(DAYS, DAYS).map(lambda ends: Interval(min(ends), max(ends)))


@given(INTERVALS, INTERVALS)
def test_two_intervals_overlap_touch_or_lie_apart(one: Interval, other: Interval) -> None:
    both = one.narrowed(other)
    assert one.overlaps(other) == other.overlaps(one) == (both is not None) == (one.distance(other) == 0)
    assert one.distance(other) == other.distance(one)
    assert one.within(one.joined(other))
    assert other.within(one.joined(other))
    if both is not None:
        assert both.within(one)
        assert both.within(other)
    else:
        assert one.joined(other).days == one.days + other.days + one.distance(other) - 1


@given(INTERVALS)
def test_the_middle_lies_inside(interval: Interval) -> None:
    assert Interval.day(interval.middle).within(interval)
    assert interval.is_day == (interval.days == 1)


def test_an_interval_does_not_run_back() -> None:
    with pytest.raises(ValueError, match="earliest lies after latest"):
        Interval(date(2024, 5, 14), date(2024, 5, 13))
