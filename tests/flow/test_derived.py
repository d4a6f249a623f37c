"""The ledger of a book that is asked again and again, as new documents come in."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factory import RATES, claim
from pledgebook.domain import Document, Interval, ReadDocument
from pledgebook.flow.keeper import Keeper, bring_up_to_date
from pledgebook.flow.ledger import entries, entries_of
from pledgebook.flow.lines import Lines
from pledgebook.flow.snapshots import take_snapshot
from pledgebook.flow.standing import Standing
from pledgebook.flow.tallies import Totals
from pledgebook.store import LineQuery, open_book

AT = datetime(2026, 1, 2, tzinfo=UTC)


def document(name: str, day: str, text: str, *claims: object) -> ReadDocument:
    published = Interval.day(datetime.fromisoformat(day).date())
    return ReadDocument(Document(f"{name}.txt", text, "en", published=published, name=name), claims)  # type: ignore[arg-type]


STORY = "Acme said on Monday that it would put four billion euros into halls for computers near the harbour of Nantes."
TOLD = (
    document("a", "2024-05-13", STORY, claim("1", "Acme", "FR", "4 bn EUR", "2024-05-13")),
    document("b", "2024-05-14", "Another one.", claim("1", "Bolt", "JP", "9 bn USD", "2024-05-14")),
    # A copy of the first story: what was heard as two voices is one from now on.
    document("c", "2024-05-15", STORY, claim("1", "Acme", "FR", "4 bn EUR", "2024-05-13")),
    document("d", "2024-06-01", "Acme again.", claim("1", "Acme", "FR", "4.3 bn USD", "2024-05-13", role="earlier")),
)


def test_one_document_after_the_other_gives_the_ledger_of_all(tmp_path: Path) -> None:
    keeper = Keeper(RATES)
    with closing(open_book(str(tmp_path / "book.db"), create=True)) as book:
        for n, item in enumerate(TOLD, 1):
            book.add_all([item], at=AT)
            assert keeper.bring_up_to_date(book)
            assert entries(book, rates=RATES) == entries_of(TOLD[:n], rates=RATES)


def test_a_snapshot_has_nothing_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_book(str(tmp_path / "book.db"), create=True)) as book:
        book.add_all(TOLD, at=AT)
        assert bring_up_to_date(book, rates=RATES)
        before, stamp = Totals(book, RATES, by="country").of_money(LineQuery()), book.stamp()
        take_snapshot(book, "one", at=AT, rates=RATES)
        monkeypatch.setattr(Standing, "all", None)
        assert bring_up_to_date(book, rates=RATES)
        assert book.stamp() != stamp
        monkeypatch.setattr("pledgebook.flow.tallies.read_figures", None)
        assert Totals(book, RATES, by="country").of_money(LineQuery()) == before
        assert book.verify() == ()


def test_somebody_elses_lines_are_not_added_to(tmp_path: Path) -> None:
    keeper = Keeper(RATES)
    with closing(open_book(str(tmp_path / "book.db"), create=True)) as book:
        for n in range(1, len(TOLD) + 1):
            book.add_all([TOLD[n - 1]], at=AT)
            assert (keeper if n % 2 else Keeper(RATES)).bring_up_to_date(book)
            assert entries(book, rates=RATES) == entries_of(TOLD[:n], rates=RATES)


def test_documents_whose_ids_begin_alike_are_told_apart(tmp_path: Path) -> None:
    some = [document(name, "2024-05-13", f"Text {name}.", claim("1", name, "FR")) for name in ("a", "a/1", "a/1/1")]
    with closing(open_book(str(tmp_path / "book.db"), create=True)) as book:
        book.add_all(some, at=AT)
        assert bring_up_to_date(book, rates=RATES)
        for item in some:
            (line,) = Lines(book).told_in(item.document.id)
            assert line.pledge.tellings[0].document == item.document.id
