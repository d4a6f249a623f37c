"""What tells of a draft's role and stage."""

from datetime import date

import pytest

from documents import scene
from pledgebook.domain import Interval, Role, Stage
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.extract.claims.relations import settled_roles
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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Năm 2023, Microsoft công bố đầu tư 1 tỷ euro vào Đức và nay bổ sung 3,2 tỷ euro."),
        ("zh", "微软2023年宣布在德国投资10亿欧元，如今再追加32亿欧元建设数据中心。"),
    ],
)
def test_what_is_added_to_an_earlier_sum_in_its_sentence_is_new(language: str, text: str) -> None:
    told = scene(text, language=language, published="2025-06-18")
    _, drafts = build_drafts(told)
    territories = find_territories(told, drafts)
    verdicts = [judge(told, draft, drafts, one) for draft, one in zip(drafts, territories, strict=True)]
    assert settled_roles(told, drafts, verdicts, territories) == [Role.EARLIER, Role.NEW]
