"""What reviewers send: decisions and documents."""

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from pledgebook.domain import Decision, DecisionKind, DocumentError, Page
from pledgebook.reconcile.decided import in_force
from pledgebook.show.api.answers import FAULTS, NOT_FOUND, POSTED, answer, with_rows
from pledgebook.show.api.claims import finding_json
from pledgebook.show.api.faults import Fault
from pledgebook.show.api.params import Day, Language, Rows
from pledgebook.show.api.shapes import DecisionPage, DecisionShape, Kept
from pledgebook.show.desk.request import DeskDep, Reviewer
from pledgebook.show.desk.review import FIELDS, Action, ActionKind, act
from pledgebook.wire import claim_json, dumps

router = APIRouter(tags=["review"], responses=FAULTS)
_Line = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\x00]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClaimNamed(_Strict):
    """A claim by its document and its id."""

    document: _Line
    claim: _Line


class ActionPosted(_Strict):
    """What a reviewer does: to claims, or to all claims of pledges; `why` is kept with it."""

    kind: ActionKind
    claims: list[ClaimNamed] = Field(default_factory=list, max_length=1000)
    pledges: list[_Line] = Field(default_factory=list, max_length=1000)
    field: Annotated[str, StringConstraints(pattern=f"^({'|'.join(FIELDS)})$")] | None = None
    value: Annotated[str, StringConstraints(max_length=2000)] | None = None
    undoes: _Line | None = None
    why: Annotated[str, StringConstraints(max_length=2000)] = ""


class DocumentPosted(_Strict):
    """A document to read: its text, or its bytes in Base64, and what is known of it."""

    source: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\x00-\x1f]+$")]
    text: str | None = Field(None, description="The document as text.")
    base64: str | None = Field(None, description="The document as bytes, in Base64.")
    media_type: Literal["text/plain", "text/html", "application/pdf"] = "text/plain"
    charset: Annotated[str, StringConstraints(max_length=40)] | None = None
    language: Language | None = None
    title: Annotated[str, StringConstraints(max_length=1000)] | None = None
    published: Day | None = None


@router.get("/decisions", response_model=DecisionPage)
async def list_decisions(request: Request, desk: DeskDep, params: Rows) -> Response:
    """What people decided, when and why, the latest first; what was taken back stays, and says so."""
    ledger = await desk.ledger_soon(params.as_of, snapshot=params.snapshot)
    standing = {decision.id for decision in in_force(ledger.decisions)}
    found = ledger.decisions[::-1][params.offset : params.offset + params.limit]
    rows = [dumps(decision_json(decision, undone=decision.id not in standing)).encode() for decision in found]
    said = {"book": ledger.version, "total": len(ledger.decisions)}
    return answer(request, ledger, with_rows(said, rows))


@router.post("/decisions", response_model=DecisionShape, status_code=201, responses={**NOT_FOUND, **POSTED, **FAULTS})
async def post_decision(person: Reviewer, desk: DeskDep, posted: ActionPosted) -> Response:
    """Keeps what a reviewer decides: accept, set, same, different, reject, undo."""
    action = Action(
        posted.kind,
        tuple((item.document, item.claim) for item in posted.claims),
        tuple(posted.pledges),
        posted.field,
        posted.value,
        posted.undoes,
        posted.why,
    )
    ledger = await desk.ledger_soon()
    decision = await run_in_threadpool(act, desk, ledger, action, by=person.name or "")
    return JSONResponse(decision_json(decision, undone=False), status_code=201)


@router.post("/documents", response_model=Kept, status_code=201, responses={200: {"model": Kept}, **POSTED, **FAULTS})
async def post_document(request: Request, person: Reviewer, desk: DeskDep, posted: DocumentPosted) -> Response:  # noqa: ARG001 - only reviewers may
    """Reads a document and keeps it: 201 where it was new to the book, 200 where the book had it."""
    page = _page(posted, request.app.state.serving.max_bytes)
    item = await request.app.state.scribe.read(page)
    new = await run_in_threadpool(desk.add, [item])
    ledger = await desk.ledger_soon()
    name = item.document.id
    kept = await run_in_threadpool(ledger.documents.find, name) or item
    said = {
        "id": name,
        "new": bool(new),
        "claims": [claim_json(claim) for claim in kept.claims],
        "pledges": list((await run_in_threadpool(ledger.lines_in, [name]))[name]),
        "findings": [finding_json(finding) for finding in kept.findings],
    }
    headers = {"Location": f"/api/v1/documents/{name}"} if new else {}
    return Response(
        dumps(said).encode(), status_code=201 if new else 200, media_type="application/json", headers=headers
    )


def decision_json(decision: Decision, *, undone: bool) -> dict[str, Any]:
    """A decision as people read it."""
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "claims": [{"document": document, "claim": claim} for document, claim in decision.subjects],
        "by": decision.by,
        "at": decision.at.isoformat(),
        "why": decision.why,
        "field": decision.field,
        "value": decision.value,
        "undoes": decision.undoes,
        "undone": undone and decision.kind is not DecisionKind.UNDO,
    }


def _page(posted: DocumentPosted, max_bytes: int) -> Page:
    if (posted.text is None) == (posted.base64 is None):
        raise Fault(422, "not-understood", "text", "text and base64, or neither.", "Send one of them.")
    try:
        content = (
            b64decode(posted.base64, validate=True)
            if posted.base64 is not None
            else (posted.text or "").encode("utf-8", "replace")
        )
    except (Base64Error, ValueError):
        raise Fault(422, "not-understood", "base64", "not Base64.", "Encode the bytes by RFC 4648.") from None
    if len(content) > max_bytes:
        raise Fault(413, "too-large", "text", f"{len(content)} bytes.", f"Send at most {max_bytes}.")
    if not content.strip():
        raise DocumentError(posted.source, "empty", "Send its words.")
    return Page(
        source=posted.source,
        content=content,
        media_type=posted.media_type,
        charset="utf-8" if posted.base64 is None else posted.charset,
        language=posted.language,
        title=posted.title,
        published=posted.published,
    )
