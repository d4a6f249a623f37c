"""The documents of the book: where each came from and how much it claims."""

from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.show.desk.shelf import DocumentFacts, facts_of
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import PAGE, Asked, ask, kept
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


def _found(asked: Asked) -> list[DocumentFacts]:
    """The documents, the latest first; where words are searched, those that have them all, the best first."""
    shelf = asked.ledger.documents
    if asked.query.q is None:
        return kept(asked.ledger, "sources", lambda: sorted(shelf.facts, key=_by_day))
    ids = asked.desk.search(asked.query.q) or ()
    return [facts_of(item) for name in ids if (item := shelf.get(name)) is not None]


def _by_day(item: DocumentFacts) -> tuple[int, str]:
    return (-item.published.latest.toordinal() if item.published is not None else 0, item.id)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    found = _found(asked)
    pages = max(1, -(-len(found) // PAGE))
    number = min(asked.page, pages)
    window = found[(number - 1) * PAGE : number * PAGE]
    context: dict[str, Any] = {
        "section": "sources",
        "items": window,
        "page": number,
        "pages": pages,
        "total": len(found),
        "by_document": asked.ledger.by_document,
        "odd": _odd(asked, window) if form == "html" else {},
        "q": asked.query.q or "",
    }
    wanted = window if "page" in request.query_params else found
    made = Page("sources", "sources.html", context, rows=lambda: Rows([_record(asked, it) for it in wanted], _PATHS))
    return answer(request, made, form, asked.ledger.version)


def _odd(asked: Asked, window: list[DocumentFacts]) -> dict[str, list[str]]:
    """The names of what was odd about each document of one page."""
    found = {item.id: asked.ledger.documents.get(item.id) for item in window}
    return {name: sorted({it.name for it in item.findings}) for name, item in found.items() if item is not None}


def _record(asked: Asked, item: DocumentFacts) -> dict[str, Any]:
    return {
        "id": item.id,
        "source": item.source,
        "sources": list(item.sources),
        "title": item.title,
        "language": item.language,
        "published": interval_json(item.published),
        "published_basis": item.published_basis,
        "claims": item.claims,
        "pledges": len(asked.ledger.by_document.get(item.id, ())),
    }
