"""What the gate measures: the reader's scores on each gold corpus, beside the floors that were committed for it.

Parties count by the names of names.json too, beside the corpora: how documents call those that no list names. A floor
is the least that a score may be; `false_per_negative` is a ceiling, the most that it may be. Every corpus has its
fingerprint beside its floors: figures of other documents, or with other names, do not compare.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pledgebook.domain import ReadDocument
from pledgebook.flow import read_pages
from pledgebook.show.evaluation import Score, Scores, gold_page, read_gold, read_names, score_documents

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "corpus" / "gold"
NAMES = GOLD / "names.json"
FLOORS = ROOT / "tests" / "corpus" / "floors.json"
# The blind corpus is only ever scored: nobody reads it, and nothing of it is printed. Nor is what is found in the fresh
# one looked at.
CORPORA = ("test", "demo", "worked", "fresh", "blind")
CEILINGS = ("false_per_negative",)


@dataclass(frozen=True, slots=True)
class Measured:
    """One corpus: its fingerprint, how many documents it has, and what the reader scores on it.

    `evidence` is the share of quotes that are the exact words; `unread` counts documents that broke the reader.
    """

    sha256: str
    documents: int
    strict_f1: float
    amount_f1: float
    evidence: float
    false_per_negative: float
    unread: int


def path_of(corpus: str) -> Path:
    """Where a corpus lies."""
    return GOLD / f"{corpus}.jsonl"


def fingerprint(corpus: str) -> str:
    """The sha256 of a corpus, byte for byte, and of the names that count in its documents, where there are any."""
    content = path_of(corpus).read_bytes()
    names = read_names(str(NAMES))
    documents = (json.loads(line)["id"] for line in content.splitlines() if line.strip())
    counting = {document: names[document] for document in documents if document in names}
    told = json.dumps(counting, ensure_ascii=False, sort_keys=True) if counting else ""
    return hashlib.sha256(content + told.encode("utf-8")).hexdigest()


def score_corpus(corpus: str, *, names: bool = True) -> Scores:
    """The scores of the default reader on a corpus; without `names`, parties count by the names in the gold alone."""
    gold = read_gold(str(path_of(corpus)), names=read_names(str(NAMES)) if names else None)
    return score_documents(zip(gold, _read(corpus), strict=True))


@cache
def _read(corpus: str) -> tuple[ReadDocument | None, ...]:
    pages = (gold_page(document) for document in read_gold(str(path_of(corpus))))
    found = read_pages(pages, reader="rules", workers=1)
    return tuple(item if isinstance(item, ReadDocument) else None for item in found)


def measured(corpus: str, score: Score) -> Measured:
    """What the gate looks at of a corpus' score."""
    return Measured(
        sha256=fingerprint(corpus),
        documents=score.documents,
        strict_f1=score.claims.f1 or 0.0,
        amount_f1=score.amounts.f1 or 0.0,
        evidence=score.exact / score.spans if score.spans else 0.0,
        false_per_negative=score.false_in_negatives / score.negatives if score.negatives else 0.0,
        unread=score.unread,
    )


def scores_of(found: Measured) -> dict[str, float]:
    """The figures of a corpus that have floors, by name."""
    return {name: value for name, value in asdict(found).items() if name in FLOORED}


FLOORED = ("strict_f1", "amount_f1", "evidence", "false_per_negative")


def read_floors() -> dict[str, Any]:
    """The committed floors: "corpora" by name, and "lowered", each time that one fell, with the reason."""
    if not FLOORS.is_file():
        return {"corpora": {}, "lowered": []}
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def is_kept(name: str, value: float, floor: float) -> bool:
    """Whether a figure keeps its floor, or stays below its ceiling.

    >>> is_kept("strict_f1", 0.71, 0.7), is_kept("false_per_negative", 0.71, 0.7)
    (True, False)
    """
    return value <= floor if name in CEILINGS else value >= floor
