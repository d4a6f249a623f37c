"""Who asks, what is served, and what has some words in it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgebook import __version__
from pledgebook.show.api.answers import FAULTS, answer, moment_json
from pledgebook.show.api.params import Search, State
from pledgebook.show.api.shapes import BookSaid, Found, Me
from pledgebook.show.desk.desk import Desk
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.request import DeskDep, PersonDep
from pledgebook.store import LineQuery
from pledgebook.wire import dumps

router = APIRouter(tags=["book"], responses=FAULTS)
_MOST_HITS = 500


@router.get("/me", response_model=Me)
async def show_me(person: PersonDep) -> dict[str, Any]:
    """Who asks, and with which role."""
    return {"name": person.name, "role": person.role.value, "via": person.via}


@router.get("/book", response_model=BookSaid)
async def show_book(desk: DeskDep, params: State) -> dict[str, Any]:
    """The book that is served: its last hash, and how much it holds."""
    ledger = await desk.ledger_soon(params.as_of, snapshot=params.snapshot)
    documents, claims = await run_in_threadpool(ledger.documents.counts)
    return {
        "version": __version__,
        "book": ledger.version,
        "currency": ledger.currency,
        "documents": documents,
        "claims": claims,
        "pledges": await run_in_threadpool(ledger.count, LineQuery(whole=True)),
        "decisions": len(ledger.decisions),
    }


@router.get("/search", response_model=Found)
async def search(request: Request, desk: DeskDep, params: Search) -> Response:
    """Pledges that have all the words in names, places or quotes, and documents that have them in their text."""
    ledger = await desk.ledger_soon(params.as_of, params.currency, params.snapshot)
    page = await run_in_threadpool(ledger.records, Query(q=params.q, limit=params.limit, sort="-sources"))
    hits = await run_in_threadpool(_hits, desk, ledger, params.q, params.limit)
    said = dumps({**moment_json(ledger), "documents": hits}).removesuffix("}")
    rows = b", ".join(page.rows)
    return answer(request, ledger, b"".join((said.encode(), b', "pledges": [', rows, b"]}")))


def _hits(desk: Desk, ledger: Ledger, words: str, limit: int) -> list[dict[str, Any]]:
    """The documents that have the words, of those that the ledger knows."""
    is_part = ledger.as_of is not None or ledger.frozen is not None
    with desk.open() as book:
        found = book.search(words, limit=_MOST_HITS if is_part else limit)
        known = {item.id for item in ledger.documents.facts_of([hit.document.document.id for hit in found])}
        return [
            {
                "document": hit.document.document.id,
                "source": hit.document.document.source,
                "title": hit.document.document.title,
                "language": hit.document.document.language,
                "words": " ".join(hit.text.split()),
            }
            for hit in found
            if hit.document.document.id in known
        ][:limit]
