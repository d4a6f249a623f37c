"""Part files: what one input has come to, in Parquet, written whole or not at all."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgebook.domain import BookError, Claim, ReadDocument, UsageError
from pledgebook.flow.batch_report import Report
from pledgebook.store.rows import (
    claim_body,
    document_body,
    findings_body,
    read_claim_body,
    read_document_body,
    read_findings_body,
)

FORMAT = "pledgebook batch 1"
PARTS, WORK = "parts", "work"
_KEY = b"pledgebook"
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a part: as it was read, where the record stands, and when the crawler took it."""

    document: ReadDocument
    offset: int
    captured: str


def arrow() -> tuple[Any, Any]:
    """The library pyarrow and its Parquet. Raises UsageError where it is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - of the extra [batch]
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("batch", "no pyarrow here", "Install it: pip install 'pledgebook[batch]'.") from error
    return pa, pq


def documents_schema() -> Any:  # noqa: ANN401 - pyarrow's own types
    """The columns of a part and of documents.parquet."""
    pa, _ = arrow()
    text = pa.string()
    return pa.schema([
        ("id", text), ("source", text), ("captured", text), ("language", text), ("title", text),
        ("published_earliest", text), ("published_latest", text), ("published_basis", text), ("text", text),
        ("reader", text), ("version", text), ("input", text), ("offset", pa.int64()),
        ("body", text), ("claims", pa.list_(text)), ("findings", text),
    ])  # fmt: skip


def claims_schema() -> Any:  # noqa: ANN401 - pyarrow's own types
    """The columns of claims.parquet."""
    pa, _ = arrow()
    text, several = pa.string(), pa.list_(pa.string())
    return pa.schema([
        ("document", text), ("claim", text), ("source", text), ("language", text), ("published_earliest", text),
        ("published_latest", text), ("investors", several), ("recipient", text), ("destinations", several),
        ("places", several), ("value", pa.float64()), ("value_max", pa.float64()), ("currency", text),
        ("qualifier", text), ("purposes", several), ("announced_earliest", text), ("announced_latest", text),
        ("term_start", text), ("term_end", text), ("stage", text), ("role", text), ("body", text),
    ])  # fmt: skip


def write_part(path: Path, rows: Sequence[Row], *, source: str, report: Report, made_by: str) -> None:
    """Writes a part beside its place and moves it there in one step; whoever is first wins, as all write the same."""
    pa, pq = arrow()
    note = {"format": FORMAT, "input": source, "made_by": made_by, "report": report.to_json()}
    schema = documents_schema().with_metadata({_KEY: json.dumps(note, ensure_ascii=False, sort_keys=True).encode()})
    table = pa.Table.from_pylist([_document_row(row, source) for row in rows], schema=schema)
    with whole(path) as target:
        pq.write_table(table, target, compression="zstd")


class whole:  # noqa: N801 - reads as a word: with whole(path) as target
    """A path beside `path` to write to, that takes its place when all went well."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._target = path.with_name(f".{path.name}.{os.getpid()}.tmp")

    def __enter__(self) -> Path:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self._target

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._target.unlink(missing_ok=True)
            return
        with self._target.open("rb") as stream:
            os.fsync(stream.fileno())
        self._target.replace(self._path)


def read_note(path: Path) -> dict[str, Any] | None:
    """What a part says of itself; None where it is no whole part."""
    pa, pq = arrow()
    try:
        metadata = pq.read_schema(path).metadata or {}
        note = json.loads(metadata[_KEY])
    except (OSError, KeyError, ValueError, pa.ArrowException):
        return None
    return note if isinstance(note, dict) and note.get("format") == FORMAT else None


def parts_of(folder: Path) -> list[Path]:
    """The parts of a run, in the order of their names."""
    return sorted((folder / PARTS).glob("*.parquet"))


def is_batch(source: str) -> bool:
    """Whether a source is the folder of a run."""
    folder = Path(source)
    return folder.is_dir() and (folder / "manifest.json").is_file() and (folder / PARTS).is_dir()


