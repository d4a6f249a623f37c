"""What a corpus' figures depend on beside the reader: its documents, and the names that count in them."""

import json
from pathlib import Path
from typing import Any

import pytest

import gold_gate
import make_accuracy

DOCUMENT = {
    "id": "a", "language": "en", "format": "text", "style": "wire", "content": "Nothing of the sort.",
    "claims": [],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gold_gate, "GOLD", tmp_path)
    monkeypatch.setattr(gold_gate, "NAMES", tmp_path / "names.json")
    (tmp_path / "mine.jsonl").write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    return tmp_path


def fingerprint(gold: Path, names: Any) -> str:
    (gold / "names.json").write_text(json.dumps(names), encoding="utf-8")
    return gold_gate.fingerprint("mine")


def test_names_of_its_documents_are_in_a_fingerprint_and_no_others(gold: Path) -> None:
    without = fingerprint(gold, {})
    assert without == fingerprint(gold, {"b": {"Acme": ["Akme"]}})
    named = fingerprint(gold, {"a": {"Acme": ["Akme"], "Bolt": ["Bolz"]}})
    assert named == fingerprint(gold, {"b": {}, "a": {"Bolt": ["Bolz"], "Acme": ["Akme"]}})
    assert len({without, named, fingerprint(gold, {"a": {"Acme": ["Akmé"]}})}) == 3


def test_the_page_on_accuracy_has_the_figures_without_names_beside_those_with(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = "OpenAI will invest 3 billion euros in Spain, the company said on Monday."
    claim = {
        "key": "k", "investors": [{"name": "Other Name"}], "destinations": ["ES"], "stage": "announced", "role": "new",
        "purposes": ["general"], "amount": {"value": 3000000000, "currency": "EUR", "qualifier": "exact"},
    }  # fmt: skip
    document = DOCUMENT | {"content": content, "claims": [claim]}
    (gold / "mine.jsonl").write_text(json.dumps(document), encoding="utf-8")
    (gold / "names.json").write_text('{"a": {"Other Name": ["OpenAI"]}}', encoding="utf-8")
    gold_gate._read.cache_clear()
    monkeypatch.setitem(make_accuracy._WHAT, "mine", "for a test")
    scores = {"mine": gold_gate.score_corpus("mine")}
    page = make_accuracy.render(scores, {"mine": gold_gate.score_corpus("mine", names=False).whole})
    assert "strict F1 | strict F1 without these names" in page
    assert "| mine | 1 | 1.00 | 1.00 | 1.00 | 0.00 | 1.00 | 1.00 | 1.00 | 0.00 |" in page
    assert "names.json" in page
    assert "| wire | 1 | 1 | 1.00 |" in page
