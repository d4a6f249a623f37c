from datetime import date

import pytest

from pledgebook.clean.lines import lines_of
from pledgebook.clean.published import Published, find_published
from pledgebook.clean.title import find_title
from pledgebook.domain import Interval, PublishedBasis
from pledgebook.extract.mentions import find_dates

TITLE = "Acme to build a laboratory in Lyon"
PROSE = (
    "Acme will spend 40 million euros on a laboratory in Lyon, its president told reporters there, and hire engineers."
)
MORE = "The city gives the land, and the first machines should run by the end of next year, she said to the paper."


def published(
    *lines: str,
    language: str = "en",
    meta: str | None = None,
    changed: str | None = None,
    byline: str = "",
    given: date | None = None,
    title: str = TITLE,
) -> Published:
    found = list(lines_of("\n\n".join(lines)))
    return find_published(
        found,
        language,
        title=find_title(found, title, is_html=False),
        meta_days=[meta] if meta else [],
        changed_days=[changed] if changed else [],
        byline=byline,
        given=given,
        find_dates=find_dates,
    )


def days(first: str, last: str | None = None) -> Interval:
    return Interval(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("language", "byline"),
    [
        ("en", "By Jane Doe, May 13, 2024"),
        ("en", "Published: 13 May 2024, 9:30 | Updated: 15 May 2024, 10:00"),
        ("de", "Von Jana Braun, 13. Mai 2024"),
        ("nl", "Door onze redactie, 13 mei 2024 om 09:30"),
        ("fr", "Par Jeanne Dupont – 13 mai 2024 à 06:30 | mis à jour le 15 mai 2024 à 09:12"),
        ("cs", "Jana Nováková, 13. 5. 2024"),
        ("ko", "입력 2024. 5. 13. 오전 9:30"),
        ("ja", "2024/05/13 18:20 更新"),
    ],
)
def test_a_byline_tells_the_day(language: str, byline: str) -> None:
    assert published(TITLE, byline, PROSE, MORE, language=language) == Published(
        days("2024-05-13"), PublishedBasis.BYLINE
    )


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "PARIS, May 13, 2024 (Newswire) - Acme will spend"),
        ("en", "LYON, France – 13 May 2024 – Acme will spend"),
        ("en", "13 May 2024. Acme will spend"),
        ("de", "Lyon, 13. Mai 2024. Acme will ausgeben"),
        ("nl", "13 mei 2024, Lyon — Acme gaat uitgeven"),
        ("es", "Lyon, 13 de mayo de 2024.- Acme gastará"),
        ("zh", "里昂2024年5月13日电 阿克梅公司将投资"),
    ],
)
def test_a_dateline_tells_the_day(language: str, lead: str) -> None:
    line = f"{lead} {PROSE} {MORE}"
    assert published(TITLE, line, language=language).interval == days("2024-05-13")


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "On 13 May 2024 the state gave its word, and"),
        ("nb", "Den 13. mai 2024 lovet regjeringen penger, og"),
        ("en", "The plan of 13 May 2024 was for Nice, but"),
    ],
)
def test_a_day_in_running_text_is_no_dateline(language: str, lead: str) -> None:
    assert published(TITLE, f"{lead} {PROSE} {MORE}", language=language).interval is None


def test_a_day_in_a_list_is_no_dateline() -> None:
    items = [
        f"- {day} May 2024 – Acme promises {day} million euros for a laboratory, in Lyon, in Nice or in Lille, and hires."
        for day in (13, 14, 15)
    ]
    assert published(TITLE, PROSE, *items, MORE).interval is None


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("de", ("Bern, 13. Mai (abc) " + PROSE, MORE, "© ABC 2024")),
        ("cs", ("Praha 13. května (ABC) - " + PROSE, MORE, "(2024)")),
        ("en", ("Newsletter, Monday, 13 May", PROSE + " It bought the land in 2023.", MORE)),
    ],
)
def test_a_dateline_may_have_its_year_elsewhere(language: str, lines: tuple[str, ...]) -> None:
    assert published(TITLE, *lines, language=language).interval == days("2024-05-13")


@pytest.mark.parametrize(
    ("language", "line"), [("en", "Jane Doe, May 2024"), ("pt", "Lisboa, maio de 2024"), ("en", "May 2024")]
)
def test_a_month_is_told_where_no_day_is(language: str, line: str) -> None:
    assert published(TITLE, line, PROSE, MORE, language=language) == Published(
        days("2024-05-01", "2024-05-31"), PublishedBasis.BYLINE
    )


