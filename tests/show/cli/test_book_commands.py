import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def book(call: Call, corpus: Path) -> Call:
    assert call("ingest", corpus).code == 0
    return call


def test_ingest_tells_what_it_did_and_twice_adds_nothing(call: Call, corpus: Path) -> None:
    first, second = call("ingest", corpus), call("ingest", corpus)
    told = {"book": "pledgebook.db", "documents": 3, "new": 3, "known": 0, "refused": 0, "claims": 4}
    assert json.loads(first.out) == told
    assert json.loads(second.out) == told | {"new": 0, "known": 3, "claims": 0}
    again = call("ingest", corpus, "--format", "table").out
    assert again == "0 documents with 0 claims read, 0 new to pledgebook.db, 3 read before.\n"


def test_ingest_keeps_the_good_ones_and_ends_with_3(call: Call, corpus: Path) -> None:
    (corpus / "bad.txt").write_bytes(b"")
    told = call("ingest", corpus)
    assert told.code == 3
    assert json.loads(told.out)["refused"] == 1
    assert len(call("list").lines) == 3


@pytest.mark.usefixtures("corpus")
def test_order_and_repetition_change_no_byte(call: Call) -> None:
    lists = set()
    for number, order in enumerate(["abc", "cba", "bca", "aabbcc"]):
        for name in order:
            call("ingest", f"news/{name}.txt", "--db", f"{number}.db", "-q")
        lists.add(call("list", "--db", f"{number}.db", "--format", "jsonl").out)
    assert len(lists) == 1
    assert len(lists.pop().splitlines()) == 3


def test_ids_are_the_same_wherever_the_files_lie(call: Call, corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus, tmp_path / "elsewhere")
    call("ingest", corpus, "--db", "1.db")
    call("ingest", tmp_path / "elsewhere", "--db", "2.db")
    ids = [[json.loads(line)["id"] for line in call("list", "--db", f"{n}.db").lines] for n in (1, 2)]
    assert ids[0] == ids[1]


def test_list_has_the_fields_of_the_contract(book: Call) -> None:
    records = [json.loads(line) for line in book("list").lines]
    acme = next(record for record in records if record["investors"][0]["name"] == "Acme")
    assert acme["amount"]["central"] == 3_000_000
    assert acme["sources"]["all"] == 2
    assert {Path(claim["source"]).name for claim in acme["claims"]} == {"a.txt", "b.txt"}
    assert {"id", "investors", "recipient", "destinations", "places", "amount", "in", "deliverables", "purposes", "announced",
            "term", "stage", "role", "relations", "counted", "reason", "flags", "sources", "conflicts", "claims"} <= set(acme)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ([], {"Acme", "Bolt", "Cora"}),
        (["--investor", "acme"], {"Acme"}),
        (["--investor", "OR"], {"Cora"}),
        (["--country", "FR"], {"Bolt"}),
        (["--country", "Japan"], {"Cora"}),
        (["--recipient", "x"], set()),
        (["--place", "Paris"], set()),
        (["--purpose", "general"], {"Acme", "Bolt", "Cora"}),
        (["--stage", "under-way"], set()),
        (["--min-sources", "2"], {"Acme"}),
        (["--counted"], {"Acme", "Bolt", "Cora"}),
    ],
)
def test_filters(book: Call, words: Any, names: Any) -> None:
    told = book("list", *words)
    assert told.code == 0
    assert {json.loads(line)["investors"][0]["name"] for line in told.lines} == names


