"""What is in memory says what the book says: lists, counts, sums and flows, whatever is asked."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from books import Named
from factory import RATES, claim
from pledgebook.domain import Document, Interval, Purpose, ReadDocument, Stage, Telling
from pledgebook.flow.derived import read_record
from pledgebook.flow.figure_image import COLUMNS, FigureImage
from pledgebook.flow.keeper import bring_up_to_date
from pledgebook.flow.lines import query_of
from pledgebook.flow.sums import Flows
from pledgebook.flow.tallies import Totals
from pledgebook.flow.text_image import TextImage
from pledgebook.show.filters import Filters
from pledgebook.store import SORTS, Book, LineQuery, NotInMemoryError, open_book
from worlds import worlds

AT = datetime(2026, 1, 2, tzinfo=UTC)
DAYS = (None, date(2024, 1, 1), date(2024, 3, 15), date(2024, 6, 1), date(2025, 1, 1))


def as_documents(world: list[list[Telling]]) -> list[ReadDocument]:
    return [
        ReadDocument(
            Document(it[0].source, it[0].document, "en", published=it[0].published, name=it[0].document),
            tuple(telling.claim for telling in it),
        )
        for it in world
    ]


@st.composite
def queries(draw: st.DrawFn, book: Book) -> LineQuery:
    """Any question that filters can ask, of values that the book has and some that it has not."""

    def some(kind: str) -> st.SearchStrategy[str]:
        return st.sampled_from([*(value for value, _, _ in book.lines.names(kind)), "Nobody"])

    ways: dict[str, st.SearchStrategy[Any]] = {
        **{kind: some(kind) for kind in ("investor", "recipient", "country", "place")},
        "purpose": st.sampled_from(Purpose),
        "stage": st.sampled_from(Stage),
        "since": st.sampled_from(DAYS[1:]),
        "until": st.sampled_from(DAYS[1:]),
        "min_sources": st.integers(1, 2),
        "counted": st.just(True),
    }
    # Many filters at once let nothing pass.
    filters = Filters(**{name: draw(ways[name]) for name in draw(st.sets(st.sampled_from(sorted(ways)), max_size=2))})
    return query_of(
        book,
        filters,
        words=draw(st.sampled_from([(), (), (), ("a",), ("acme", "fr")])),
        whole=draw(st.sampled_from([False, False, True])),
        conflicting=draw(st.sampled_from([False, False, False, True])),
        sort=draw(st.sampled_from(sorted(SORTS))),
        descending=draw(st.booleans()),
        offset=draw(st.integers(0, 3)),
        limit=draw(st.sampled_from([None, 1, 2, 5])),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds(), st.data())
def test_memory_says_what_the_book_says(tmp_path_factory: Any, world: Any, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("world") / "b.db"
    with closing(open_book(str(path), create=True)) as book:
        book.add_all(as_documents(world), at=AT)
        bring_up_to_date(book, rates=RATES)
        if not book.stamp():
            return  # these rates are nobody's: the lines are not kept under a name
        lines = book.lines.image()
        figures = FigureImage.of(book, lines)
        check_texts(book, TextImage.of(book, lines, most=10**6))
        for _ in range(8):
            query = data.draw(queries(book))
            check_lines(book, query)
            check_sums(book, figures, query, data)


def check_lines(book: Book, query: LineQuery) -> None:
    plain = book.lines
    book.image = plain.image()
    shown = book.lines
    book.image = None
    assert shown.numbers(query) == plain.numbers(query)
    assert shown.count(query) == plain.count(query)
    assert shown.find(query, ("record",)) == plain.find(query, ("record",))
    assert shown.shares(query, "2025-01-01") == plain.shares(query, "2025-01-01")
    image = plain.image()
    for since in ("", "2024-05-14"):
        known = plain.event_image(image).count(plain.mask(image, query), since)
        assert known == plain.count_events(query, since=since)
        assert shown.events(query, since=since, limit=3) == plain.events(query, since=since, limit=3)
    found = image.page(query, book.engine)  # type: ignore[attr-defined]  # books of tests have one
    assert found.count == plain.count(query)
    rows = plain.find(query)
    assert found.ids == [row.id for row in rows]
    if query.sort != "investor":
        assert [image.at(at, query.sort) for at in found.positions] == [row.at for row in rows]
    if rows:
        last = rows[-1]
        following = replace(query, after=(last.at, last.id), offset=0)
        assert shown.numbers(following) == plain.numbers(following)


def check_texts(book: Book, texts: TextImage) -> None:
    for day in (date(2024, 3, 1), date(2027, 5, 1)):
        numbers = texts.lines.nos.tolist()
        rows = book.lines.rows_of(numbers, ("record", "converted"))
        said = [read_record(row, has_converted=True, day=day).encode() for row in rows]
        assert [texts.text(at, day) for at in range(len(numbers))] == said


def check_sums(book: Book, image: FigureImage, query: LineQuery, data: st.DataObject) -> None:
    by = data.draw(st.sampled_from([None, *COLUMNS]))
    since, until = (data.draw(st.sampled_from([None, *DAYS])) for _ in range(2))
    slow = Totals(book, RATES, by=by, since=since, until=until)
    fast = Totals(book, RATES, by=by, since=since, until=until, image=image)
    rows = slow.of_money(query, has_outstanding=False)
    assert fast.of_money(query, has_outstanding=False) == rows
    added = fast.added(query)
    assert added is not None
    assert len(added) == len(rows) - 1
    assert added.whole == rows[-1]
    ordered = sorted(rows[:-1], key=lambda row: (-row.central, str(row.key)))
    assert list(added.largest(2)) == ordered[:2]
    assert sorted(added.sums) == sorted((row.key, row.central, row.pledges) for row in rows[:-1])
    assert all_of(fast.flows(query)) == all_of(slow.flows(query))


def all_of(flows: Flows) -> dict[tuple[str, str], Decimal]:
    return {(investor, country): value for investor, country, value in flows.each()}


def test_what_changed_meanwhile_is_asked_of_the_book(tmp_path: Path) -> None:
    with closing(open_book(str(tmp_path / "b.db"), create=True)) as book:
        book.add_all([document("a", "FR")], at=AT)
        bring_up_to_date(book, rates=RATES)
        old = book.lines.image()
        book.image = old
        assert book.lines.count(LineQuery()) == 1
        book.add_all([document("b", "DE")], at=AT)
        bring_up_to_date(book, rates=RATES)
        assert book.lines.count(LineQuery()) == len(book.lines.numbers(LineQuery())) == 2
        with pytest.raises(NotInMemoryError):
            book.lines.mask(old, LineQuery())
        with pytest.raises(NotInMemoryError):
            FigureImage.of(book, old)


def test_lines_that_were_dropped_and_made_again_are_another_writing(tmp_path: Path) -> None:
    with closing(open_book(str(tmp_path / "b.db"), create=True)) as book:
        book.add_all([document("a", "FR"), document("b", "DE")], at=AT)
        bring_up_to_date(book, rates=RATES)
        before, stamp = book.lines.writing(), book.stamp()
        book.rebuild()
        assert book.lines.writing() == ""
        with pytest.raises(NotInMemoryError):
            book.lines.image()
        bring_up_to_date(book, rates=RATES)
        assert book.stamp() == stamp
        assert book.lines.writing() != before


def document(name: str, country: str) -> ReadDocument:
    told = claim("1", f"Firm {name}", country, "3 bn EUR", "2024-05-13")
    return ReadDocument(
        Document(f"{name}.txt", f"Text {name}.", "en", published=Interval.day(date(2024, 5, 13)), name=name), (told,)
    )


def test_every_store_is_shown_alike(place: Named) -> None:
    with closing(open_book(place("b"), create=True)) as book:
        check_store(book)


def check_store(book: Book) -> None:
    book.add_all([document("a", "FR"), document("b", "DE"), document("c", "FR")], at=AT)
    bring_up_to_date(book, rates=RATES)
    lines = book.lines.image()
    figures, french = FigureImage.of(book, lines), LineQuery(traits=(("country", ("FR",)),))
    check_texts(book, TextImage.of(book, lines, most=10**6))
    for query in (LineQuery(), french, LineQuery(words=("firm",), sort="investor", limit=2)):
        check_lines(book, query)
        slow, fast = (Totals(book, RATES, by="country", image=image) for image in (None, figures))
        assert fast.of_money(query) == slow.of_money(query)
        assert all_of(fast.flows(query)) == all_of(slow.flows(query))
    assert book.lines.values(french, "investor", limit=1) == ["Firm a"]
    assert book.lines.frequent("country", 2) == ("FR", "DE")
    assert [event.kind for event in book.lines.events(french, limit=5)] == ["new", "new"]
    assert book.lines.count_events(french) == 2
    assert book.lines.different("country") == 2
