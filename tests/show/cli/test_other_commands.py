import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

GOLD = {
    "id": "g-1", "language": "en", "format": "text", "content": "Acme pledges 3000000 EUR to ES. And no more.",
    "claims": [
        {
            "key": "acme-spain", "investors": [{"name": "Acme"}], "destinations": ["ES"], "stage": "announced", "role": "new",
            "amount": {"value": 3000000, "currency": "EUR", "qualifier": "exact"}, "purposes": ["general"],
            "quotes": {"amount": "3000000 EUR"},
        },
    ],
}  # fmt: skip


def test_config_show_tells_where_each_value_comes_from(call: Call, tmp_path: Path) -> None:
    (tmp_path / "pledgebook.toml").write_text('db = "here.db"\ncurrency = "EUR"\n', encoding="utf-8")
    records = {record["name"]: record for record in map(json.loads, call("config", "show").lines)}
    assert (records["db"]["value"], records["db"]["origin"]) == ("here.db", "pledgebook.toml")
    assert (records["reader"]["origin"], records["max_bytes"]["origin"]) == ("environment", "default")
    table = call("config", "show", "--format", "table").out
    assert "PLEDGEBOOK_DB" in table


def test_doctor_says_what_works(call: Call) -> None:
    told = call("doctor")
    records = {record["name"]: record for record in map(json.loads, told.lines)}
    assert told.code == 0
    assert all(record["works"] for record in records.values())
    assert records["book"]["found"] == "pledgebook.db: none yet"
    assert "SQLite" in records["sqlite"]["found"]


def test_doctor_fails_where_something_does_not_work(call: Call) -> None:
    told = call("doctor", "--reader", "no.such:Reader", "--format", "table")
    assert told.code == 1
    assert "FAILS" in told.out


def test_evaluate_measures_a_reader(call: Call, tmp_path: Path) -> None:
    empty = {
        "id": "g-2",
        "language": "nl",
        "format": "text",
        "content": "Niets te melden vandaag, echt niets.",
        "claims": [],
    }
    (tmp_path / "gold.jsonl").write_text(f"{json.dumps(GOLD)}\n{json.dumps(empty)}\n", encoding="utf-8")
    told = call("evaluate", "gold.jsonl", "--format", "json")
    scores = json.loads(told.out)
    assert told.code == 0
    assert list(scores) == ["all", "languages", "formats", "styles", "tags"]
    assert list(scores["languages"]) == ["en", "nl"]
    assert scores["formats"]["text"] == scores["all"]
    assert scores["all"]["claims"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 1, "fp": 0, "fn": 0}
    assert scores["all"]["evidence"]["exactness"] == 1.0
    assert scores["languages"]["nl"]["negatives"]["documents"] == 1
    lines = [json.loads(line) for line in call("evaluate", "gold.jsonl").lines]
    assert [line.get("language") for line in lines] == ["all", "en", "nl", None]
    assert lines[-1]["format"] == "text"
    table = call("evaluate", "gold.jsonl", "--format", "table").out
    assert "claims F1" in table
    assert "1.000" in table
    assert call("evaluate", "gold.jsonl", "--format", "csv").lines[1] == "all,,,,claims,1.0,1.0,1.0,1,0,0"


def test_evaluate_counts_names_that_lie_beside_the_gold(call: Call, tmp_path: Path) -> None:
    [claim] = GOLD["claims"]  # type: ignore[misc]
    claim = {**claim, "investors": [{"name": "Acme of Iberia"}]}  # type: ignore[misc]
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD | {"claims": [claim]}), encoding="utf-8")
    (tmp_path / "names.json").write_text('{"g-1": {"Acme of Iberia": ["Acme"]}, "g-9": {}}', encoding="utf-8")
    without = json.loads(call("evaluate", "gold.jsonl", "--format", "json").out)
    told = json.loads(call("evaluate", "gold.jsonl", "--names", "names.json", "--format", "json").out)
    assert (without["all"]["claims"]["f1"], told["all"]["claims"]["f1"]) == (0.0, 1.0)
    missing = call("evaluate", "gold.jsonl", "--names", "none.json")
    assert missing.code == 2
    assert "none.json: can't be read" in missing.err


def test_evaluate_shows_disagreements_on_a_page(call: Call, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD | {"claims": []}), encoding="utf-8")
    assert call("evaluate", "gold.jsonl", "-o", "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("<article") == 1
    assert "False" in page
    broken = json.dumps(GOLD | {"content": "explode now please"})
    (tmp_path / "gold.jsonl").write_text(broken, encoding="utf-8")
    told = call("evaluate", "gold.jsonl", "--format", "html")
    assert told.code == 3
    assert "the reader could not read it" in told.out
    (tmp_path / "gold.jsonl").write_text("{", encoding="utf-8")
    assert call("evaluate", "gold.jsonl", "-o", "page.html").code == 1
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page


def test_evaluate_counts_a_document_that_the_reader_breaks_on(call: Call, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD | {"content": "explode now please"}), encoding="utf-8")
    told = call("evaluate", "gold.jsonl", "--format", "json")
    assert told.code == 3
    assert json.loads(told.out)["all"]["documents_without_prediction"] == 1


@pytest.mark.parametrize(
    "line", ["{", '{"id": "x"}', '{"id": "x", "language": "en", "content": "a", "claims": [{"key": "k"}]}']
)
def test_evaluate_names_a_broken_gold_line(call: Call, tmp_path: Path, line: Any) -> None:
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    told = call("evaluate", "gold.jsonl")
    assert told.code == 1
    assert "gold.jsonl, line 1" in told.err


def test_demo_prints_ledger_totals_and_a_pledge(call: Call, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import contextlib

    import pledgebook.show.demo

    monkeypatch.setattr(pledgebook.show.demo, "articles", lambda: contextlib.nullcontext(corpus))
    told = call("demo")
    assert told.code == 0
    assert "The ledger: 3 lines that count" in told.out
    assert "every report added up" in told.out
    assert "Told in" in told.out
    assert "  a.txt: " in told.out
    assert str(corpus) not in told.out
    assert list(corpus.parent.glob("*.db")) == []
    call("demo", "--db", "demo.db")
    assert len(call("list", "--db", "demo.db").lines) == 3
