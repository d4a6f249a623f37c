"""The ledger of a book that is asked again and again, as new documents come in."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from factory import RATES, claim
from pledgebook.domain import Document, Interval, ReadDocument
from pledgebook.flow.keeper import Keeper
from pledgebook.flow.ledger import entries, entries_of
from pledgebook.store import open_book

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