def test_a_day_at_the_foot_counts_too() -> None:
    assert published(TITLE, PROSE, MORE, "Published 13 May 2024, 7:30").interval == days("2024-05-13")
    assert published(TITLE, PROSE, f"{MORE} {MORE} (Agency, 13 May 2024)").interval == days("2024-05-13")


def test_metadata_are_believed_where_nothing_else_is_told() -> None:
    assert published(TITLE, PROSE, meta="2024-05-13T08:00") == Published(days("2024-05-13"), PublishedBasis.METADATA)
    assert published(TITLE, PROSE, given=date(2024, 5, 13)).basis is PublishedBasis.METADATA


def test_a_byline_overrules_metadata_that_are_wrong() -> None:
    found = published(TITLE, "By Jane Doe, 13 May 2024", PROSE, meta="2024-11-02")
    assert found == Published(days("2024-05-13"), PublishedBasis.BYLINE, "the metadata's 2024-11-02")


def test_a_byline_beside_the_article_does_so_too() -> None:
    assert published(TITLE, PROSE, meta="2024-11-02", byline="13 May 2024").interval == days("2024-05-13")


def test_a_day_more_or_less_is_the_hour_and_no_contradiction() -> None:
    found = published(TITLE, "By Jane Doe, 13 May 2024", PROSE, meta="2024-05-14T02:41:00Z")
    assert found == Published(days("2024-05-13"), PublishedBasis.BYLINE)


def test_of_several_days_the_one_in_the_metadata_is_taken() -> None:
    line = "Updated 15 May 2024 | Published 13 May 2024"
    assert published(TITLE, line, PROSE, meta="2024-05-13").interval == days("2024-05-13")


def test_a_day_of_a_later_change_is_not_that_of_the_publication() -> None:
    found = published(TITLE, "15 May 2024, 16:32", PROSE, meta="2024-05-13", changed="2024-05-15")
    assert found == Published(days("2024-05-13"), PublishedBasis.METADATA)


def test_a_header_is_believed_where_the_text_does_not_say_otherwise() -> None:
    assert published("19 November 2024", "The Daily", TITLE, PROSE).interval == days("2024-11-19")


def test_metadata_are_believed_more_than_a_header() -> None:
    assert published("19 November 2024", "The Daily", TITLE, PROSE, meta="2024-05-13").interval == days("2024-05-13")


def test_an_event_told_as_news_overrules_the_header() -> None:
    news = "The pledge was made at the Choose France summit on Monday, and others followed."
    found = published("19 November 2024", "The Daily", TITLE, PROSE, news)
    assert found == Published(days("2024-05-13", "2024-05-19"), PublishedBasis.INFERRED, "the header's 2024-11-19")


def test_a_weekday_told_as_news_and_dated_below_overrules_the_header() -> None:
    lead = "Acme will spend 40 million euros on a laboratory in Lyon, its president told reporters on Monday."
    dated = "The summit, held in Versailles on Monday, May 13, ended with promises of 15 billion until 2025."
    found = published("March 3, 2025", "The Daily", TITLE, lead, dated)
    assert found.interval == days("2024-05-13", "2024-05-19")


def test_an_old_event_does_not_overrule_the_header() -> None:
    old = "It had promised as much at the Choose France summit of 2019, and nothing came of it."
    assert published("19 November 2024", "The Daily", TITLE, PROSE, old).interval == days("2024-11-19")


def test_without_any_day_an_event_gives_the_first_it_can_be() -> None:
    news = "Google told of its AI Opportunity Initiative for Europe."
    found = published(TITLE, PROSE, news)
    assert found == Published(days("2024-02-12", "2025-02-11"), PublishedBasis.INFERRED)


@pytest.mark.parametrize("other", ["", "It has been in Spain since September 2021, and opened a shop in May 2019."])
def test_a_month_without_a_year_narrows_that(other: str) -> None:
    news = f"Earlier in February it promised 3 billion euros to Germany. {other}"
    found = published(TITLE, PROSE, news, "Google told of its AI Opportunity Initiative for Europe.")
    assert found.interval == days("2024-02-01", "2024-02-29")


def test_a_weekday_beside_a_day_near_the_end_tells_the_year() -> None:
    news = (
        "We are at the fair, where it is cold and the queues are long this Monday 3 March. It promised as much in 2024."
    )
    found = published(TITLE, PROSE, news)
    assert found == Published(days("2025-03-03", "2025-03-09"), PublishedBasis.INFERRED)


def test_nothing_told_is_nothing_known() -> None:
    assert published(TITLE, PROSE, MORE) == Published(None, PublishedBasis.UNKNOWN)
