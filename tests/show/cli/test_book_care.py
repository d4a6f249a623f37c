import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def book(call: Call, corpus: Path) -> str:
    call("ingest", corpus)
    return "pledgebook.db"


def documents(call: Call) -> list[str]:
    lines = [json.loads(line) for line in call("list").lines]
    return sorted({claim["document"] for line in lines for claim in line["claims"]})


@pytest.mark.usefixtures("book")
def test_search_gives_documents_with_the_sentence_that_fits(call: Call) -> None:
    (first,) = [json.loads(line) for line in call("search", "cora", "pledges").lines]
    assert first["sentence"]["text"].startswith("TOKYO, May 15, 2024 (Wire) - Cora pledges")
    assert [item["text"] for item in first["words"]] == ["Cora", "pledges"]
    assert "Cora" in call("search", "cora", "--format", "table").out
    assert json.loads(call("search", "acme", "--format", "json", "--limit", "1").out)[0]["claims"] >= 1
    assert call("search", "nowhere").out == ""


def test_rebuild_gives_the_same_book(call: Call, book: str) -> None:
    before = call("list").out
    told = json.loads(call("rebuild").out)
    assert (told["lines"], told["current"]) == (3, True)
    assert call("list").out == before
    assert call("verify").code == 0
    assert call("rebuild", "--format", "table").out.startswith(f"{book}: 3 lines worked out again")


@pytest.mark.usefixtures("book")
def test_a_backup_is_restored_whole_or_not_at_all(call: Call, tmp_path: Path) -> None:
    before = call("list").out
    assert call("backup", "copy.db").code == 0
    again = call("backup", "copy.db")
    assert (again.code, "there already" in again.err) == (1, True)
    assert call("restore", "copy.db").code == 1
    assert call("restore", "copy.db", "--db", "new.db").code == 0
    assert call("list", "--db", "new.db").out == before
    assert call("restore", "copy.db", "--replace").code == 0
    assert (tmp_path / "pledgebook.db.replaced").exists()
    assert call("restore", "none.db", "--db", "other.db").code == 1


@pytest.mark.usefixtures("book")
def test_an_erased_document_stays_out(call: Call, corpus: Path) -> None:
    name = next(
        claim["document"]
        for line in map(json.loads, call("list").lines)
        for claim in line["claims"]
        if claim["source"].endswith("c.txt")
    )
    assert call("erase", name, "--by", "Kim", "--why", " ").code == 2
    assert call("erase", "doc-none", "--by", "Kim", "--why", "asked to").code == 2
    assert call("erase", name, "--by", "Kim", "--why", "asked to").code == 0
    assert name not in documents(call)
    assert call("search", "cora").out == ""
    call("ingest", corpus)
    assert name not in documents(call)
    assert call("verify").code == 0


def test_a_document_that_takes_too_long_is_named_and_the_others_read(call: Call, corpus: Path) -> None:
    (corpus / "bad.txt").write_text("Acme pledges 5 EUR to ES. sleep", encoding="utf-8")
    told = call("ingest", corpus, "--reader", "plain_reader:HardReader", "--document-seconds", "0.5")
    assert told.code == 3
    assert "bad.txt: not read within 0.5 s. Raise --document-seconds" in told.err
    assert json.loads(told.out)["documents"] == 3


def test_a_book_of_a_server_that_is_away_is_said(call: Call) -> None:
    told = call("list", "--db", "postgresql://kim:secret@127.0.0.1:1/book")
    assert told.code == 1
    assert "no connection" in told.err
    assert "secret" not in told.err
    assert call("list", "--db", "mysql://x/y").code == 2
