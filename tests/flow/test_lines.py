import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from books import Named
from documents import OneRate
from factory import RATES, claim
from pledgebook.domain import Document, Entry, Interval, Kind, Purpose, ReadDocument, Stage, Telling, UsageError
from pledgebook.flow.keeper import bring_up_to_date
from pledgebook.flow.ledger import entries, entries_of
from pledgebook.flow.lines import (
    Lines,
    find_lines,
    find_records,
    find_totals,
)
from pledgebook.ledger import totals
from pledgebook.ledger.grouping import GROUPINGS
from pledgebook.show.filters import Filters
from pledgebook.store import SORTS, Book, LineQuery, open_book
from pledgebook.store.lines import UNKNOWN
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json
from worlds import worlds

AT = datetime(2026, 1, 2, tzinfo=UTC)
OTHER = OneRate("EUR", "USD", "1.1")


def document(name: str, day: str, *claims: Any, text: str = "") -> ReadDocument:
    published = Interval.day(date.fromisoformat(day))
    return ReadDocument(Document(f"{name}.txt", text or f"Text {name}.", "en", published=published, name=name), claims)


DOCUMENTS = (
    document("a", "2024-05-13", claim("1", "Microsoft", "ES", "2.1 bn EUR", "2024-05-13", places=["Aragón"])),
    document("b", "2024-05-14", claim("1", "Amazon", "ES", "15.7 bn EUR", "2024-05-14", purposes="cloud ai")),
    document(
        "c",
        "2024-05-15",
        claim("1", ("Acme", "Bolt"), "FR DE", "30-50 m USD", "2024-05", stage="proposed", things={"jobs": 300}),
        claim("2", "Cora", "JP", None, None, things={"gpus": 25000}),
    ),
    document("d", "2024-06-01", claim("1", "MICROSOFT", "ES", "2.1 bn EUR", "2024-05-13")),
    document(
        "e",
        "2025-01-01",
        claim("1", "French government", "FR", "109 bn EUR", "2025-01-01", role="total", total_of="2"),
        claim("2", "Brookfield", "FR", "20 bn EUR", "2025-01-01", part_of="1"),
    ),
    document("f", "2025-02-01", claim("1", (), "US", "500 bn USD", "2025-01-21", recipient="OpenAI")),
)
FILTERS = (
    Filters(),
    Filters(investor="microsoft"),
    Filters(investor="AWS"),
    Filters(investor="o"),
    Filters(investor="nobody"),
    Filters(recipient="openai"),
    Filters(country="ES"),
    Filters(country="FR", counted=True),
    Filters(place="aragon"),
    Filters(purpose=Purpose.AI),
    Filters(stage=Stage.PROPOSED),
    Filters(since=date(2024, 5, 14)),
    Filters(until=date(2024, 5, 20), counted=True),
    Filters(since=date(2024, 5, 31), until=date(2024, 12, 31)),
    Filters(min_sources=2),
)


@pytest.fixture
def book(place: Named) -> Iterator[Book]:
    with closing(open_book(place("b"), create=True)) as opened:
        opened.add_all(DOCUMENTS, at=AT)
        yield opened


def worked_out() -> tuple[Entry, ...]:
    return entries_of(DOCUMENTS, rates=RATES, currency="USD")


def test_what_is_kept_is_what_is_worked_out(book: Book) -> None:
    assert entries(book, rates=RATES, currency="USD") == worked_out()
    assert entries(book, rates=RATES) == entries_of(DOCUMENTS, rates=RATES)
    assert entries(book, rates=RATES, currency="GBP") == entries_of(DOCUMENTS, rates=RATES, currency="GBP")


