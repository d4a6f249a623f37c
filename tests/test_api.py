import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import pledgebook
from pledgebook.domain import BookError, DocumentError, Finding, UsageError

READER = "plain_reader:PlainReader"
TEXT = "MADRID, May 13, 2024 (Wire) - Acme pledges 3000000 EUR to ES. So it says."


def test_every_public_name_is_there() -> None:
    for name in pledgebook.__all__:
        assert getattr(pledgebook, name) is not None
    assert set(pledgebook.__all__) <= set(dir(pledgebook))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        pledgebook.nothing  # noqa: B018 - it is asked for


def test_importing_it_loads_no_room() -> None:
    source = str(Path(pledgebook.__file__).parents[1])
    code = "import sys, pledgebook; print(sorted(name for name in sys.modules if name.startswith('pledgebook.')))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": source}
    )
    assert found.stdout == "[]\n"


def test_claims_of_a_text_and_of_a_page() -> None:
    (claim,) = pledgebook.find_claims(TEXT, reader=READER)
    assert (claim.investors[0].name, claim.destinations) == ("Acme", ("ES",))
    assert (
        pledgebook.find_claims(f"<html><body><p>{TEXT}</p></body></html>", is_html=True, reader=READER)[0].amount
        == claim.amount
    )
    with pytest.raises(DocumentError, match="headline: nothing but blanks"):
        pledgebook.find_claims("  ", source="headline", reader=READER)


def test_a_book_from_python(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    with pledgebook.open(tmp_path / "book.db", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as book:
        kept = book.ingest(tmp_path / "a.txt", tmp_path / "b.txt", reader=READER)
        assert (kept.documents, kept.new, kept.refused) == (1, 1, 1)
        (entry,) = book.entries(currency="USD")
        assert entry.counted
        spain, whole = book.totals(by="country", currency="EUR")
        assert (spain.key, spain.central, whole.key) == ("ES", 3_000_000, None)
        assert book.documents()[0].claims
        assert book.is_sound()


def test_documents_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    found = list(pledgebook.read_documents(tmp_path / "a.txt", tmp_path / "gone.txt", reader=READER))
    assert found[0].claims
    assert isinstance(found[1], Finding)


def test_rows_of_a_book(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "book.db"
    with pledgebook.open(path, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as book:
        book.ingest(tmp_path / "a.txt", reader=READER)
        assert book.pledges().snapshot == book.snapshot != ""
    assert pledgebook.pledges(path, country="es", investor="ACME", stage="announced").column("amount_value") == [
        3_000_000
    ]
    assert len(pledgebook.pledges(path, purpose="general", since=date(2025, 1, 1))) == 0
    assert pledgebook.totals(path, by="country", currency="EUR").column("central") == [3_000_000, 3_000_000]
    assert pledgebook.totals(path, deliverable="gpus")[-1].currency == "gpus"
    assert pledgebook.changes(path, since=date(2024, 1, 1)).column("kind") == ["new"]
    with pytest.raises(UsageError, match=r"purpose: 'fun'\. Use one of"):
        pledgebook.pledges(path, purpose="fun")
    with pytest.raises(BookError, match="no such book"):
        pledgebook.pledges(tmp_path / "gone.db")


def test_extract_is_a_room_and_a_verb(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.warns(UserWarning, match="gone"):
        rows = pledgebook.extract(tmp_path / "a.txt", tmp_path / "gone.txt", reader=READER)
    assert rows.column("investors") == [("Acme",)]
    assert rows[0].claim.amount is not None
    assert rows.column("quote_amount") == ["3000000 EUR"]
    from pledgebook.extract import mentions

    assert pledgebook.extract.mentions is mentions
