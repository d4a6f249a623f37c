"""The documents of the book: where each came from, what it claims, what was odd about it."""

from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import ReadDocument
from pledgebook.lexicon.names import skeleton
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import PAGE, Asked, ask, kept
from pledgebook.show.web.quoting import source_url
from pledgebook.wire import interval_json

router = APIRouter()
_PATHS = (
    "id", "source", "title", "language", "published.earliest", "published.latest", "published_basis", "claims",
    "pledges", "reader", "findings",
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


def _found(asked: Asked) -> list[ReadDocument]:
    """The documents, the latest first; those whose title, source or text has the words where some are searched."""
    items = kept(asked.ledger, "sources", lambda: sorted(asked.ledger.documents.values(), key=_by_day))
    if asked.query.q is None:
        return items
    ids = asked.desk.search(asked.query.q)
    if ids is not None:
        wanted = set(ids)
        return [item for item in items if item.document.id in wanted]
    parts = skeleton(asked.query.q).split()
    texts = kept(
        asked.ledger,
        "texts",
        lambda: {
            it.document.id: skeleton(f"{it.document.title} {it.document.source} {it.document.text}") for it in items
        },
    )
    return [item for item in items if all(part in texts[item.document.id] for part in parts)]


def _by_day(item: ReadDocument) -> tuple[int, str]:
    published = item.document.published
    return (-published.latest.toordinal() if published is not None else 0, item.document.id)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    found = _found(asked)
    pages = max(1, -(-len(found) // PAGE))
    number = min(asked.page, pages)
    window = found[(number - 1) * PAGE : number * PAGE]
    context: dict[str, Any] = {
        "section": "sources", "items": window, "page": number, "pages": pages, "total": len(found),
        "by_document": asked.ledger.by_document, "source_url": source_url, "q": asked.query.q or "",
    }  # fmt: skip
    wanted = window if "page" in request.query_params else found
    made = Page("sources", "sources.html", context, rows=lambda: Rows([_record(asked, it) for it in wanted], _PATHS))
    return answer(request, made, form, asked.ledger.version)


def _record(asked: Asked, item: ReadDocument) -> dict[str, Any]:
    document = item.document
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "language": document.language,
        "published": interval_json(document.published),
        "published_basis": document.published_basis.value,
        "claims": len(item.claims),
        "pledges": len(asked.ledger.by_document.get(document.id, ())),
        "reader": f"{item.reader} {item.version}",
        "findings": sorted({finding.name for finding in item.findings}),
    }
