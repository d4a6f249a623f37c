"""What a reader sees who asks what is new."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def book(call: Call, corpus: Path) -> Call:
    assert call("ingest", corpus).code == 0
    return call


def test_changes_as_a_table(book: Call) -> None:
    told = book("changes", "--since", "2024-05-14", "--format", "table").out
    rows = [re.sub(r"pledge-[0-9a-f]{16}", "ID", line).split() for line in told.splitlines() if "pledge-" in line]
    assert rows == [
        ["2024-05-14", "new", "ID", "Bolt", "FR", "9", "M", "USD"],
        ["2024-05-15", "new", "ID", "Cora", "JP", "500", "M", "JPY"],
    ]
    assert told.splitlines()[-1] == "2 new."


def test_changes_in_every_format(book: Call) -> None:
    records = [json.loads(line) for line in book("changes", "--since", "2024-05-01").lines]
    assert [(it["day"], it["kind"], it["investors"][0]["name"], it["counted"]) for it in records] == [
        ("2024-05-13", "new", "Acme", True),
        ("2024-05-14", "new", "Bolt", True),
        ("2024-05-15", "new", "Cora", True),
    ]
    assert json.loads(book("changes", "--since", "2024-05-01", "--format", "json").out) == records
    rows = list(csv.DictReader(io.StringIO(book("changes", "--since", "2024-05-01", "--format", "csv").out)))
    assert [row["amount.value"] for row in rows] == ["3000000", "9000000", "500000000"]
    page = book("changes", "--since", "2024-05-01", "--format", "html").out
    assert re.search(r"<t[dh][^>]*>2024-05-13", page)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["--until", "2024-05-14"], ["2024-05-13", "2024-05-14"]),
        (["--investor", "Cora"], ["2024-05-15"]),
        (["--country", "ES"], ["2024-05-13"]),
        (["--kind", "conflict"], []),
        (["--kind", "conflict", "--kind", "new"], ["2024-05-13", "2024-05-14", "2024-05-15"]),
    ],
)
def test_changes_of_some(book: Call, words: list[str], days: list[str]) -> None:
    told = book("changes", "--since", "2024-05-01", *words)
    assert (told.code, [json.loads(line)["day"] for line in told.lines]) == (0, days)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Missing option '--since'"),
        (["--since", "2024-05-14", "--until", "2024-05-01"], "Exchange them"),
        (["--since", "2024-05-14", "--kind", "moon"], "Use one of new"),
    ],
)
def test_what_makes_no_sense_ends_with_2(book: Call, words: list[str], said: str) -> None:
    told = book("changes", *words)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
