"""Things to the rows of a book and back, and the keys that their content gives them."""

import hashlib
import json
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from pledgebook.domain import (
    BookError,
    Capture,
    Claim,
    Decision,
    DecisionKind,
    Document,
    Finding,
    Mark,
    PublishedBasis,
    Sentence,
    Severity,
    Snapshot,
    Span,
    WireError,
)
from pledgebook.wire import claim_json, interval_json, loads, read_claim, read_interval


def packed(value: object) -> str:
    r"""The one JSON text of `value`: keys sorted, no blanks, ASCII only.

    >>> packed({"b": 1, "a": "é"})
    '{"a":"\\u00e9","b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def key_of(*parts: str) -> str:
    """The SHA-256 of `parts`, in hexadecimal; each part counts with its length, so that no two lists look alike."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode("ascii"))
        digest.update(data)
    return digest.hexdigest()


def unpacked(text: str, where: str) -> Any:  # noqa: ANN401 - JSON is whatever was written
    """What a row's JSON says. Raises BookError where it can't be read."""
    try:
        return loads(text, where=where)
    except WireError as error:
        raise BookError(where, "damaged JSON", "Run `pledgebook verify`.") from error


def document_body(document: Document) -> str:
    """A document without its text and its source."""
    return packed(
        {
            "id": document.id,
            "language": document.language,
            "title": document.title,
            "published": interval_json(document.published),
            "published_basis": document.published_basis.value,
            "noise": [[span.start, span.end] for span in document.noise],
            "sentences": [
                [item.span.start, item.span.end, item.paragraph, int(item.is_heading)] for item in document.sentences
            ],
        }
    )


def read_document_body(
    body: str, text: str, source: str, *, name: str, where: str, has_sentences: bool = True
) -> Document:
    """The document of a row, under the id `name`; without sentences and noise where they are not asked for."""
    raw = unpacked(body, where)
    if not has_sentences:
        raw |= {"sentences": (), "noise": ()}
    return Document(
        source=source,
        text=text,
        language=raw["language"],
        title=raw["title"],
        published=read_interval(raw["published"], where=where),
        published_basis=PublishedBasis(raw["published_basis"]),
        sentences=tuple(
            Sentence(Span(start, end), paragraph, bool(heading)) for start, end, paragraph, heading in raw["sentences"]
        ),
        noise=tuple(Span(start, end) for start, end in raw["noise"]),
        name=name,
    )


def claim_body(claim: Claim) -> str:
    """A claim with the score and the reasons that its contract leaves out."""
    return packed(claim_json(claim) | {"score": repr(claim.score), "reasons": list(claim.reasons)})


def read_claim_body(body: str, *, where: str) -> Claim:
    """The claim of a row."""
    raw = unpacked(body, where)
    return replace(read_claim(raw, where=where), score=float(raw["score"]), reasons=tuple(raw["reasons"]))


def findings_body(findings: tuple[Finding, ...]) -> str:
    """Findings of a document; the document's id is left to its row."""
    return packed(
        [
            [item.name, item.message, [item.span.start, item.span.end] if item.span else None, item.severity.value]
            for item in findings
        ]
    )


def read_findings_body(body: str, document: str, *, where: str) -> tuple[Finding, ...]:
    """The findings of a row."""
    return tuple(
        Finding(name, document, message, None if span is None else Span(*span), Severity(severity))
        for name, message, span, severity in unpacked(body, where)
    )


def capture_body(capture: Capture) -> str:
    """How a page was fetched."""
    return packed(
        {
            "url": capture.url,
            "at": capture.at.isoformat(),
            "status": capture.status,
            "sha256": capture.sha256,
            "size": capture.size,
            "headers": [list(header) for header in capture.headers],
        }
    )


def read_capture_body(body: str, *, where: str) -> Capture:
    """The capture of a row."""
    raw = unpacked(body, where)
    return Capture(
        url=raw["url"],
        at=datetime.fromisoformat(raw["at"]),
        status=int(raw["status"]),
        sha256=raw["sha256"],
        size=int(raw["size"]),
        headers=tuple((str(name), str(value)) for name, value in raw["headers"]),
    )


def snapshot_body(snapshot: Snapshot) -> str:
    """A snapshot as the log has it."""
    return packed(asdict(snapshot) | {"at": snapshot.at.isoformat()})


def read_snapshot_body(body: str, *, where: str) -> Snapshot:
    """The snapshot of a log record."""
    raw = unpacked(body, where)
    known = {field.name for field in fields(Snapshot)}
    named = {name: value for name, value in raw.items() if name in known}
    return Snapshot(**named | {"at": datetime.fromisoformat(raw["at"])})


def decision_body(decision: Decision) -> str:
    """A decision as the log has it."""
    marks = [
        [mark.side, mark.source, [list(item) for item in mark.words], [list(item) for item in mark.values]]
        for mark in decision.marks
    ]
    return packed(
        ({"marks": marks} if marks else {})
        | {
            "id": decision.id,
            "kind": decision.kind.value,
            "subjects": [list(subject) for subject in decision.subjects],
            "by": decision.by,
            "at": decision.at.isoformat(),
            "why": decision.why,
            "field": decision.field,
            "value": decision.value,
            "undoes": decision.undoes,
        }
    )


def read_decision_body(body: str, *, where: str) -> Decision:
    """The decision of a log record."""
    raw = unpacked(body, where)
    return Decision(
        id=raw["id"],
        kind=DecisionKind(raw["kind"]),
        subjects=tuple((str(document), str(claim)) for document, claim in raw["subjects"]),
        by=raw["by"],
        at=datetime.fromisoformat(raw["at"]),
        why=raw["why"],
        field=raw["field"],
        value=raw["value"],
        undoes=raw["undoes"],
        marks=tuple(
            Mark(side, source, tuple(tuple(item) for item in words), tuple(tuple(item) for item in values))
            for side, source, words, values in raw.get("marks", ())
        ),
    )