def test_list_in_every_format(book: Call) -> None:
    assert len(json.loads(book("list", "--format", "json").out)) == 3
    rows = list(csv.DictReader(io.StringIO(book("list", "--format", "csv").out)))
    assert {(row["investors"], row["amount.value"]) for row in rows} == {
        ("Acme", "3000000"),
        ("Bolt", "9000000"),
        ("Cora", "500000000"),
    }
    table = book("list", "--format", "table")
    assert table.lines[0] == "3 lines, 3 of them count"
    assert "9 M USD" in table.out
    page = book("list", "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "<td class=figure>9 M USD" in page


def test_show_by_id_and_by_its_beginning(book: Call) -> None:
    pledge = next(json.loads(line) for line in book("list", "--investor", "Acme").lines)
    record = json.loads(book("show", pledge["id"]).out)
    assert record["id"] == pledge["id"]
    assert len(record["tellings"]) == 2
    assert record["tellings"][0]["claim"]["evidence"]
    text = book("show", pledge["id"][:12], "--format", "table").out
    assert text.startswith(f"{pledge['id']}  Acme\n")
    assert "“3000000 EUR”" in text
    assert "Told in 2 documents" in text


@pytest.mark.parametrize("words", ["nothing", "pledge-", ""])
def test_show_what_is_not_there_or_not_clear(book: Call, words: Any) -> None:
    told = book("show", words)
    assert told.code == 2
    assert "show: " in told.err


def test_total_by_country_ends_with_the_whole(book: Call) -> None:
    rows = [json.loads(line) for line in book("total", "--by", "country", "--in", "EUR").lines]
    assert [row["key"] for row in rows] == ["ES", "FR", "JP", None]
    assert rows[0]["central"] == 3_000_000
    assert rows[0]["naive"] == 6_000_000
    assert {row["currency"] for row in rows} == {"EUR"}
    assert "included" not in rows[0]
    explained = json.loads(book("total", "--explain", "--in", "EUR").lines[-1])
    assert explained["key"] is None
    assert {item["reason"] for item in explained["included"] + explained["excluded"]}


def test_total_as_a_table_says_what_it_leaves_out(book: Call) -> None:
    told = book("total", "--by", "country", "--format", "table", "--in", "EUR", "--naive", "--explain")
    assert told.lines[0] == "Pledged, EUR"
    assert "every report added up" in told.lines[1]
    assert "What is in, what is out, and why" in told.out
    assert "every report" not in book("total", "--by", "country", "--format", "table").out


def test_total_of_things(book: Call) -> None:
    rows = [json.loads(line) for line in book("total", "--deliverable", "megawatts").lines]
    assert (rows[-1]["key"], rows[-1]["currency"], rows[-1]["central"]) == (None, "megawatts", 0)


def test_total_by_what_nobody_knows(book: Call) -> None:
    told = book("total", "--by", "moon")
    assert told.code == 2
    assert "Use one of country" in told.err


def test_as_of_a_day_before_everything(call: Call, tmp_path: Path) -> None:
    line = {"id": "a", "content": "Acme pledges 3000000 EUR to ES. That is all.", "published": "2024-05-13"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    call("ingest", "a.jsonl")
    assert len(call("list", "--as-of", "2024-05-13").lines) == 1
    assert call("list", "--as-of", "2024-05-12").lines == []


def test_verify_a_sound_and_a_damaged_book(book: Call, tmp_path: Path) -> None:
    told = book("verify")
    record = json.loads(told.out)
    assert (told.code, record["sound"], len(record["head"])) == (0, True, 64)
    path = tmp_path / "pledgebook.db"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    told = book("verify", "--format", "table")
    assert told.code == 1
    assert "damaged" in told.out + told.err


def test_figures_that_disagree_are_shown_and_strict_ends_with_4(call: Call, tmp_path: Path) -> None:
    for name, currency in (("a", "USD"), ("b", "EUR")):
        text = f"PARIS, May 13, 2024 (Wire {name}) - Acme pledges 4000000000 {currency} to FR. So it says."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        call("ingest", f"{name}.txt")
    (line,) = call("list").lines
    assert [conflict["name"] for conflict in json.loads(line)["conflicts"]] == ["wrong-currency"]
    assert (call("list").code, call("list", "--strict").code, call("total", "--strict").code) == (0, 4, 4)
    assert "Figures that disagree" in call("show", json.loads(line)["id"], "--format", "table").out
