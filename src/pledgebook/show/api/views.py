"""Saved views, their feeds and their webhooks."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from pledgebook.domain import UsageError
from pledgebook.ledger import Change
from pledgebook.show.api.answers import FAULTS, NOT_FOUND, POSTED
from pledgebook.show.api.faults import Fault
from pledgebook.show.api.shapes import Done, NewView, ViewRows
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.news import change_key, changes_in
from pledgebook.show.desk.people import Role
from pledgebook.show.desk.request import DeskDep, PersonDep, Reviewer
from pledgebook.show.desk.views import SavedView
from pledgebook.show.entries import entry_who
from pledgebook.show.text import plain

router = APIRouter(tags=["views"], responses=FAULTS)
_ENTRIES = 100


class ViewPosted(BaseModel):
    """A view to save: a page of this server with its filters, and who is to be told of news in it."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    path: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^/[^/]")]
    hook: Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://")] | None = None


@router.get("/views", response_model=ViewRows)
async def list_views(person: PersonDep, desk: DeskDep) -> Response:
    """Your saved views."""
    views = [] if person.name is None else desk.saved.of(person.name)
    return JSONResponse({"rows": [view_json(view) for view in views]}, headers={"Cache-Control": "no-store"})


@router.post("/views", response_model=NewView, status_code=201, responses={**POSTED, **FAULTS})
async def post_view(request: Request, person: Reviewer, desk: DeskDep, posted: ViewPosted) -> Response:
    """Saves a view. `hook` is sent what is new, signed: the secret for it is told this once."""
    if posted.hook is not None:
        request.app.state.check_hook(posted.hook)
    view = await run_in_threadpool(desk.saved.add, posted.name, posted.path, person.name or "", hook=posted.hook)
    return JSONResponse({**view_json(view), "secret": view.secret or None}, status_code=201)


@router.delete("/views/{view}", response_model=Done, responses=NOT_FOUND)
async def delete_view(view: str, person: Reviewer, desk: DeskDep) -> dict[str, bool]:
    """Deletes one of your views; an admin any."""
    owner = None if person.may(Role.ADMIN) else person.name
    if not await run_in_threadpool(desk.saved.remove, view, owner=owner):
        raise _no_view(view)
    return {"done": True}


@router.get(
    "/views/{view}/feed.atom",
    response_class=Response,
    responses={200: {"content": {"application/atom+xml": {}}}, **NOT_FOUND},
)
async def feed(view: str, request: Request, desk: DeskDep) -> Response:
    """What is new in a view, as an Atom feed."""
    found = desk.saved.get(view)
    if found is None:
        raise _no_view(view)
    ledger = await desk.ledger_soon()
    try:
        changes = await run_in_threadpool(lambda: changes_in(ledger, found.query, limit=_ENTRIES))
    except UsageError as error:
        raise Fault(422, "not-understood", error.where, f"{error.seen}.", error.help) from error
    base = request.app.state.serving.origin or str(request.base_url).rstrip("/")
    text = await run_in_threadpool(_atom, found, ledger, changes, base)
    return Response(text.encode(), media_type="application/atom+xml")


def view_json(view: SavedView) -> dict[str, str | None]:
    """A view without its secret."""
    return {"id": view.id, "name": view.name, "path": view.path, "owner": view.owner, "hook": view.hook}


def _no_view(view: str) -> Fault:
    return Fault(404, "no-such-view", "view", f"{view!r}, which there is none.", "See /views.")


def _atom(view: SavedView, ledger: Ledger, changes: Sequence[Change], base: str) -> str:
    newest = changes[0].day.isoformat() if changes else "1970-01-01"
    here = f"{base}/api/v1/views/{view.id}/feed.atom"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>urn:pledgebook:view:{view.id}</id>",
        f"<title>{escape(plain(view.name))} · Pledgebook</title>",
        f"<updated>{newest}T00:00:00Z</updated>",
        "<author><name>Pledgebook</name></author>",
        f'<link rel="self" href={quoteattr(here)}/>',
        f"<link href={quoteattr(base + quote(view.path, safe='/?&=%+-._~'))}/>",
    ]
    known = ledger.some(sorted({change.pledge for change in changes}))
    for change in changes:
        entry = known.get(change.pledge)
        who = change.pledge if entry is None else entry_who(entry)
        note = f": {change.note}" if change.note else ""
        lines += [
            "<entry>",
            f"<id>urn:pledgebook:change:{change_key(change)}</id>",
            f"<title>{escape(plain(f'{change.kind.value}: {who}'))}</title>",
            f"<updated>{change.day.isoformat()}T00:00:00Z</updated>",
            f"<link href={quoteattr(f'{base}/pledges/{quote(change.pledge)}')}/>",
            f"<summary>{escape(plain(f'{change.kind.value} {change.day}{note}'))}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>"]) + "\n"
