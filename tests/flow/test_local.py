import sys
from pathlib import Path
from typing import Any

import pytest

from pledgebook.domain import Finding, ReadDocument, UsageError
from pledgebook.flow import load_reader, read
from pledgebook.flow.local import in_processes
from pledgebook.read import read_sources

READER = "plain_reader:PlainReader"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(
            f"Acme pledges {number + 1}000000 EUR to ES. More of it.", encoding="utf-8"
        )
    (tmp_path / "04.txt").write_bytes(b"")
    (tmp_path / "07.txt").write_text("This one will explode in the reader.", encoding="utf-8")
    return tmp_path


def test_documents_come_in_order_and_bad_ones_as_findings(corpus: Path) -> None:
    found = list(read([str(corpus)], reader=READER, workers=1))
    assert [type(item) for item in found] == [Finding if number in (4, 7) else ReadDocument for number in range(12)]
    assert found[4].name == "empty-document"
    assert found[7].name == "failed-document"
    assert "RuntimeError: as it was told to" in found[7].message
    assert found[3].claims[0].amount.value == 4_000_000
    assert (found[3].reader, found[3].version) == ("plain", "1")


def test_several_processes_read_the_same_in_the_same_order(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))
    alone = list(read([str(corpus)], reader=READER, workers=1))
    together = list(in_processes(read_sources([str(corpus)]), reader=READER, workers=2))
    assert together == alone


def test_whoever_stops_half_way_is_not_held_up(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))
    items = in_processes(read_sources([str(corpus)]), reader=READER, workers=2)
    assert isinstance(next(items), ReadDocument)
    items.close()


@pytest.mark.parametrize("name", ["oracle", "no.such.module:Reader", "plain_reader:Nobody", "pathlib:Path"])
def test_an_unknown_reader_is_wrong_usage_at_once(name: Any) -> None:
    with pytest.raises(UsageError, match="--reader"):
        read([], reader=name, workers=1)


def test_the_rules_have_a_version_that_follows_from_their_files() -> None:
    one, two = load_reader("rules"), load_reader("rules")
    assert one.version == two.version
    assert len(one.version) == 12
