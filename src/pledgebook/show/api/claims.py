"""Claims, and the documents that make them."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgebook.domain import Finding, ReadDocument
from pledgebook.show.api.answers import FAULTS, NOT_FOUND, answer, moment_json, say, with_rows
from pledgebook.show.api.faults import Fault
from pledgebook.show.api.params import Claims, Documents, State
from pledgebook.show.api.shapes import ClaimPage, DocumentInFull, DocumentPage
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.request import DeskDep
from pledgebook.show.desk.shelf import DocumentFacts
from pledgebook.store import PaperQuery
from pledgebook.wire import claim_json, document_json, dumps, interval_json

router = APIRouter(tags=["documents"], responses=FAULTS)


@router.get("/claims", response_model=ClaimPage)
async def list_claims(request: Request, desk: DeskDep, params: Claims) -> Response:
    """What documents assert, each with its evidence: the claims of the pledges that the filters let pass."""
    query = params.asked(sort="id")
    ledger = await desk.ledger_soon(query.as_of, query.currency, query.snapshot)
    told, total = await run_in_threadpool(
        lambda: ledger.traits(
            ledger.asked(query), "telling", prefix="" if params.document is None else f"{params.document}/",
            offset=params.offset, limit=params.limit,
        )
    )  # fmt: skip
    lines = await run_in_threadpool(lambda: ledger.some([name for _, name in told], has_claims=True))
    rows = [
        dumps({
            "document": telling.document, "source": telling.source, "pledge": name, "score": telling.claim.score,
            **claim_json(telling.claim),
        }).encode()
        for value, name in told
        for telling in lines[name].pledge.tellings
        if "/".join(telling.key) == value
    ]  # fmt: skip
    return answer(request, ledger, with_rows({**moment_json(ledger), "total": total}, rows))


@router.get("/documents", response_model=DocumentPage)
async def list_documents(request: Request, desk: DeskDep, params: Documents) -> Response:
    """The documents of the book without their text, the latest first."""
    ledger = await desk.ledger_soon(params.as_of, snapshot=params.snapshot)
    wanted = PaperQuery(params.language, params.source, params.with_claims, params.offset, params.limit)
    items, total = await run_in_threadpool(ledger.documents.facts, wanted)
    lines = await run_in_threadpool(ledger.lines_in, [item.id for item in items])
    rows = [dumps(document_row(item, lines[item.id])).encode() for item in items]
    return answer(request, ledger, with_rows({"book": ledger.version, "total": total}, rows))


@router.get("/documents/{document:path}", response_model=DocumentInFull, responses=NOT_FOUND)
async def show_document(document: str, request: Request, desk: DeskDep, params: State) -> Response:
    """One document: its text, its claims with the exact words behind each field, and what was odd."""
    ledger = await desk.ledger_soon(params.as_of, snapshot=params.snapshot)
    item = await run_in_threadpool(ledger.documents.find, document)
    if item is None:
        raise Fault(
            404, "no-such-document", "document", f"{document!r}, which the book does not have.", "See /documents."
        )
    return say(request, ledger, await run_in_threadpool(document_in_full, ledger, item))


def document_row(item: DocumentFacts, lines: Sequence[str]) -> dict[str, Any]:
    """A document without its text."""
    return {
        "id": item.id,
        "source": item.source,
        "title": item.title,
        "language": item.language,
        "published": interval_json(item.published),
        "published_basis": item.published_basis,
        "claims": item.claims,
        "pledges": list(lines),
    }


def document_in_full(ledger: Ledger, item: ReadDocument) -> dict[str, Any]:
    """A document with all that was found in it."""
    return {
        **document_json(item.document),
        "sources": list(item.sources),
        "reader": item.reader,
        "version": item.version,
        "claims": [claim_json(claim) for claim in item.claims],
        "pledges": _pledges(ledger, item.document.id),
        "findings": [finding_json(finding) for finding in item.findings],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Something odd, with its place."""
    span = finding.span
    return {
        "name": finding.name,
        "message": finding.message,
        "severity": finding.severity.value,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
    }


def _pledges(ledger: Ledger, document: str) -> list[str]:
    return list(ledger.lines_in([document])[document])
