from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import apsw
import pytest

from books import Named
from factory import claim
from pledgebook.domain import (
    BookError,
    Decision,
    DecisionKind,
    Document,
    Evidence,
    Finding,
    Interval,
    PublishedBasis,
    ReadDocument,
    Sentence,
    Severity,
    Span,
    UsageError,
)
from pledgebook.store import Book, open_book

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def book(place: Named) -> Iterator[Book]:
    with closing(open_book(place("b"), create=True)) as opened:
        yield opened


def read(
    name: str,
    text: str = "Acme gives 3 EUR.",
    *,
    source: str = "",
    reader: str = "rules",
    version: str = "1",
    **fields: Any,
) -> ReadDocument:
    document = Document(source or f"{name}.txt", text, "en", name=name)
    claims = fields.pop("claims", (claim("c", "Acme", "ES", "3 EUR"),))
    return ReadDocument(document, claims, reader=reader, version=version, **fields)


def test_a_document_comes_back_as_it_was(book: Any) -> None:
    text = "Título 😀\n\nAcme gives 3 EUR."
    document = Document(
        source="a.txt", text=text, language="es", title="Título", published=Interval.day(date(2024, 5, 13)),
        published_basis=PublishedBasis.BYLINE, sentences=(Sentence(Span(10, 27), 1), Sentence(Span(0, 8), 0, is_heading=True)),
        noise=(Span(0, 2),), name="d",
    )  # fmt: skip
    told = claim("c", "Acme", "ES", "up to 3 bn EUR = 3.2 bn USD", "2024-05", by="2027-12-31", things={"gpus": 25000})
    told = replace(told, evidence=(Evidence("investors", Span(10, 14), "Acme"),), score=0.71, reasons=("why",))
    odd = Finding("odd", "d", "a.txt: odd.", Span(0, 3), Severity.WARNING)
    item = ReadDocument(document, (told,), (odd,), reader="rules", version="7")
    assert book.add_all([item], at=AT) == 1
    assert book.documents() == (replace(item, sources=("a.txt",)),)


def test_reading_twice_adds_nothing(book: Any) -> None:
    book.add_all([read("a"), read("b")], at=AT)
    before = list(book.log())
    assert book.add_all([read("b"), read("a"), read("a")], at=AT) == 0
    assert list(book.log()) == before
    assert len(before) == 2


def test_the_order_of_documents_changes_nothing(place: Named) -> None:
    items = [
        read("a"),
        read("b", "Other words."),
        read("a", source="elsewhere/a.txt"),
        read("c", reader="told", claims=(claim("x", "Acme"),)),
        read("c"),
    ]
    seen = set()
    for number, order in enumerate(list(permutations(items))[::7]):
        with closing(open_book(place(f"{number}"), create=True)) as book:
            for item in order:
                book.add_all([item], at=AT)
            seen.add(book.documents())
    (documents,) = seen
    assert [(item.document.id, item.document.source, item.sources) for item in documents] == [
        ("a", "a.txt", ("a.txt", "elsewhere/a.txt")),
        ("b", "b.txt", ("b.txt",)),
        ("c", "c.txt", ("c.txt",)),
    ]
    assert documents[2].reader == "told"


def test_a_later_version_of_the_reader_wins_and_the_earlier_stays_in_the_log(book: Any) -> None:
    book.add_all([read("a"), read("b")], at=AT)
    newer = read("a", version="2", claims=(claim("c", "Acme", "FR", "3 EUR"),))
    assert book.add_all([newer], at=AT) == 1
    assert [item.claims[0].destinations for item in book.documents()] == [("FR",), ("ES",)]
    assert book.add_all([read("a")], at=AT) == 0
    assert book.documents()[0].version == "2"
    assert book.facts().records == 3


def test_two_documents_that_bear_one_id_are_both_kept(book: Any) -> None:
    book.add_all([read("a", "One text."), read("a", "Another text.")], at=AT)
    documents = book.documents()
    assert {item.document.text for item in documents} == {"One text.", "Another text."}
    assert len({item.document.id for item in documents}) == 2
    assert all(item.document.id.startswith("a~") for item in documents)


