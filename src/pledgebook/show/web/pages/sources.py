"""The documents of the book: where each came from and how much it claims."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.show.desk.shelf import DocumentFacts
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import PAGE, Asked, ask
from pledgebook.store import PaperQuery
from pledgebook.wire import interval_json

router = APIRouter()
_PATHS = (
    "id", "source", "sources", "title", "language", "published.earliest", "published.latest", "published_basis",
    "claims", "pledges",
)  # fmt: skip


@router.get("/sources")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/sources.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


@router.get("/documents")
def same(request: Request) -> Response:
    """The same under another name."""
    return _answer(request, "html")


def _found(asked: Asked, *, offset: int = 0, limit: int | None = None) -> tuple[Sequence[DocumentFacts], int]:
    """The documents, the latest first; where words are searched, those that have them all, the best first."""
    shelf = asked.ledger.documents
    if asked.query.q is None:
        return shelf.facts(PaperQuery(offset=offset, limit=limit))
    found = shelf.facts_of(asked.desk.search(asked.query.q))
    return found[offset : None if limit is None else offset + limit], len(found)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    if form == "html" or "page" in request.query_params:
        window, total = _found(asked, offset=(asked.page - 1) * PAGE, limit=PAGE)
    else:
        window, total = _found(asked)
    pages = max(1, -(-total // PAGE))
    context: dict[str, Any] = {}
    if form == "html":
        context = {
            "section": "sources",
            "items": window,
            "page": min(asked.page, pages),
            "pages": pages,
            "total": total,
            "by_document": asked.ledger.lines_in([item.id for item in window]),
            "odd": asked.ledger.documents.odd([item.id for item in window]),
            "q": asked.query.q or "",
        }
    made = Page("sources", "sources.html", context, rows=lambda: Rows(_records(asked, window), _PATHS))
    return answer(request, made, form, asked.ledger.edition)


def _records(asked: Asked, items: Sequence[DocumentFacts]) -> list[dict[str, Any]]:
    lines = asked.ledger.lines_in([item.id for item in items])
    return [_record(item, len(lines[item.id])) for item in items]


def _record(item: DocumentFacts, pledges: int) -> dict[str, Any]:
    return {
        "id": item.id,
        "source": item.source,
        "sources": list(item.sources),
        "title": item.title,
        "language": item.language,
        "published": interval_json(item.published),
        "published_basis": item.published_basis,
        "claims": item.claims,
        "pledges": pledges,
    }
