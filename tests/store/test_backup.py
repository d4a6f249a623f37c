import random
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from books import Named
from factory import claim
from pledgebook.domain import BookError, Document, ReadDocument
from pledgebook.store import SqlBook, open_book
from pledgebook.store.backup import restore

AT = datetime(2026, 1, 2, tzinfo=UTC)


def document(name: str) -> ReadDocument:
    return ReadDocument(
        Document(f"{name}.txt", f"Text of {name} \0 \ud800 東京.", "en", name=name),
        (claim("c", "Acme", "ES", "3 EUR"),),
    )


def filled(name: str) -> SqlBook:
    book = open_book(name, create=True)
    book.add_all([document("a"), document("b")], at=AT)
    book.erase("b", by="Kim", why="asked to", at=AT)
    return book


def test_a_backup_is_a_book_and_comes_back_into_either_database(place: Named, tmp_path: Path) -> None:
    with closing(filled(place("b"))) as book:
        book.back_up(tmp_path / "copy.db")
        with closing(open_book(str(tmp_path / "copy.db"))) as copy:
            assert copy.documents() == book.documents()
            assert list(copy.log()) == list(book.log())
            assert copy.verify() == ()
        restore(tmp_path / "copy.db", place("again"))
        with closing(open_book(place("again"))) as again:
            assert again.documents() == book.documents()
            assert again.facts().head == book.facts().head
            assert again.verify() == ()
            assert [hit.document.document.id for hit in again.search("東京")] == ["a"]
        with pytest.raises(BookError, match=r"there already|not empty"):
            restore(tmp_path / "copy.db", place("again"))
        with pytest.raises(BookError, match="there already"):
            book.back_up(tmp_path / "copy.db")


def test_a_book_in_use_larger_than_the_cache_is_copied_with_its_checksums(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - words, no secrets
    with closing(open_book(str(tmp_path / "b.db"), create=True)) as book:
        for number in range(30):
            text = " ".join(f"{chance.getrandbits(40):x}" for _ in range(8000))
            book.add_all([ReadDocument(Document(f"{number}.txt", text, "en", name=str(number)), ())], at=AT)
        assert (tmp_path / "b.db-wal").stat().st_size > 2_000_000
        book.back_up(tmp_path / "copy.db")
    with closing(open_book(str(tmp_path / "copy.db"))) as copy:
        assert copy.verify() == ()
        assert len(copy.documents()) == 30


def test_a_book_that_is_replaced_stays_beside_the_new_one(tmp_path: Path) -> None:
    with closing(filled(str(tmp_path / "b.db"))) as book:
        book.back_up(tmp_path / "copy.db")
        book.add_all([document("later")], at=AT)
    restore(tmp_path / "copy.db", str(tmp_path / "b.db"), replace=True)
    with closing(open_book(str(tmp_path / "b.db"))) as book:
        assert [item.document.id for item in book.documents()] == ["a"]
    with closing(open_book(str(tmp_path / "b.db.replaced"))) as book:
        assert [item.document.id for item in book.documents()] == ["a", "later"]


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    with closing(filled(str(tmp_path / "b.db"))) as book:
        book.back_up(tmp_path / "copy.db")
    damaged = bytearray((tmp_path / "copy.db").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "copy.db").write_bytes(damaged)
    with pytest.raises(BookError):
        restore(tmp_path / "copy.db", str(tmp_path / "new.db"))
    assert sorted(file.name for file in tmp_path.iterdir() if "new" in file.name) == []
    with pytest.raises(BookError, match="no such file"):
        restore(tmp_path / "none.db", str(tmp_path / "new.db"))
    with pytest.raises(BookError, match=r"folder|no such"):
        restore(tmp_path / "b.db", str(tmp_path / "no" / "new.db"))
