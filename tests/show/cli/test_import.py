import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest

Call = Callable[..., Any]
ROWS = [
    ["Company", "Country", "Amount", "Announced", "Completion", "Status", "Sector", "Link", "Remarks"],
    ["Microsoft", "Spain", "2.1 bn USD", "2024-02-19", "2025", "announced", "cloud; ai", "https://one.example", "=1+1"],
    ["AWS; Acme", "DE; FR", "30-50 million euros", "13 May 2024", "", "under way", "", "", "-"],
    ["Bolt", "", "450000000 JPY", "", "2026-03-31", "", "", "", ""],
]


def csv_of(rows: list[list[str]], path: Path, mark: str = ",") -> Path:
    import csv

    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=mark).writerows(rows)
    return path


def pledges(call: Call) -> dict[str, Any]:
    """The lines by each of their investors."""
    found = [json.loads(line) for line in call("list", "--format", "jsonl").lines]
    return {party["name"]: line for line in found for party in line["investors"]}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_spreadsheet_becomes_claims_with_its_cells_as_evidence(call: Call, tmp_path: Path, mark: str) -> None:
    told = call("import", csv_of(ROWS, tmp_path / "mine.csv", mark))
    assert told.code == 0, told.err
    assert json.loads(told.out) == {"book": "pledgebook.db", "documents": 3, "new": 3, "refused": 0, "decisions": 0}
    found = pledges(call)
    microsoft = found["Microsoft"]
    assert microsoft["investors"][0]["id"] == "Q2283"
    assert (microsoft["amount"]["value"], microsoft["amount"]["currency"]) == (2_100_000_000, "USD")
    assert microsoft["destinations"] == ["ES"]
    assert microsoft["announced"] == {"earliest": "2024-02-19", "latest": "2024-02-19"}
    assert microsoft["term"]["end"] == "2025-12-31"
    assert sorted(microsoft["purposes"]) == ["ai", "cloud"]
    assert microsoft["claims"][0]["source"] == "https://one.example"
    amazon = found["Amazon"]
    assert {party["name"] for party in amazon["investors"]} == {"Amazon", "Acme"}
    assert (amazon["amount"]["qualifier"], amazon["amount"]["value_max"]) == ("range", 50_000_000)
    assert sorted(amazon["destinations"]) == ["DE", "FR"]
    assert amazon["stage"] == "under_way"
    assert amazon["claims"][0]["source"] == "spreadsheet mine.csv"
    full = json.loads(call("show", found["Bolt"]["id"]).out)
    assert {item["field"]: item["text"] for item in full["tellings"][0]["claim"]["evidence"]} == {
        "amount": "450000000 JPY",
        "investors": "Bolt",
        "term.end": "2026-03-31",
    }
    assert json.loads(call("import", tmp_path / "mine.csv").out)["new"] == 0
    assert call("verify").code == 0


def test_a_workbook_with_figures_and_days(call: Call, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("Pledges")
    sheet.append(["Firm", "Land", "Volume", "When"])
    sheet.append(["Acme", "Spain", 2100, datetime(2024, 5, 13)])  # noqa: DTZ001 - a cell of a workbook has no zone
    sheet.append(["Bolt", "FR", 12.5, date(2024, 5, 14)])
    book.save(tmp_path / "mine.xlsx")
    words = ["--sheet", "Pledges", "--map", "investors=Firm", "--map", "destinations=Land", "--map", "amount=Volume",
             "--map", "announced=When", "--unit", "1e6", "--currency", "EUR"]  # fmt: skip
    assert call("import", "mine.xlsx", *words).code == 0
    found = pledges(call)
    assert (found["Acme"]["amount"]["value"], found["Bolt"]["amount"]["value"]) == (2_100_000_000, 12_500_000)
    assert found["Acme"]["announced"]["earliest"] == "2024-05-13"
    assert found["Bolt"]["destinations"] == ["FR"]


def test_a_row_that_cant_be_read_is_named_and_the_others_go_on(call: Call, tmp_path: Path) -> None:
    wrong = [["Zed", "Spain", amount, when, "", stage, sector, "", ""] for amount, when, stage, sector in (
        ("tbc", "", "", ""), ("", "", "", ""), ("3", "", "", ""), ("3 bn EUR", "soonish", "", ""),
        ("3 bn EUR", "", "certain", ""), ("3 bn EUR", "", "", "fun"), ("0 EUR", "", "", ""),
    )]  # fmt: skip
    wrong.append(["Zed", "Atlantis", "3 bn EUR", "", "", "", "", "", ""])
    told = call("import", csv_of([*ROWS, *wrong], tmp_path / "mine.csv"))
    assert told.code == 3
    assert json.loads(told.out) == {"book": "pledgebook.db", "documents": 3, "new": 3, "refused": 8, "decisions": 0}
    for seen in ("row 5: 'tbc'", "row 6: no sum", "name its currency", "'soonish', which is no day", "no stage",
                 "no purpose", "'Atlantis', which is no country"):  # fmt: skip
        assert seen in told.err, seen
    assert "Zed" not in pledges(call)


def test_columns_are_asked_for_on_a_terminal(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    csv_of([["Firma", "Summe"], ["Acme", "3 m EUR"]], tmp_path / "mine.csv")
    told = call("import", "mine.csv")
    assert told.code == 2
    assert "no heading for amount among Firma, Summe. Name it: --map amount=HEADING." in told.err
    answers = iter(["Summe", "Firma"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))
    assert call("import", "mine.csv").code == 0
    assert set(pledges(call)) == {"Acme"}


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["mine.csv", "--map", "colour=Company"], "Write FIELD=HEADING"),
        (["mine.csv", "--map", "amount=Colour"], "no heading 'Colour'"),
        (["mine.csv", "--unit", "million"], "Write a figure"),
        (["gone.csv"], "no such file"),
        (["empty.csv"], "no rows"),
        (["bad.xlsx"], "no workbook"),
        (["bad.zip"], "no data package"),
    ],
)
def test_misuse_is_named(call: Call, tmp_path: Path, words: list[str], seen: str) -> None:
    csv_of(ROWS, tmp_path / "mine.csv")
    for name in ("empty.csv", "bad.xlsx", "bad.zip"):
        (tmp_path / name).write_bytes(b"" if name == "empty.csv" else b"bad")
    told = call("import", *words)
    assert told.code in (1, 2)
    assert seen in told.err


def test_what_was_exported_comes_back(call: Call, corpus: Path, tmp_path: Path) -> None:
    call("ingest", corpus)
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "a.txt").write_bytes((corpus / "a.txt").read_bytes())
    call("ingest", "copy")
    call("export", "--to", "datapackage", "-o", "one.zip")
    told = call("import", "one.zip", "--db", "again.db")
    assert json.loads(told.out)["documents"] >= 3
    assert call("verify", "--db", "again.db").code == 0
    call("export", "--to", "datapackage", "-o", "two.zip", "--db", "again.db")
    with zipfile.ZipFile(tmp_path / "one.zip") as one, zipfile.ZipFile(tmp_path / "two.zip") as two:
        tables = [name for name in one.namelist() if name.endswith(".csv")]
        assert len(tables) == 8
        assert [one.read(name) for name in tables] == [two.read(name) for name in tables]
    assert call("list", "--db", "again.db").out == call("list").out
