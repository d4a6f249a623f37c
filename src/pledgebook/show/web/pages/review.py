"""The queue of what a person should look at, and what was decided. The forms post to the application."""

from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.show.desk.review import FIELDS, present_value
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import Asked, ask
from pledgebook.show.web.doubts import KINDS, Doubt, doubts_of
from pledgebook.show.web.pages.document import claim_values
from pledgebook.show.web.pages.pledge import sides_of, undone
from pledgebook.show.web.quoting import quotes_of

router = APIRouter()
_AT_ONCE = 20
_DECIDED = 50
_PATHS = ("kind", "key", "pledges", "why", "field", "kept", "deprecated", "score")


@router.get("/review")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/review.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    queue = doubts_of(asked.ledger)
    kind = request.query_params.get("kind") or next((it for it in KINDS if queue[it]), KINDS[0])
    kind = kind if kind in KINDS else KINDS[0]
    made = Page(
        f"review-{kind}", "review.html", _context(asked, queue, kind) if form == "html" else {},
        rows=lambda: Rows([_record(it) for it in queue[kind]], _PATHS),
    )  # fmt: skip
    return answer(request, made, form, asked.ledger.version)


def _context(asked: Asked, queue: dict[str, tuple[Doubt, ...]], kind: str) -> dict[str, Any]:
    found = queue[kind]
    pages = max(1, -(-len(found) // _AT_ONCE))
    page = min(asked.page, pages)
    decisions = sorted(asked.ledger.decisions, key=lambda it: (it.at, it.id), reverse=True)
    by_claim = asked.ledger.by_claim
    return {
        "section": "review",
        "kind": kind,
        "kinds": KINDS,
        "counts": {it: len(queue[it]) for it in KINDS},
        "items": [_item(asked, doubt) for doubt in found[(page - 1) * _AT_ONCE : page * _AT_ONCE]],
        "page": page,
        "pages": pages,
        "settable": FIELDS,
        "decisions": decisions[:_DECIDED],
        "all_decisions": len(decisions),
        "undone": undone(asked.ledger),
        "entry_of": lambda decision: next((by_claim[key] for key in decision.subjects if key in by_claim), None),
    }


def _item(asked: Asked, doubt: Doubt) -> dict[str, Any]:
    pledge = doubt.entries[0].pledge
    field = doubt.conflict.field if doubt.conflict is not None and doubt.conflict.field in FIELDS else "amount"
    return {
        "doubt": doubt,
        "field": field,
        "value": present_value(pledge, field) or "",
        "sides": None if doubt.conflict is None else sides_of(asked, doubt.entries[0], doubt.conflict),
        "quotes": [quotes_of(entry.pledge.tellings).get("amount", [])[:2] for entry in doubt.entries],
        "values": {} if doubt.claim is None else claim_values(asked.words, doubt.claim),
    }


def _record(doubt: Doubt) -> dict[str, Any]:
    conflict = doubt.conflict
    return {
        "kind": doubt.kind,
        "key": doubt.key,
        "pledges": [entry.id for entry in doubt.entries],
        "why": doubt.why,
        "field": None if conflict is None else conflict.field,
        "kept": None if conflict is None else conflict.kept,
        "deprecated": [] if conflict is None else list(conflict.deprecated),
        "score": None if doubt.claim is None else doubt.claim.score,
    }
