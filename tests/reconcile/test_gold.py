"""Reconciling alone, from the claims of the gold corpus: which of them are one commitment."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from factory import RATES
from pledgebook.reconcile import reconcile

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "corpus" / "gold" / "demo.jsonl"
FLOOR = 0.98


def pairs(groups: list[list[str]]) -> int:
    return sum(n * (n - 1) // 2 for group in groups for n in Counter(group).values())


@pytest.mark.skipif(not GOLD.exists(), reason="the corpus is not part of this checkout")
def test_pairs_of_claims_that_are_one_commitment() -> None:
    spec = importlib.util.spec_from_file_location("ledger_gold", ROOT / "tools" / "ledger_gold.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    documents = {document["id"]: document for document in map(json.loads, lines)}
    pledges = reconcile(tool.read_tellings(lines), rates=RATES)
    found = [
        [documents[it.document]["claims"][int(it.claim.id)]["key"] for it in pledge.tellings] for pledge in pledges
    ]
    keys = [[key for group in found for key in group]]
    right, together, true = pairs(found), sum(len(group) * (len(group) - 1) // 2 for group in found), pairs(keys)
    precision, recall = right / together, right / true
    assert 2 * precision * recall / (precision + recall) >= FLOOR
