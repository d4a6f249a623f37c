"""Who asks, what is served, and what has some words in it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgebook import __version__
from pledgebook.lexicon.names import skeleton
from pledgebook.show.api.answers import FAULTS, answer, moment_json
from pledgebook.show.api.params import Search
from pledgebook.show.api.shapes import BookSaid, Found, Me
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.request import DeskDep, PersonDep
from pledgebook.wire import dumps

router = APIRouter(tags=["book"], responses=FAULTS)
_AROUND = 120


@router.get("/me", response_model=Me)
async def show_me(person: PersonDep) -> dict[str, Any]:
    """Who asks, and with which role."""
    return {"name": person.name, "role": person.role.value, "via": person.via}


@router.get("/book", response_model=BookSaid)
async def show_book(desk: DeskDep) -> dict[str, Any]:
    """The book that is served: its last hash, and how much it holds."""
    ledger = await desk.ledger_soon()
    return {
        "version": __version__,
        "book": ledger.version,
        "currency": ledger.currency,
        "documents": len(ledger.documents),
        "claims": sum(len(item.claims) for item in ledger.documents.values()),
        "pledges": len(ledger.pledges),
        "decisions": len(ledger.decisions),
    }


@router.get("/search", response_model=Found)
async def search(request: Request, desk: DeskDep, params: Search) -> Response:
    """Pledges that have all the words in names, places or quotes, and documents that have them in their text."""
    ledger = await desk.ledger_soon(params.as_of, params.currency)
    page = await run_in_threadpool(ledger.page, Query(q=params.q, limit=params.limit, sort="-sources"))
    hits = await run_in_threadpool(_hits, ledger, desk.search(params.q), params.q, params.limit)
    said = dumps({**moment_json(ledger), "documents": hits}).removesuffix("}")
    rows = b", ".join(map(ledger.json, page.rows))
    return answer(request, ledger.version, b"".join((said.encode(), b', "pledges": [', rows, b"]}")))


def _hits(ledger: Ledger, names: Any, words: str, limit: int) -> list[dict[str, Any]]:  # noqa: ANN401 - the book's own collection
    wanted = skeleton(words).split()
    if names is None:  # the book has no index: look through the texts
        names = [
            item.document.id
            for item in ledger.documents.values()
            if all(word in skeleton(item.document.text) for word in wanted)
        ]
    found = []
    for name in list(names)[:limit]:
        item = ledger.documents.get(name)
        if item is not None:
            document = item.document
            found.append({
                "document": document.id, "source": document.source, "title": document.title,
                "language": document.language, "words": _sentence(document.text, wanted),
            })  # fmt: skip
    return found


def _sentence(text: str, wanted: list[str]) -> str:
    """The words around the first place where one of them stands."""
    plain = skeleton(text)
    at = min((place for word in wanted if (place := plain.find(word)) >= 0), default=0)
    return " ".join(text[max(0, at - _AROUND) : at + _AROUND].split())
