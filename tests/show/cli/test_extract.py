import csv
import io
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def test_jsonl_is_a_line_for_every_document_in_the_order_given(call: Call, corpus: Path) -> None:
    told = call("extract", corpus / "c.txt", corpus / "a.txt", corpus / "b.txt")
    records = [json.loads(line) for line in told.lines]
    assert (told.code, told.err) == (0, "")
    assert [Path(record["document"]["source"]).name for record in records] == ["c.txt", "a.txt", "b.txt"]
    assert [len(record["claims"]) for record in records] == [1, 1, 2]
    claim = records[0]["claims"][0]
    assert claim["amount"]["value"] == 500_000_000
    for item in claim["evidence"]:
        assert records[0]["document"]["text"][item["start"] : item["end"]] == item["text"]


def test_lines_hold_to_the_schema(call: Call, corpus: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(__file__).parents[4] / "shared" / "claim.schema.json"
    schema = next(
        (path for path in (Path(__file__).parents[3] / "docs" / "claim.schema.json", schema) if path.exists()), None
    )
    if schema is None:
        pytest.skip("the schema is not here")
    for line in call("extract", corpus).lines:
        jsonschema.validate(json.loads(line), json.loads(schema.read_text(encoding="utf-8")))


def test_its_own_lines_come_back_unchanged(call: Call, corpus: Path) -> None:
    lines = call("extract", corpus).out
    (corpus.parent / "told.jsonl").write_text(lines, encoding="utf-8")
    assert call("extract", corpus.parent / "told.jsonl").out == lines


def test_json_is_one_array(call: Call, corpus: Path) -> None:
    assert len(json.loads(call("extract", corpus, "--format", "json").out)) == 3


def test_csv_is_a_row_for_every_claim(call: Call, corpus: Path) -> None:
    (corpus / "d.txt").write_text("=2+2 pledges. Dora pledges 7 USD to US.", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(call("extract", corpus, "--format", "csv").out)))
    assert [(row["investors"], row["amount.value"], row["destinations"]) for row in rows] == [
        ("Acme", "3000000", "ES"), ("Acme", "3000000", "ES"), ("Bolt", "9000000", "FR"), ("Cora", "500000000", "JP"),
        ("Dora", "7", "US"),
    ]  # fmt: skip
    assert rows[0]["quotes.amount"] == "3000000 EUR"


def test_a_table_names_who_where_and_how_much(call: Call, corpus: Path) -> None:
    told = call("extract", corpus / "c.txt", "--format", "table")
    assert told.lines[0] == "1 claims in 1 documents"
    assert "500 M JPY" in told.out
    assert "Cora" in told.out


def test_html_asks_nobody_and_shows_markup_as_text(call: Call, corpus: Path) -> None:
    class Seen(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags, self.links = [], []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append(tag)
            self.links += [value for name, value in attrs if name in ("src", "href", "srcset", "action")]

    page = call("extract", corpus, "--format", "html").out
    seen = Seen()
    seen.feed(page)
    assert seen.links == []
    assert not {"script", "link", "img", "iframe", "b"} & set(seen.tags)
    assert seen.tags.count("mark") == 4 * 3
    assert "&lt;b&gt;And&lt;/b&gt;" in page
    assert "default-src 'none'" in page


def test_bad_documents_are_named_and_the_others_done(call: Call, corpus: Path) -> None:
    (corpus / "0.txt").write_bytes(b"")
    (corpus / "1.bin").write_bytes(b"\x00\x01\x02")
    (corpus / "2.txt").write_text("explode", encoding="utf-8")
    (corpus / "3.txt").write_bytes(b"x" * 3000)
    (corpus / "4.jsonl").write_bytes(b"y" * 5000 + b"\n" + b'{"content": "Fine words."}\n')
    told = call("extract", corpus, corpus / "gone.txt", "--max-bytes", 2000, "--quiet")
    assert told.code == 3
    assert len(told.lines) == 4
    assert [line.partition(": ")[0] for line in told.err.splitlines()] == ["skipped"] * 6
    for words in ("0.txt: no text", "1.bin: no text but a zero byte", "2.txt: the reader failed", "3.txt: more than",
                  "4.jsonl, line 1: longer than", "gone.txt: no such file"):  # fmt: skip
        assert words in told.err


def test_a_name_with_escape_codes_does_not_reach_the_terminal(call: Call, corpus: Path) -> None:
    (corpus / "x\x1b[31mred.txt").write_bytes(b"")
    told = call("extract", corpus)
    assert "\x1b" not in told.err
    assert told.code == 3


def test_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    import io as streams
    import sys

    class Input:
        buffer = streams.BytesIO(b"Acme pledges 3000000 EUR to ES.")

    monkeypatch.setattr(sys, "stdin", Input())
    told = call("extract", "-")
    assert json.loads(told.out)["claims"][0]["destinations"] == ["ES"]


def test_a_file_is_written_whole_or_not_at_all(call: Call, corpus: Path) -> None:
    target = corpus.parent / "out.csv"
    target.write_text("old", encoding="utf-8")
    told = call("extract", corpus, "-o", target)
    assert (told.code, told.out) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("document.id,")
    target.write_text("old", encoding="utf-8")
    told = call("extract", corpus, "--workers", "-1", "-o", target)
    assert told.code == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in corpus.parent.iterdir()) == ["news", "out.csv"]


def test_a_folder_that_is_not_there_is_said(call: Call, corpus: Path) -> None:
    told = call("extract", corpus, "-o", "no/such/folder/out.jsonl")
    assert told.code == 1
    assert "no such file or directory" in told.err


def test_a_device_is_written_to_and_not_replaced(call: Call, corpus: Path) -> None:
    if not Path("/dev/null").is_char_device():
        pytest.skip("no /dev/null here")
    assert call("extract", corpus, "-o", "/dev/null", "--format", "csv").code == 0
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_a_link(call: Call, corpus: Path) -> None:
    real, link = corpus.parent / "real.jsonl", corpus.parent / "link.jsonl"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    assert call("extract", corpus, "-o", link).code == 0
    assert link.is_symlink()
    assert len(real.read_text(encoding="utf-8").splitlines()) == 3
