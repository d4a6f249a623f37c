"""A data package back to documents, claims and decisions."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pledgebook.domain import (
    Capture,
    Claim,
    Decision,
    DecisionKind,
    Document,
    Finding,
    Interval,
    Mark,
    PublishedBasis,
    ReadDocument,
    Sentence,
    Severity,
    Span,
    WireError,
)
from pledgebook.rows import Cell, Field, Type
from pledgebook.show.export.cells import read_cell
from pledgebook.show.export.datapackage.tables import CLAIMS, DECISIONS, DOCUMENTS, EVIDENCE, Table
from pledgebook.show.export.datapackage.version import OpenPackage, opened_package
from pledgebook.wire import loads, read_claim

_Row = Mapping[str, Any]
_AMOUNT = ("value", "value_max", "currency", "qualifier", "basis", "also")


@dataclass(frozen=True, slots=True)
class Package:
    """What came back: documents with their claims, and decisions in their order."""

    documents: tuple[ReadDocument, ...]
    decisions: tuple[Decision, ...]


def read_package(path: Path) -> Package:
    """The documents, claims and decisions of a package. Raises WireError with the place of what can't be read."""
    with opened_package(path) as package:
        quotes: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        for row in _rows(package, EVIDENCE):
            quotes[row["document"], row["claim"]].append(
                {name: row[name] for name in ("field", "start", "end", "text")}
            )
        claims: dict[str, list[Claim]] = defaultdict(list)
        for row in _rows(package, CLAIMS):
            claims[row["document"]].append(_claim(row, quotes[row["document"], row["id"]]))
        documents = tuple(_document(row, tuple(claims[row["id"]])) for row in _rows(package, DOCUMENTS))
        decisions = tuple(_decision(row) for row in _rows(package, DECISIONS))
    return Package(documents, decisions)


def _rows(package: OpenPackage, table: Table[Any]) -> Iterator[_Row]:
    fields = {field.name: field for field in table.fields}
    with package.table(f"{table.name}.csv") as stream:
        reader = csv.reader(stream)
        names = next(reader, [])
        if missing := sorted(set(fields) - set(names)):
            raise WireError(f"{table.name}.csv", f"no column {', '.join(missing)}", "Export the package again.")
        for number, cells in enumerate(reader, 2):
            where = f"{table.name}.csv, row {number}"
            if len(cells) != len(names):
                raise WireError(where, f"{len(cells)} cells under {len(names)} headings", "Export the package again.")
            yield {
                name: _value(fields[name], cell, f"{where}, {name}")
                for name, cell in zip(names, cells, strict=True)
                if name in fields
            }


def _value(field: Field[Any], cell: str, where: str) -> Any:  # noqa: ANN401 - JSON is whatever was written
    if field.type in (Type.JSON, Type.TEXTS):
        return loads(cell, where=where) if cell else None
    value: Cell = read_cell(cell, field.type, where=where)
    return value


def _interval(row: _Row, name: str) -> Interval | None:
    earliest, latest = row[f"{name}_earliest"], row[f"{name}_latest"]
    return None if earliest is None or latest is None else Interval(earliest, latest)


def _claim(row: _Row, quotes: list[_Row]) -> Claim:
    where = f"claims.csv, {row['document']} {row['id']}"
    announced = _interval(row, "announced")
    raw = {
        **{name: row[name] or [] for name in ("investors", "destinations", "places", "deliverables", "relations")},
        "id": row["id"],
        "recipient": row["recipient"],
        "amount": None if row["amount_value"] is None else {name: row[f"amount_{name}"] for name in _AMOUNT},
        "purposes": row["purposes"] or [],
        "announced": None,
        "term": {"start": row["term_start"], "end": row["term_end"]},
        "stage": row["stage"],
        "role": row["role"],
        "evidence": quotes,
    }
    claim = read_claim(raw, where=where)
    return replace(claim, announced=announced, score=float(row["score"] or 1), reasons=tuple(row["reasons"] or ()))


def _document(row: _Row, claims: tuple[Claim, ...]) -> ReadDocument:
    document = Document(
        source=row["source"] or "",
        text=row["text"] or "",
        language=row["language"] or "und",
        title=row["title"],
        published=_interval(row, "published"),
        published_basis=PublishedBasis(row["published_basis"]),
        sentences=tuple(
            Sentence(Span(start, end), paragraph, bool(heading))
            for start, end, paragraph, heading in row["sentences"] or ()
        ),
        noise=tuple(Span(start, end) for start, end in row["noise"] or ()),
        name=row["id"],
    )
    for claim in claims:
        for item in claim.evidence:
            if item.span.of(document.text) != item.text:
                raise WireError(
                    f"evidence.csv, {row['id']} {claim.id} {item.field}",
                    f"{item.text!r}, where the text says {item.span.of(document.text)!r}",
                    "Offsets count code points of the document's text.",
                )
    findings = tuple(
        Finding(
            raw["name"], row["id"], raw["message"], None if raw["span"] is None else Span(*raw["span"]),
            Severity(raw["severity"]),
        )
        for raw in row["findings"] or ()
    )  # fmt: skip
    captures = tuple(
        Capture(
            raw["url"], datetime.fromisoformat(raw["at"]), raw["status"], raw["sha256"], raw["size"],
            tuple((str(name), str(value)) for name, value in raw["headers"]),
        )
        for raw in row["captures"] or ()
    )  # fmt: skip
    sources = tuple(row["sources"] or ())
    return ReadDocument(document, claims, findings, row["reader"] or "told", row["version"] or "1", sources, captures)


def _decision(row: _Row) -> Decision:
    return Decision(
        id=row["id"],
        kind=DecisionKind(row["kind"]),
        subjects=tuple((str(document), str(claim)) for document, claim in row["subjects"] or ()),
        by=row["by"] or "",
        at=datetime.fromisoformat(row["at"]),
        why=row["why"] or "",
        field=row["field"],
        value=row["value"],
        undoes=row["undoes"],
        marks=tuple(
            Mark(side, source, tuple(tuple(item) for item in words), tuple(tuple(item) for item in values))
            for side, source, words, values in row["marks"] or ()
        ),
    )
