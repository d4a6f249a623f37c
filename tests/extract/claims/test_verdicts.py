"""What tells of a draft's role and stage."""

from datetime import date

import pytest

from documents import scene
from pledgebook.domain import Interval, Stage
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.extract.claims.territory import find_territories
from pledgebook.extract.claims.verdicts import ago, judge

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


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("sv", "Amazon ställer in investeringen på 3 miljarder kronor i Västerås.", Stage.CANCELLED),
        ("en", "Amazon cancels its investment of 3 billion dollars in Ohio.", Stage.CANCELLED),
        ("en", "Amazon plans an investment of 3 billion dollars in Ohio.", Stage.ANNOUNCED),
    ],
)
def test_what_is_given_up_in_its_own_clause_is_cancelled(language: str, text: str, stage: Stage) -> None:
    told = scene(text, language=language)
    _, drafts = build_drafts(told)
    [territory] = find_territories(told, drafts)
    assert judge(told, drafts[0], drafts, territory).stage is stage