def test_a_batch_is_kept_whole_or_not_at_all(book: Any) -> None:
    broken = read("z", claims=(replace(claim("c"), score="no number"),))  # type: ignore[arg-type]
    object.__setattr__(broken, "claims", (None,))
    with pytest.raises(AttributeError):
        book.add_all([read("a"), broken], at=AT)
    assert book.documents() == ()
    assert book.add_all([read("a")], at=AT) == 1


def test_decisions_come_back_in_order_and_once(book: Any) -> None:
    one = Decision("d1", DecisionKind.SAME, (("a", "c"), ("b", "c")), "Kim", AT, "one plan")
    two = Decision("d2", DecisionKind.SET, (("a", "c"),), "Kim", AT, "typo", field="amount", value="3 EUR")
    undo = Decision("d3", DecisionKind.UNDO, (), "Kim", AT, "no", undoes="d1")
    assert [book.decide(item) for item in (one, two, undo, one)] == [True, True, True, False]
    assert book.decisions() == (one, two, undo)


def test_an_erased_document_leaves_a_trace_and_no_word(book: Any, tmp_path: Path) -> None:
    words = "Zanzibarium gives 3 EUR."
    shared = (claim("c", "Acme", "ES", "3 EUR"),)
    book.add_all(
        [read("a", words, source="zanzibar.txt", claims=(claim("z", "Zanzibarium"),)), read("b", claims=shared)], at=AT
    )
    assert book.erase("a", by="Kim", why="asked to", at=AT)
    assert not book.erase("a", by="Kim", why="again", at=AT)
    assert [item.document.id for item in book.documents()] == ["b"]
    assert book.documents()[0].claims == shared
    assert book.add_all([read("a", words)], at=AT) == 0
    assert book.facts().erased == 1
    assert '"why":"asked to"' in [record.body for record in book.log()][-1]
    assert book.verify() == ()
    for file in tmp_path.iterdir():
        assert b"anzibar" not in file.read_bytes().lower(), file


def test_a_book_is_found_again(place: Named) -> None:
    path = place("b")
    with closing(open_book(path, create=True)) as book:
        book.add_all([read("a")], at=AT)
        head = book.facts().head
    with closing(open_book(path)) as book:
        assert book.facts().head == head
        assert book.documents()[0].document.id == "a"


def test_two_connections_see_each_other(place: Named) -> None:
    path = place("b")
    with closing(open_book(path, create=True)) as one, closing(open_book(path)) as two:
        one.add_all([read("a")], at=AT)
        two.add_all([read("b")], at=AT)
        assert [item.document.id for item in one.documents()] == ["a", "b"]
        assert one.verify() == ()


def test_no_book_and_no_wish_to_make_one(place: Named, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no such book"):
        open_book(place("b"))
    assert not (tmp_path / "b.db").exists()


def test_only_addresses_of_databases_are_taken() -> None:
    with pytest.raises(UsageError, match="postgresql://"):
        open_book("https://host/book", create=True)


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(BookError, match="no connection") as caught:
        open_book("postgresql://kim:secret@127.0.0.1:1/book", create=True)
    assert "secret" not in str(caught.value)


def test_what_is_no_book_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    db = apsw.Connection(str(other))
    db.execute("CREATE TABLE mine (a)")
    db.close()
    before = other.read_bytes()
    with pytest.raises(BookError, match="no book"):
        open_book(str(other))
    assert other.read_bytes() == before
    text = tmp_path / "text.db"
    text.write_text("words", encoding="utf-8")
    with pytest.raises(BookError, match="not an SQLite file"):
        open_book(str(text))


def test_a_book_of_a_later_version_is_refused(place: Named) -> None:
    path = place("b")
    open_book(path, create=True).close()
    with closing(open_book(path)) as book:
        book._db.run("UPDATE meta SET value = '999' WHERE name = 'schema'")
    with pytest.raises(BookError, match="later version"):
        open_book(path)


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="can't be opened"):
        open_book(str(tmp_path / "none" / "b.db"), create=True)