def read_batch(folder: Path) -> Iterator[ReadDocument]:
    """The documents of a run with their claims, as they were read. Raises BookError for a part that is damaged."""
    pa, pq = arrow()
    for path in parts_of(folder):
        if read_note(path) is None:
            raise BookError(str(path), "no part of a batch", "Run the batch again: it makes only what is missing.")
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=_AT_ONCE, use_threads=False):
                    yield from (_read_row(row, str(path)) for row in batch.to_pylist())
        except (pa.ArrowException, OSError) as error:
            seen = f"damaged Parquet ({' '.join(str(error).split())[:120]})"
            raise BookError(str(path), seen, "Delete it, and run the batch again.") from error


def merge(folder: Path) -> tuple[int, int]:
    """How many documents and claims documents.parquet and claims.parquet have, now written from all parts.

    A page that was captured twice with the same text is one document: the first one's row is kept.
    """
    _, pq = arrow()
    seen: set[str] = set()
    documents = claims = 0
    with (
        whole(folder / "documents.parquet") as first,
        whole(folder / "claims.parquet") as second,
        pq.ParquetWriter(first, documents_schema(), compression="zstd") as to_documents,
        pq.ParquetWriter(second, claims_schema(), compression="zstd") as to_claims,
    ):
        for rows in _batches(folder):
            new = [row for row in rows if row["id"] not in seen and not seen.add(row["id"])]  # type: ignore[func-returns-value]
            told = [item for row in new for item in _claim_rows(row)]
            _write(to_documents, new, documents_schema())
            _write(to_claims, told, claims_schema())
            documents, claims = documents + len(new), claims + len(told)
    return documents, claims


def _batches(folder: Path) -> Iterator[list[dict[str, Any]]]:
    _, pq = arrow()
    for path in parts_of(folder):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_AT_ONCE, use_threads=False):
                yield batch.to_pylist()


def _write(writer: Any, rows: list[dict[str, Any]], schema: Any) -> None:  # noqa: ANN401 - pyarrow's own types
    pa, _ = arrow()
    if rows:
        writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _document_row(row: Row, source: str) -> dict[str, Any]:
    item = row.document
    document, published = item.document, item.document.published
    return {
        "id": document.id,
        "source": document.source,
        "captured": row.captured or None,
        "language": document.language,
        "title": document.title,
        "published_earliest": published and published.earliest.isoformat(),
        "published_latest": published and published.latest.isoformat(),
        "published_basis": document.published_basis.value,
        "text": document.text,
        "reader": item.reader,
        "version": item.version,
        "input": source,
        "offset": row.offset,
        "body": document_body(document),
        "claims": [claim_body(claim) for claim in item.claims],
        "findings": findings_body(item.findings),
    }


def _read_row(row: dict[str, Any], where: str) -> ReadDocument:
    place = f"{where}, {row['id']}"
    document = read_document_body(row["body"], row["text"], row["source"], name=row["id"], where=place)
    claims = tuple(read_claim_body(body, where=place) for body in row["claims"])
    findings = read_findings_body(row["findings"], row["id"], where=place)
    return ReadDocument(document, claims, findings, reader=row["reader"], version=row["version"])


def _claim_rows(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for body in row["claims"]:
        claim = read_claim_body(body, where=row["id"])
        yield {
            "document": row["id"],
            "claim": claim.id,
            "source": row["source"],
            "language": row["language"],
            "published_earliest": row["published_earliest"],
            "published_latest": row["published_latest"],
            **_fields(claim),
            "body": body,
        }


def _fields(claim: Claim) -> dict[str, Any]:
    amount, announced = claim.amount, claim.announced
    return {
        "investors": _names(claim.investors),
        "recipient": claim.recipient and claim.recipient.name,
        "destinations": list(claim.destinations),
        "places": list(claim.places),
        "value": amount and float(amount.value),
        "value_max": None if amount is None or amount.value_max is None else float(amount.value_max),
        "currency": amount and amount.currency,
        "qualifier": amount and amount.qualifier.value,
        "purposes": [purpose.value for purpose in claim.purposes],
        "announced_earliest": announced and announced.earliest.isoformat(),
        "announced_latest": announced and announced.latest.isoformat(),
        "term_start": claim.term.start and claim.term.start.isoformat(),
        "term_end": claim.term.end and claim.term.end.isoformat(),
        "stage": claim.stage.value,
        "role": claim.role.value,
    }


def _names(parties: Iterable[Any]) -> list[str]:
    return [party.name for party in parties]