def test_an_earlier_day_and_other_rates_are_worked_out(book: Book) -> None:
    day = date(2024, 5, 14)
    assert entries(book, rates=RATES, as_of=day) == entries_of(DOCUMENTS, rates=RATES, as_of=day)
    assert entries(book, rates=OTHER) == entries_of(DOCUMENTS, rates=OTHER)
    assert book.stamp() == ""


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters_find_the_same_by_looking_up(book: Book, filters: Filters) -> None:
    page = find_lines(book, filters, rates=RATES, currency="USD")
    expected = tuple(line for line in worked_out() if filters.keep(line))
    assert page.entries == expected
    assert page.found == len(expected)
    slim = find_lines(book, filters, rates=RATES, currency="USD", has_claims=False).entries
    assert [pledge_json(line) for line in slim] == [pledge_json(line) for line in expected]
    records = find_records(book, filters, rates=RATES, currency="USD").records
    assert records == tuple(dumps(pledge_json(line)) for line in expected)
    plain = find_records(book, filters, rates=RATES).records
    assert [json.loads(record)["in"] for record in plain] == [None] * len(expected)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_what_many_lines_have_is_asked_of_each(book: Book, filters: Filters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.store.lines_asked._COMMON_LINES", 0)
    whole = find_lines(book, filters, rates=RATES, sort="amount")
    page = find_lines(book, filters, rates=RATES, sort="amount", offset=1, limit=3)
    assert page.entries == whole.entries[1:4]
    assert page.found == whole.found


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_every_order_and_page_is_that_of_the_whole(book: Book, sort: str, descending: bool) -> None:
    options: dict[str, Any] = {"rates": RATES, "sort": sort, "descending": descending, "currency": "USD"}
    whole = find_lines(book, **options).entries
    paged = [line for start in range(0, 9, 2) for line in find_lines(book, offset=start, limit=2, **options).entries]
    assert paged == list(whole)
    assert sorted(whole, key=lambda line: line.id) == list(worked_out())
    column = SORTS[sort]
    rows = book.lines.find(LineQuery(sort=sort, descending=descending))
    values = [row.at for row in rows if row.at != UNKNOWN.get(column)]
    assert values == sorted(values, reverse=descending)
    assert all(row.at == UNKNOWN.get(column) for row in rows[len(values) :])
    after, following = None, []
    while some := book.lines.find(LineQuery(sort=sort, descending=descending, after=after, limit=2)):
        following += [row.id for row in some]
        after = (some[-1].at, some[-1].id)
    assert following == [line.id for line in whole]
    elsewhere = find_lines(book, **options | {"rates": RATES, "as_of": date(2099, 1, 1), "currency": "USD"}).entries
    assert [line.id for line in elsewhere] == [line.id for line in whole]


def test_one_line_is_found_by_its_id_and_the_beginning_of_it(book: Book) -> None:
    line = worked_out()[0]
    assert bring_up_to_date(book, rates=RATES)
    lines = Lines(book)
    for name in (line.id, line.id[:-3], line.id.partition("-")[2]):
        assert lines.line(name) == line
    assert lines.line("pledge-none") is None
    assert lines.line("") is None
    with pytest.raises(UsageError, match="several"):
        lines.line("pledge-")


def test_totals_are_kept_and_are_those_of_the_ledger(book: Book) -> None:
    everything = entries_of(DOCUMENTS, rates=RATES)
    for filters, currency in product((None, *FILTERS), ("EUR", "USD")):
        for by in (None, "country", "investor", "spending-year"):
            chosen = [line for line in everything if filters is None or filters.keep(line)]
            expected = totals(chosen, currency=currency, rates=RATES, by=by, among=everything)
            for _ in range(2):
                found = find_totals(book, filters, rates=RATES, by=by, currency=currency)
                assert [(row.key, row.low, row.central, row.high, row.naive) for row in found] == [
                    (row.key, row.low, row.central, row.high, row.naive) for row in expected
                ]
                assert [row.left_out for row in found] == [row.left_out for row in expected]
            assert find_totals(book, filters, rates=RATES, by=by, currency=currency, explain=True) == expected
    (gpus,) = find_totals(book, rates=RATES, kind=Kind.GPUS)
    assert gpus.central == 25000


def test_names_tell_how_many_lines_they_have(book: Book) -> None:
    assert bring_up_to_date(book, rates=RATES)
    names = {value: lines for value, _, lines in book.lines.names("country")}
    assert names["ES"] == sum("ES" in line.pledge.destinations for line in worked_out())
    told = Lines(book).about("telling", ["f/1"])
    assert {line.pledge.tellings[0].document for line in told} == {"f"}
    assert Lines(book).told_in("f") == told


def test_a_new_document_changes_what_is_kept(book: Book) -> None:
    before = find_lines(book, rates=RATES)
    stamp = book.stamp()
    book.add_all([document("g", "2025-03-01", claim("1", "Delta", "IT", "3 bn EUR", "2025-03-01"))], at=AT)
    assert find_lines(book, rates=RATES, fresh=False).found == before.found
    assert book.stamp() == stamp
    after = find_lines(book, rates=RATES)
    assert after.found == before.found + 1
    assert book.stamp() != stamp
    assert book.verify() == ()


def test_erasing_leaves_no_line_behind(book: Book) -> None:
    find_totals(book, rates=RATES, by="investor")
    book.erase("f", by="Kim", why="asked to", at=AT)
    assert book.stamp() == ""
    assert book.verify() == ()
    assert find_lines(book, Filters(recipient="OpenAI"), rates=RATES).found == 0
    assert book.verify() == ()


def test_rebuilding_gives_the_same_book(book: Any) -> None:
    bring_up_to_date(book, rates=RATES)
    tables = ("log", "readers", "decisions", "erased", "lines", "line_bodies", "traits", "names", "ledger", "searched")

    def dump() -> dict[str, Any]:
        return {table: sorted(book.engine.rows("SELECT * FROM " + table), key=repr) for table in tables}  # noqa: S608 - names from above

    before = dump()
    book.rebuild()
    assert book.stamp() == ""
    bring_up_to_date(book, rates=RATES)
    after = dump()
    assert {name: rows for name, rows in after.items() if name != "searched"} == {
        name: rows for name, rows in before.items() if name != "searched"
    }
    assert {key for _, key in after["searched"]} == {key for _, key in before["searched"]}
    assert book.verify() == ()


def as_documents(world: list[list[Telling]]) -> list[ReadDocument]:
    return [
        ReadDocument(
            Document(tellings[0].source, tellings[0].document, "en", published=tellings[0].published, name=tellings[0].document),
            tuple(telling.claim for telling in tellings),
        )
        for tellings in world
    ]  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds())
def test_any_world_comes_back_from_the_book(tmp_path_factory: Any, world: Any) -> None:
    documents = as_documents(world)
    path = tmp_path_factory.mktemp("world") / "b.db"
    with closing(open_book(str(path), create=True)) as book:
        book.add_all(documents, at=AT)
        lines = entries_of(book.documents(), rates=RATES, currency="USD")
        assert entries(book, rates=RATES, currency="USD") == lines
        for by in GROUPINGS:
            assert find_totals(book, rates=RATES, by=by, explain=True) == totals(
                lines, currency="USD", rates=RATES, by=by
            )
        since = date(2024, 3, 1)
        assert find_totals(book, rates=RATES, since=since, explain=True) == totals(
            lines, currency="USD", rates=RATES, since=since
        )
        assert book.verify() == ()
