"""Claims, and the documents that make them."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgebook.domain import Finding, ReadDocument
from pledgebook.show.api.answers import FAULTS, NOT_FOUND, answer, moment_json, say, with_rows
from pledgebook.show.api.faults import Fault
from pledgebook.show.api.params import Claims, DocumentParams, Documents
from pledgebook.show.api.shapes import ClaimPage, DocumentInFull, DocumentPage
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.request import DeskDep
from pledgebook.show.desk.shelf import DocumentFacts
from pledgebook.wire import claim_json, document_json, dumps, interval_json

router = APIRouter(tags=["documents"], responses=FAULTS)


@router.get("/claims", response_model=ClaimPage)
async def list_claims(request: Request, desk: DeskDep, params: Claims) -> Response:
    """What documents assert, each with its evidence: the claims of the pledges that the filters let pass."""
    query = params.asked(sort="id")
    ledger = await desk.ledger_soon(query.as_of, query.currency)
    lines = await run_in_threadpool(ledger.choose, query)
    told = sorted(
        (telling.key, entry.id)
        for entry in lines
        if not entry.is_rest
        for telling in entry.pledge.tellings
        if params.document is None or telling.document == params.document
    )
    rows = []
    for key, pledge in told[params.offset : params.offset + params.limit]:
        telling = next(it for it in ledger.by_id[pledge].pledge.tellings if it.key == key)
        rows.append(
            dumps({
                "document": telling.document, "source": telling.source, "pledge": pledge,
                "score": telling.claim.score, **claim_json(telling.claim),
            }).encode()
        )  # fmt: skip
    return answer(request, ledger.version, with_rows({**moment_json(ledger), "total": len(told)}, rows))


@router.get("/documents", response_model=DocumentPage)
async def list_documents(request: Request, desk: DeskDep, params: Documents) -> Response:
    """The documents of the book without their text, the latest first."""
    ledger = await desk.ledger_soon()
    items = await run_in_threadpool(_chosen, ledger, params)
    rows = [dumps(document_row(ledger, item)).encode() for item in items[params.offset : params.offset + params.limit]]
    return answer(request, ledger.version, with_rows({"book": ledger.version, "total": len(items)}, rows))


@router.get("/documents/{document:path}", response_model=DocumentInFull, responses=NOT_FOUND)
async def show_document(document: str, request: Request, desk: DeskDep) -> Response:
    """One document: its text, its claims with the exact words behind each field, and what was odd."""
    ledger = await desk.ledger_soon()
    item = await run_in_threadpool(ledger.documents.get_document, document)
    if item is None:
        raise Fault(
            404, "no-such-document", "document", f"{document!r}, which the book does not have.", "See /documents."
        )
    return say(request, ledger.version, document_in_full(ledger, item))


def _chosen(ledger: Ledger, params: DocumentParams) -> list[DocumentFacts]:
    wanted = None if params.source is None else params.source.casefold()
    language = None if params.language is None else params.language.split("-")[0].lower()
    found = [
        item
        for item in ledger.documents.facts
        if (language is None or item.language.split("-")[0] == language)
        and (wanted is None or wanted in item.source.casefold())
        and (item.claims or not params.with_claims)
    ]
    found.sort(key=lambda item: "" if item.published is None else item.published.latest.isoformat(), reverse=True)
    return found


def document_row(ledger: Ledger, item: DocumentFacts) -> dict[str, Any]:
    """A document without its text."""
    return {
        "id": item.id,
        "source": item.source,
        "title": item.title,
        "language": item.language,
        "published": interval_json(item.published),
        "published_basis": item.published_basis,
        "claims": item.claims,
        "pledges": _pledges(ledger, item.id),
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
    return [entry.id for entry in ledger.by_document.get(document, ())]
