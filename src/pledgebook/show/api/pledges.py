"""Pledges, conflicts, and what waits for a reviewer."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgebook.domain import Entry
from pledgebook.flow import rulings
from pledgebook.show.api.answers import FAULTS, NOT_FOUND, answer, download, moment_json, say, with_rows
from pledgebook.show.api.faults import Fault
from pledgebook.show.api.params import All, Conflicts, Moment, Page, Rows
from pledgebook.show.api.shapes import ConflictPage, PledgeInFull, PledgePage
from pledgebook.show.api.shapes import Queue as QueueShape
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.queue import Queue
from pledgebook.show.desk.records import Records
from pledgebook.show.desk.request import DeskDep
from pledgebook.show.entries import ENTRY_PATHS
from pledgebook.show.pledge import pledge_record
from pledgebook.show.sheet import csv_lines
from pledgebook.store import LineQuery, NotInMemoryError
from pledgebook.wire import dumps
from pledgebook.wire_book import pledge_json

router = APIRouter(tags=["pledges"], responses=FAULTS)
_CONFLICTING = LineQuery(conflicting=True, whole=True, sort="amount", descending=True)
_FILES = {"jsonl": "application/jsonl", "csv": "text/csv"}


@router.get("/pledges", response_model=PledgePage, responses=NOT_FOUND)
async def list_pledges(request: Request, desk: DeskDep, params: Page) -> Response:
    """The pledges that the filters let pass, those that don't count too, a page at a time."""
    query = params.question
    ledger = await desk.ledger_soon(query.as_of, query.currency, query.snapshot)
    try:
        with suppress(NotInMemoryError):  # what is in memory needs no thread
            return _page(request, ledger, ledger.records_now(query))
        page = await run_in_threadpool(ledger.records, query)
    except LookupError as error:
        raise Fault(404, "no-such-page", "cursor", f"{error}.", "Leave it out to begin anew.") from error
    return _page(request, ledger, page)


def _page(request: Request, ledger: Ledger, page: Records) -> Response:
    said = {**moment_json(ledger), "total": page.total, "next": page.next}
    return answer(request, ledger, with_rows(said, page.rows))


@router.get("/pledges.{ending}", response_class=Response, responses={200: {"content": {"*/*": {}}}, **NOT_FOUND})
async def download_pledges(ending: str, request: Request, desk: DeskDep, params: All) -> Response:
    """All pledges that the filters let pass, as a file: jsonl, csv, and what the exports add (xlsx, parquet, ...)."""
    query = params.asked(sort=params.sort)
    ledger = await desk.ledger_soon(query.as_of, query.currency, query.snapshot)
    lines = await run_in_threadpool(ledger.asked, query)
    rows = await run_in_threadpool(ledger.count, lines)
    name = f"pledges.{ending}"
    if ending == "jsonl":
        pieces = (f"{dumps(pledge_json(entry))}\n".encode() for entry in ledger.each(lines))
    elif ending == "csv":
        pieces = (line.encode() for line in csv_lines(map(pledge_json, ledger.each(lines)), ENTRY_PATHS))
    elif ending in desk.downloads:
        made = desk.downloads[ending]
        file = await asyncio.to_thread(lambda: made.pieces(ledger, tuple(ledger.each(lines, has_claims=True))))
        return download(request, ledger, file, media_type=made.media_type, name=f"pledges{made.suffix}", rows=rows)
    else:
        known = ", ".join((*_FILES, *desk.downloads))
        raise Fault(404, "no-such-format", "ending", f"{ending!r}, which we don't write.", f"Use one of {known}.")
    return download(request, ledger, pieces, media_type=_FILES[ending], name=name, rows=rows)


@router.get("/pledges/{pledge}", response_model=PledgeInFull, responses=NOT_FOUND)
async def show_pledge(pledge: str, request: Request, desk: DeskDep, params: Moment) -> Response:
    """One pledge: every telling with its evidence, what was decided, and the pledges that name it."""
    ledger = await desk.ledger_soon(params.as_of, params.currency, params.snapshot)
    return say(request, ledger, await run_in_threadpool(lambda: in_full(ledger, find_entry(ledger, pledge))))


@router.get("/conflicts", response_model=ConflictPage)
async def list_conflicts(request: Request, desk: DeskDep, params: Conflicts) -> Response:
    """What tellings disagree about, what was kept, what was not, and by which rule; the largest sums first.

    `limit`, `offset` and `total` count pledges, each of which has one conflict or more.
    """
    ledger = await desk.ledger_soon(params.as_of, params.currency, params.snapshot)
    lines = replace(_CONFLICTING, offset=params.offset, limit=params.limit)
    rows = [
        dumps({"pledge": entry.id, **conflict}).encode()
        for entry in await run_in_threadpool(ledger.find, lines)
        for conflict in pledge_json(entry)["conflicts"]
    ]
    total = await run_in_threadpool(ledger.count, lines)
    return answer(request, ledger, with_rows({**moment_json(ledger), "total": total}, rows))


@router.get("/review", response_model=QueueShape)
async def list_queue(request: Request, desk: DeskDep, params: Rows) -> Response:
    """What waits for a reviewer: conflicts, uncertain matches, claims that the reader was not sure of."""
    ledger = await desk.ledger_soon(params.as_of, snapshot=params.snapshot)
    queue = Queue(ledger)
    counts = await run_in_threadpool(queue.counts)
    items = await run_in_threadpool(lambda: queue.all(offset=params.offset, limit=params.limit))
    rows = [
        dumps({
            "kind": item.kind.value,
            "pledges": [entry.id for entry in item.entries],
            "claims": [{"document": document, "claim": claim} for document, claim in item.claims],
            "field": item.field,
            "why": item.why,
            "score": item.score,
        }).encode()
        for item in items
    ]  # fmt: skip
    said = {"book": ledger.version, "total": sum(counts.values())}
    return answer(request, ledger, with_rows(said, rows))


def find_entry(ledger: Ledger, name: str) -> Entry:
    """The line with that id, or with the only one that begins so. Raises Fault where there is none."""
    entry = ledger.entry(name)
    if entry is None:
        raise Fault(404, "no-such-pledge", "pledge", f"{name!r}, which the book does not have.", "See /pledges.")
    return entry


def in_full(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    """The pledge as `pledgebook show` has it."""
    others = {other.id: other for _, other in ledger.named_by(entry.pledge.id)}
    record: dict[str, Any] = pledge_record(
        entry, tuple(others.values()), rulings=rulings(entry.pledge, ledger.decisions)
    )
    return record
