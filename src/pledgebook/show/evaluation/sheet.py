"""Scores for people and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from pledgebook.show.evaluation.fields import FIELDS
from pledgebook.show.evaluation.score import Count, Score, Scores, mean
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


def scores_json(scores: Scores) -> dict[str, Any]:
    """All figures of all scores: of the whole, by language and by kind of document."""
    groups = {"languages": scores.languages, "formats": scores.formats, "styles": scores.styles, "tags": scores.tags}
    return {
        "all": score_json(scores.whole),
        **{name: {key: score_json(score) for key, score in group.items()} for name, group in groups.items()},
    }


def score_lines(scores: Scores) -> Iterator[dict[str, Any]]:
    """An object for the whole, each language and each kind of document, which says what it is of."""
    for of, score in _each(scores):
        yield {**of, **score_json(score)}


def score_records(scores: Scores) -> Iterator[dict[str, Any]]:
    """A record for each of them and each thing measured: precision, recall, F1 and their counts."""
    for of, score in _each(scores):
        counts = {"claims": score.claims, "amounts": score.amounts, **{name: score.fields[name] for name in FIELDS}}
        for name, count in counts.items():
            yield {**of, "measured": name, **_count_json(count)}


RECORD_PATHS = ("language", "format", "style", "tag", "measured", "precision", "recall", "f1", "tp", "fp", "fn")


def _each(scores: Scores) -> Iterator[tuple[dict[str, str], Score]]:
    yield {"language": "all"}, scores.whole
    groups = (
        ("language", scores.languages),
        ("format", scores.formats),
        ("style", scores.styles),
        ("tag", scores.tags),
    )
    for of, group in groups:
        for name, score in group.items():
            yield {of: name}, score


def scores_sheets(scores: Scores, reader: str) -> tuple[Sheet, ...]:
    """Claims and amounts by language and by kind, fields of all documents, fields by language."""
    by_kind = {**scores.formats, **scores.styles}
    return (
        figures_sheet(f"The reader {reader} on gold documents", "language", with_whole(scores)),
        figures_sheet("By kind of document", "kind", by_kind),
        fields_sheet(scores.whole),
        fields_by_sheet("F1 of fields by language", "language", with_whole(scores)),
    )


def with_whole(scores: Scores) -> dict[str, Score]:
    """The scores by language, after that of all."""
    return {"all": scores.whole, **scores.languages}


def figures_sheet(title: str, of: str, scores: Mapping[str, Score]) -> Sheet:
    """Claims and amounts, a row for each score."""
    figures = [Column(name, is_figure=True) for name in _FIGURES]
    rows = tuple((name, *map(_figure, _row(score))) for name, score in scores.items())
    return Sheet(title, (Column(of), *figures), rows)


def fields_sheet(score: Score) -> Sheet:
    """Precision, recall and F1 of each field."""
    columns = (Column("field"), *(Column(name, is_figure=True) for name in ("precision", "recall", "F1")))
    counts = ((name, score.fields[name]) for name in FIELDS)
    rows = tuple((name, *map(_figure, (count.precision, count.recall, count.f1))) for name, count in counts)
    return Sheet("Fields", columns, rows, _notes(score))


def fields_by_sheet(title: str, of: str, scores: Mapping[str, Score]) -> Sheet:
    """F1 of each field, a row for each score."""
    columns = (Column(name.replace("_", " "), is_figure=True, wraps=True) for name in FIELDS)
    rows = tuple((name, *(_figure(score.fields[field].f1) for field in FIELDS)) for name, score in scores.items())
    return Sheet(title, (Column(of), *columns), rows)


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
