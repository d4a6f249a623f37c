"""Floors rise silently and fall only by saying so."""

from types import SimpleNamespace
from typing import Any

import pytest

import set_floors
from gold_gate import Measured


def score(f1: float, *, sha256: str = "a" * 64, false: float = 0.1) -> Measured:
    return Measured(sha256, 10, f1, 0.9, 1.0, false, 0)


def floors(f1: float, *, false: float = 0.13) -> dict[str, Any]:
    kept = {"strict_f1": f1, "amount_f1": 0.87, "evidence": 1.0, "false_per_negative": false}
    return {"corpora": {"test": {"sha256": "a" * 64, "documents": 10, **kept}}, "lowered": []}


def brought_up(book: dict[str, Any], found: Measured, why: str = "") -> list[str]:
    return set_floors._brought_up(book, "test", found, why=why)


def test_a_better_score_raises_its_floor() -> None:
    book = floors(0.6)
    assert brought_up(book, score(0.8)) == []
    assert book["corpora"]["test"]["strict_f1"] == 0.77
    assert book["lowered"] == []


def test_a_score_just_above_its_floor_leaves_it_where_it_is() -> None:
    book = floors(0.79)
    assert brought_up(book, score(0.8)) == []
    assert book["corpora"]["test"]["strict_f1"] == 0.79


def test_a_score_below_its_floor_is_refused() -> None:
    book = floors(0.85)
    [refused] = brought_up(book, score(0.8))
    assert "strict_f1" in refused
    assert "0.850" in refused
    assert book["corpora"]["test"]["strict_f1"] == 0.85
    assert book["lowered"] == []


def test_it_falls_by_saying_so() -> None:
    book = floors(0.85)
    assert brought_up(book, score(0.8), why="a harder rule") == []
    assert book["corpora"]["test"]["strict_f1"] == 0.77
    assert book["lowered"] == [
        {"corpus": "test", "floor": "strict_f1", "from": 0.85, "to": 0.77, "why": "a harder rule"}
    ]


def test_more_false_claims_are_refused_and_fewer_lower_the_ceiling() -> None:
    book = floors(0.6, false=0.05)
    [refused] = brought_up(book, score(0.6, false=0.1))
    assert "false_per_negative" in refused
    book = floors(0.6, false=0.5)
    assert brought_up(book, score(0.6, false=0.1)) == []
    assert book["corpora"]["test"]["false_per_negative"] == 0.13


def test_other_documents_set_floors_anew_and_it_is_written_down() -> None:
    book = floors(0.85)
    assert brought_up(book, score(0.8, sha256="b" * 64)) == []
    assert book["corpora"]["test"]["sha256"] == "b" * 64
    assert book["corpora"]["test"]["strict_f1"] == 0.77
    [fell] = book["lowered"]
    assert "other documents" in fell["why"]


def test_a_new_corpus_needs_no_reason() -> None:
    book: dict[str, Any] = {"corpora": {}, "lowered": []}
    assert brought_up(book, score(0.8)) == []
    assert book["corpora"]["test"]["strict_f1"] == 0.77
    assert book["lowered"] == []


@pytest.mark.parametrize("words", [["--lower"], ["--lower", "--why", " "], ["no-such-corpus"]])
def test_wrong_usage_is_said(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["set_floors.py", *words])
    with pytest.raises(SystemExit) as error:
        set_floors.main()
    assert error.value.code == 2


def test_nothing_is_written_where_one_floor_is_refused(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    monkeypatch.setattr(set_floors, "FLOORS", path)
    monkeypatch.setattr(set_floors, "read_floors", lambda: floors(0.99))
    monkeypatch.setattr(set_floors, "score_corpus", lambda _: SimpleNamespace(whole=None))
    monkeypatch.setattr(set_floors, "measured", lambda _, __: score(0.8))
    monkeypatch.setattr("sys.argv", ["set_floors.py", "test"])
    assert set_floors.main() == 1
    assert not path.exists()
    assert "--lower --why" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["set_floors.py", "--lower", "--why", "a test", "test"])
    assert set_floors.main() == 0
    assert '"a test"' in path.read_text(encoding="utf-8")
