"""Scores for people and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from pledgebook.show.evaluation.score import FIELDS, Count, Score, mean
from pledgebook.show.sheet import Column, Sheet
from pledgebook.show.values import UNKNOWN


def score_json(score: Score) -> dict[str, Any]:
    """All figures of a score."""
    return {
        "documents": score.documents,
        "documents_without_prediction": score.unread,
        "claims": _count_json(score.claims),
        "amounts": _count_json(score.amounts),
        "slots": {name: _count_json(score.fields[name]) for name in FIELDS},
        "negatives": {
            "documents": score.negatives,
            "false_claims": score.false_in_negatives,
            "documents_with_false_claims": score.negatives_hit,
            "false_claims_per_document": score.false_in_negatives / score.negatives if score.negatives else None,
        },
        "evidence": {
            "spans": score.spans,
            "exact": score.exact,
            "exactness": score.exact / score.spans if score.spans else None,
            "claims_without_evidence": score.without_evidence,
            "predicted_claims": score.told_claims,
            "support": score.supported / score.quoted if score.quoted else None,
        },
        "announced_iou": mean(score.overlaps),
    }


def score_records(scores: Mapping[str, Score]) -> Iterator[dict[str, Any]]:
    """A record for each language and what was measured: precision, recall, F1 and their counts."""
    for language, score in scores.items():
        counts = {"claims": score.claims, "amounts": score.amounts, **{name: score.fields[name] for name in FIELDS}}
        for name, count in counts.items():
            yield {"language": language, "measured": name, **_count_json(count)}


RECORD_PATHS = ("language", "measured", "precision", "recall", "f1", "tp", "fp", "fn")


def scores_sheets(scores: Mapping[str, Score], reader: str) -> tuple[Sheet, ...]:
    """Claims and amounts by language, fields of all languages, fields by language."""
    figures = [Column(name, is_figure=True) for name in _FIGURES]
    by_language = Sheet(
        f"The reader {reader} on gold documents",
        (Column("language"), *figures),
        tuple((name, *map(_figure, _row(score))) for name, score in scores.items()),
    )
    whole = scores["all"]
    fields = Sheet(
        "Fields",
        (Column("field"), *(Column(name, is_figure=True) for name in ("precision", "recall", "F1"))),
        tuple(
            (name, *map(_figure, (count.precision, count.recall, count.f1)))
            for name, count in ((name, whole.fields[name]) for name in FIELDS)
        ),
        _notes(whole),
    )
    both = Sheet(
        "F1 of fields by language",
        (Column("language"), *(Column(name.replace("_", " "), is_figure=True, wraps=True) for name in FIELDS)),
        tuple((name, *(_figure(score.fields[field].f1) for field in FIELDS)) for name, score in scores.items()),
    )
    return by_language, fields, both


_FIGURES = ("docs", "gold", "found", "claims P", "claims R", "claims F1", "amounts P", "amounts R", "amounts F1")


def _row(score: Score) -> tuple[float | None, ...]:
    claims, amounts = score.claims, score.amounts
    return (
        score.documents,
        score.gold_claims,
        score.told_claims,
        *(claims.precision, claims.recall, claims.f1),
        *(amounts.precision, amounts.recall, amounts.f1),
    )


def _notes(score: Score) -> tuple[str, ...]:
    exact = f"{score.exact} of {score.spans} pieces of evidence are the exact words of the text"
    near = f"; {score.supported} of {score.quoted} overlap the gold's quote" if score.quoted else ""
    empty = f"{score.false_in_negatives} false claims in {score.negatives} documents without any."
    shared = mean(score.overlaps)
    days = () if shared is None else (f"Days of announcement that agree share {shared:.3f} of their days.",)
    return (f"{exact}{near}.", empty, *days)


def _figure(value: float | None) -> str:
    if value is None:
        return UNKNOWN
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _count_json(count: Count) -> dict[str, Any]:
    return {
        "precision": count.precision,
        "recall": count.recall,
        "f1": count.f1,
        "tp": count.right,
        "fp": count.false,
        "fn": count.missed,
    }
