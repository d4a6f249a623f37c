"""Totals, changes, and the registers of investors, countries, sources and snapshots."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgebook.domain import Tally
from pledgebook.show.api.answers import FAULTS, answer, moment_json, say, with_rows
from pledgebook.show.api.params import Changes, Moment, State, Totals
from pledgebook.show.api.shapes import ChangePage, Register, SnapshotRows, SourceRows, Tallies
from pledgebook.show.countries import country_name
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.request import DeskDep
from pledgebook.show.desk.shelf import DocumentFacts
from pledgebook.store import PaperQuery
from pledgebook.wire import dumps
from pledgebook.wire_book import tally_json

router = APIRouter(tags=["totals"], responses=FAULTS)


@router.get("/totals", response_model=Tallies)
async def list_totals(request: Request, desk: DeskDep, params: Totals) -> Response:
    """Sums: low, central, high, what was left out and why. The last row, whose key is null, is the whole."""
    ledger = await desk.ledger_soon(params.as_of, params.currency, params.snapshot)
    question = Query(replace(params.filters, since=None, until=None), params.q, sort="id")
    rows = await run_in_threadpool(
        lambda: ledger.totals(
            ledger.asked(question), by=params.by, since=params.since, until=params.until, new_only=params.new_only,
            deliverable=params.deliverable, explain=params.explain, has_outstanding=True,
        )
    )  # fmt: skip
    said = [tally_json(tally, explain=params.explain) for tally in rows]
    return say(request, ledger, {**moment_json(ledger), "by": params.by, "rows": said})


@router.get("/changes", response_model=ChangePage)
async def list_changes(request: Request, desk: DeskDep, params: Changes) -> Response:
    """What became known: new pledges, replaced, delayed, cancelled, in conflict. The latest first."""
    ledger = await desk.ledger_soon(params.as_of, params.currency, params.snapshot)
    found, total = await run_in_threadpool(
        lambda: ledger.changes(since=params.since, offset=params.offset, limit=params.limit)
    )
    rows = [
        dumps({
            "day": item.day.isoformat(), "pledge": item.pledge, "kind": item.kind.value, "note": item.note,
        }).encode()
        for item in found
    ]  # fmt: skip
    return answer(request, ledger, with_rows({**moment_json(ledger), "total": total}, rows))


@router.get("/investors", response_model=Register)
async def list_investors(request: Request, desk: DeskDep, params: Moment) -> Response:
    """Everybody who has pledged, with what it comes to. Joint pledges stand in full under each."""
    ledger = await desk.ledger_soon(params.as_of, params.currency, params.snapshot)
    rows = await run_in_threadpool(lambda: ledger.totals(by="investor"))
    return say(request, ledger, _register(ledger, rows, str))


@router.get("/countries", response_model=Register)
async def list_countries(request: Request, desk: DeskDep, params: Moment) -> Response:
    """Every country to which something is pledged. Several destinations without a split stand under none."""
    ledger = await desk.ledger_soon(params.as_of, params.currency, params.snapshot)
    rows = await run_in_threadpool(lambda: ledger.totals(by="country"))
    return say(request, ledger, _register(ledger, rows, country_name))


@router.get("/sources", response_model=SourceRows)
async def list_sources(request: Request, desk: DeskDep, params: State) -> Response:
    """Who publishes what the book rests on, by host."""
    ledger = await desk.ledger_soon(params.as_of, snapshot=params.snapshot)
    rows = await run_in_threadpool(lambda: ledger.remembered("hosts", lambda _: _sources(ledger)))
    return say(request, ledger, {"book": ledger.version, "rows": rows})


@router.get("/snapshots", response_model=SnapshotRows)
async def list_snapshots(desk: DeskDep) -> dict[str, Any]:
    """The frozen, citable versions of the book."""
    found = await run_in_threadpool(desk.snapshots)
    return {
        "rows": [
            {
                "name": it.name, "at": it.at.isoformat(), "book": it.head, "note": it.note, "documents": it.documents,
                "lines": it.lines, "counted": it.counted,
            }
            for it in found
        ]
    }  # fmt: skip


def _register(ledger: Ledger, rows: tuple[Tally, ...], name: Callable[[str], str]) -> dict[str, Any]:
    said = []
    for tally in rows:
        if tally.key is None:
            continue
        row = tally_json(tally)
        kept = {field: row[field] for field in ("key", "pledges", "low", "central", "high", "naive")}
        said.append(kept | {"name": name(tally.key)})
    return {**moment_json(ledger), "rows": said}


def _sources(ledger: Ledger) -> list[dict[str, Any]]:
    found: dict[str, list[DocumentFacts]] = defaultdict(list)
    for item in ledger.documents.facts(PaperQuery())[0]:
        for name in sorted({source_name(source) for source in item.sources}):
            found[name].append(item)
    return [
        {
            "source": name,
            "documents": len(items),
            "claims": sum(item.claims for item in items),
            "languages": sorted({item.language for item in items}),
            "latest": max((it.published.latest.isoformat() for it in items if it.published is not None), default=None),
        }
        for name, items in sorted(found.items())
    ]


def source_name(source: str) -> str:
    """Who publishes: the host of an address, else the source as it is called.

    >>> source_name("https://www.one.example/a/b"), source_name("news/a.txt")
    ('www.one.example', 'news/a.txt')
    """
    parts = urlsplit(source) if source.startswith(("http://", "https://")) else None
    return source if parts is None or not parts.hostname else parts.hostname
