import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def book(call: Call, corpus: Path) -> Call:
    assert call("ingest", corpus).code == 0
    return call


def test_to_a_file_and_to_standard_output(book: Call, tmp_path: Path) -> None:
    told = book("export", "--to", "csv", "-o", "out.csv")
    assert (told.code, told.out) == (0, "")
    assert (tmp_path / "out.csv").read_bytes().decode() == book("export", "--to", "csv").out
    assert len(book("export", "--to", "jsonl").lines) == 3


def test_filters_are_those_of_list(book: Call) -> None:
    for words in (["--investor", "Acme"], ["--country", "Japan"], ["--min-sources", "2"], ["--as-of", "2024-05-13"]):
        assert book("export", "--to", "jsonl", *words).out == book("list", "--format", "jsonl", *words).out


@pytest.mark.parametrize("name", ["xlsx", "parquet", "ftm", "iati", "jsonld", "datapackage"])
def test_every_format_twice_is_the_same(book: Call, tmp_path: Path, name: str) -> None:
    for number in (1, 2):
        assert book("export", "--to", name, "--in", "EUR", "-o", f"{number}.out").code == 0
    assert (tmp_path / "1.out").read_bytes() == (tmp_path / "2.out").read_bytes()


def test_a_data_package_goes_on_from_the_one_before(book: Call, tmp_path: Path) -> None:
    book("export", "--to", "datapackage", "-o", "one.zip")
    (tmp_path / "news" / "d.txt").write_text("ROME, May 16, 2024 (Wire) - Dora pledges 7000000 EUR to IT.", "utf-8")
    book("ingest", "news")
    assert book("export", "--to", "datapackage", "-o", "two.zip", "--previous", "one.zip").code == 0
    with zipfile.ZipFile(tmp_path / "two.zip") as archive:
        assert json.loads(archive.read("datapackage.json"))["version"] == "1.1.0"


def test_misuse_is_named(book: Call) -> None:
    assert "we don't know" in book("export", "--to", "docx").err
    wrong = book("export", "--to", "csv", "--previous", "one.zip")
    assert wrong.code == 2
    assert "Only a data package has a version" in wrong.err
    missing = book("export", "--to", "csv", "--db", "none.db")
    assert missing.code == 1
    assert "no such book" in missing.err


def test_who_publishes_iati_is_a_setting(book: Call, tmp_path: Path) -> None:
    assert "XI-PLEDGEBOOK" in book("export", "--to", "iati").out
    (tmp_path / "pledgebook.toml").write_text('reporter = "GB-COH-1"\nreporter_name = "An Institute"\n', "utf-8")
    told = book("export", "--to", "iati").out
    assert '<reporting-org ref="GB-COH-1" type="90" secondary-reporter="1">' in told
    assert "<narrative>An Institute</narrative>" in told
    assert told.count("<iati-identifier>GB-COH-1-") == told.count("<iati-activity ") > 0
    assert "PLEDGEBOOK" not in told
    assert "XM-DAC-7-" in book("export", "--to", "iati", "--reporter", "XM-DAC-7").out
    wrong = book("export", "--to", "iati", "--reporter", "a/b")
    assert wrong.code == 2
    assert "no identifier" in wrong.err
