"""Where sources disagree."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Entry
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import Asked, ask, shown, window
from pledgebook.store import LineQuery

router = APIRouter()
# Those with most money first.
_LINES = LineQuery(conflicting=True, whole=True, sort="amount", descending=True)
_PATHS = ("pledge", "name", "field", "kept", "deprecated", "reason", "investors", "destinations")


@router.get("/conflicts")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/conflicts.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    context = _context(asked) if form == "html" else {}
    made = Page("conflicts", "conflicts.html", context, rows=lambda: Rows(_records(_lines(asked)), _PATHS))
    return answer(request, made, form, asked.ledger.edition)


def _lines(asked: Asked) -> Iterable[Entry]:
    offset, limit = window(asked)
    if limit is None:
        return asked.ledger.each(_LINES)
    return asked.ledger.find(replace(_LINES, offset=offset, limit=limit))


def _context(asked: Asked) -> dict[str, Any]:
    found = shown(asked, _LINES)
    return {
        "section": "conflicts", "lines": found.rows, "page": found.page, "pages": found.pages, "total": found.total,
    }  # fmt: skip


def _records(lines: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "pledge": entry.id,
            "name": conflict.name,
            "field": conflict.field,
            "kept": conflict.kept,
            "deprecated": list(conflict.deprecated),
            "reason": conflict.reason,
            "investors": [party.name for party in entry.pledge.investors],
            "destinations": list(entry.pledge.destinations),
        }
        for entry in lines
        for conflict in entry.pledge.conflicts
    ]
