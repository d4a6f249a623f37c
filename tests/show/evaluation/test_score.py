"""Our figures against those of the scorer that the contract comes with, where that is at hand."""

import importlib.util
import json
import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from pledgebook.domain import ReadDocument
from pledgebook.show.evaluation import read_gold, score_documents, score_json
from pledgebook.show.evaluation.sheet import with_whole
from pledgebook.wire import read_line

CONTRACT = Path(os.environ.get("PLEDGEBOOK_CONTRACT", Path(__file__).parents[4] / "shared"))
GOLD = Path(__file__).parents[2] / "corpus" / "gold" / "demo.jsonl"


def predictions(path: Path, seed: int) -> list[str]:
    """Gold claims made wrong here and there, as lines of a reader."""
    chance = random.Random(seed)  # noqa: S311 - mistakes to measure, no secrets
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    names = [party["name"] for line in lines for claim in line["claims"] for party in claim["investors"]]
    return [json.dumps(_prediction(line, names, chance)) for line in lines]


def _prediction(line: dict[str, Any], names: list[str], chance: random.Random) -> dict[str, Any]:
    text = line["content"]
    ids = {claim["key"]: f"c{n}" for n, claim in enumerate(line["claims"])}
    claims = []
    for n, raw in enumerate(line["claims"]):
        claim = {name: value for name, value in raw.items() if name not in ("key", "aka", "quotes")} | {"id": f"c{n}"}
        claim["relations"] = [
            {"type": r["type"], "claim": ids.get(r["claim"], "?")} for r in raw.get("relations") or []
        ]
        claim["evidence"] = [
            {"field": field, "start": text.find(words), "end": text.find(words) + len(words), "text": words}
            for field, told in (raw.get("quotes") or {}).items()
            for words in ([told] if isinstance(told, str) else told)
            if words in text
        ]
        dice = chance.random()
        if dice < 0.15:
            continue
        if dice < 0.25:
            claim["investors"] = [{"name": chance.choice(names)}]
        elif dice < 0.35:
            claim["destinations"] = ["FR"]
        elif dice < 0.45 and claim["amount"] and not claim["amount"].get("value_max"):
            claim["amount"] = claim["amount"] | {"value": claim["amount"]["value"] * chance.choice([1.003, 1.1, 10])}
        elif dice < 0.55:
            claim["stage"], claim["relations"] = "completed", []
        claims.append(claim)
        if chance.random() < 0.1:
            claims.append(claim | {"id": f"c{n}x"})
    chance.shuffle(claims)
    document = {"id": line["id"], "source": f"{line['id']}.txt", "language": line["language"], "text": text}
    return {"document": document, "claims": claims}


def scorer() -> Any:
    path = CONTRACT / "tools" / "score.py"
    if not path.exists():
        pytest.skip("the scorer is not here")
    spec = importlib.util.spec_from_file_location("contract_score", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["contract_score"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["demo", "dev"])
def test_our_figures_are_the_scorers(tmp_path: Path, seed: Any, name: Any) -> None:
    theirs = scorer()
    gold = GOLD if name == "demo" else CONTRACT / "gold" / "dev.jsonl"
    if not gold.exists():
        pytest.skip("that gold file is not here")
    lines = predictions(gold, seed)
    (tmp_path / "told.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = {document.id: ReadDocument(document, claims) for document, claims in map(read_line, lines)}
    scores = score_documents((g, found[g.id]) for g in read_gold(str(gold)))
    ours = {language: score_json(score) for language, score in with_whole(scores).items()}

    documents = theirs.read(gold)
    paired, _ = theirs.pair_documents(documents, theirs.read(tmp_path / "told.jsonl"))
    tallies = {"all": theirs.Tally()}
    for document in documents:
        for language in ("all", document.language):
            tallies.setdefault(language, theirs.Tally()).document(document, paired.get(document.id, []))
    assert set(ours) == set(tallies)
    for language, tally in tallies.items():
        assert _rounded(ours[language]) == _rounded(tally.report()), language


def _rounded(figures: Any) -> Any:
    if isinstance(figures, dict):
        return {name: _rounded(value) for name, value in figures.items()}
    return round(figures, 9) if isinstance(figures, float) else figures
