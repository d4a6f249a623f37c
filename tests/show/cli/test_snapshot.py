"""A version of the book that can be cited and asked again."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
WHO = ("--by", "Ada", "--why", "seen")
ASKED = (("list",), ("list", "--in", "EUR"), ("total", "--by", "country", "--in", "EUR", "--explain"))


@pytest.fixture
def book(call: Call, corpus: Path) -> Call:
    assert call("ingest", corpus).code == 0
    return call


def test_a_snapshot_answers_as_then_whatever_comes_later(book: Call, tmp_path: Path) -> None:
    acme = next(json.loads(line)["id"] for line in book("list", "--investor", "Acme").lines)
    asked = (*ASKED, ("show", acme), ("show", acme, "--format", "table"))
    before = [book(*words).out for words in asked]
    told = json.loads(book("snapshot", "first", "--note", "for the report").out)
    assert (told["name"], told["documents"], told["claims"], told["lines"], told["counted"]) == ("first", 3, 4, 3, 3)
    assert (len(told["head"]), len(told["ledger"]), told["note"]) == (64, 64, "for the report")
    book("decide", "set", acme, "amount", "5 m EUR", *WHO)
    (tmp_path / "d.txt").write_text(
        "ROME, May 16, 2024 (Wire) - Acme pledges 3000000 EUR to ES. Dora pledges 800000000 EUR to IT.",
        encoding="utf-8",
    )
    book("ingest", "d.txt")
    monkey = ("--reader", "plain_reader:NewerReader")
    book("ingest", "news", *monkey)
    assert [book(*words).out for words in asked] != before
    after = [book(*words, "--snapshot", "first") for words in asked]
    assert [told.out for told in after] == before
    assert {told.err for told in after} == {""}
    assert book("verify").code == 0


def test_snapshots_are_listed_and_a_name_is_given_once(book: Call) -> None:
    told = book("snapshot", "first", "--format", "table").out
    assert re.sub(r"[0-9a-f]{16}|\d{4}-\d\d-\d\d", "X", told) == (
        "first, X: 3 documents, 4 claims, 0 decisions; 3 lines, 3 of them count. Log 3:X, ledger X, rules X.\n"
    )
    again = book("snapshot", "first")
    assert again.code == 2
    assert "which is taken" in again.err
    book("snapshot", "second")
    assert [json.loads(line)["name"] for line in book("snapshot").lines] == ["first", "second"]
    unknown = book("list", "--snapshot", "third")
    assert unknown.code == 2
    assert "There are: first, second." in unknown.err
    assert book("list", "--snapshot", "first", "--as-of", "2024-05-14").code == 2
    assert book("snapshot", " ").code == 2


def test_what_was_erased_since_is_said(book: Call) -> None:
    from contextlib import closing
    from datetime import UTC, datetime

    from pledgebook.store import open_book

    book("snapshot", "first")
    with closing(open_book("pledgebook.db")) as opened:
        name = opened.documents()[0].document.id
        opened.erase(name, by="Ada", why="asked to", at=datetime(2026, 1, 1, tzinfo=UTC))
    told = book("list", "--snapshot", "first")
    assert told.code == 0
    assert "1 documents have been erased since" in told.err
