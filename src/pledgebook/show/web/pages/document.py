"""One document: its text with the evidence marked, and the claims that rest on it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Claim, Entry, ReadDocument
from pledgebook.show.claims import CSV_PATHS, claim_records
from pledgebook.show.desk import Key
from pledgebook.show.web.answers import FORMATS, Page, Rows, answer, missing, split_form
from pledgebook.show.web.asked import Asked, ask
from pledgebook.show.web.quoting import (
    field_of,
    marked_html,
    marks_of,
    sentence_around,
    sentence_url,
    source_url,
    uses_of,
)
from pledgebook.show.web.render import desk_of, safe_html
from pledgebook.show.web.terms import PURPOSES, RELATIONS, ROLES, STAGES
from pledgebook.show.web.words import Words
from pledgebook.wire import claim_json, document_json

router = APIRouter()
_ORDER = (
    "investors", "recipient", "amount", "deliverables", "destinations", "places", "purposes", "announced", "term",
    "stage", "role", "relations",
)  # fmt: skip


@router.get("/documents/{name:path}")
def page(request: Request, name: str) -> Response:
    """A document by its id; `?mark=` names the words to show."""
    asked = ask(request)
    formats = [*FORMATS, *desk_of(request).exports]
    name, form = split_form(name, lambda it: asked.ledger.documents.find(it) is not None, formats)
    item = asked.ledger.documents.find(name)
    if item is None:
        return missing(request)
    made = Page(
        f"document-{name}",
        "document.html",
        _context(asked, item) if form == "html" else {},
        data=lambda: {
            "document": document_json(item.document),
            "claims": [claim_json(claim) for claim in item.claims],
            "findings": [
                {"name": it.name, "message": it.message, "severity": it.severity.value} for it in item.findings
            ],
        },
        rows=lambda: Rows(list(claim_records([item])), CSV_PATHS),
    )
    return answer(request, made, form, asked.ledger.edition)


def _context(asked: Asked, item: ReadDocument) -> dict[str, Any]:
    document = item.document
    chosen = asked.request.query_params.get("mark")
    uses = uses_of(document, item.claims)
    picked = next((use for use in uses if use.mark == chosen), None)
    anchor = picked or next((use for use in uses if use.field == "amount"), uses[0] if uses else None)
    there = None if anchor is None else sentence_url(document.source, sentence_around(document, anchor.span))
    lines = asked.ledger.telling([(document.id, claim.id) for claim in item.claims])
    return {
        "section": "sources",
        "item": item,
        "document": document,
        "text": safe_html(marked_html(document, item.claims, chosen=chosen)),
        "claims": [claim_card(asked, lines, item, claim, n) for n, claim in enumerate(item.claims, 1)],
        "chosen": picked,
        "source": source_url(document.source),
        "there": there,
        "fields": [field for field in _ORDER if any(field_of(use.field) == field for use in uses)],
    }


def claim_card(
    asked: Asked, lines: Mapping[Key, Entry], item: ReadDocument, claim: Claim, number: int
) -> dict[str, Any]:
    """A claim with its fields, the words of each, and the pledge that it tells of."""
    entry = lines.get((item.document.id, claim.id))
    marks: dict[str, list[tuple[str, str]]] = {}
    for evidence, mark in zip(claim.evidence, marks_of(claim), strict=True):
        marks.setdefault(field_of(evidence.field), []).append((mark, " ".join(evidence.text.split())))
    values = claim_values(asked.words, claim)
    rows = [
        (field, values.get(field, ""), marks.get(field, [])) for field in _ORDER if values.get(field) or field in marks
    ]
    numbers = {other.id: n for n, other in enumerate(item.claims, 1)}
    relations = [(it.type.value, numbers.get(it.claim)) for it in claim.relations]
    return {"claim": claim, "number": number, "entry": entry, "rows": rows, "relations": relations}


def claim_values(w: Words, claim: Claim) -> dict[str, str]:
    """The fields of a claim as people read them."""
    term = " – ".join(w.day(day) for day in (claim.term.start, claim.term.end) if day is not None)
    return {
        "investors": ", ".join(party.name for party in claim.investors),
        "recipient": "" if claim.recipient is None else claim.recipient.name,
        "amount": "" if claim.amount is None else w.amount(claim.amount),
        "deliverables": "; ".join(w.deliverable(item) for item in claim.deliverables),
        "destinations": w.countries(claim.destinations) if claim.destinations else "",
        "places": ", ".join(claim.places),
        "purposes": ", ".join(w.named(purpose.value, PURPOSES) for purpose in claim.purposes),
        "announced": "" if claim.announced is None else w.interval(claim.announced),
        "term": term,
        "stage": w.named(claim.stage.value, STAGES),
        "role": w.named(claim.role.value, ROLES),
        "relations": "; ".join(dict.fromkeys(w.named(it.type.value, RELATIONS) for it in claim.relations)),
    }
