"""Totals by whatever can be grouped by, and how they were counted."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Entry, Tally, UsageError
from pledgebook.ledger.grouping import GROUPINGS
from pledgebook.ledger.status import Reason
from pledgebook.show.desk.sums import Largest
from pledgebook.show.entries import TALLY_PATHS
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import Asked, ask, largest_of, totals_of
from pledgebook.show.web.drawn import draw
from pledgebook.show.web.facets import facets
from pledgebook.show.web.pictures import inline
from pledgebook.show.web.render import safe_html
from pledgebook.show.web.terms import PURPOSES, ROLES, STAGES
from pledgebook.show.web.words import Words
from pledgebook.wire_book import tally_json

router = APIRouter()
_MOST_ROWS = 500
_FEW = 50
_IN_TIME = ("year", "quarter", "month")
_REASON_OF_LINES = {Reason.NO_SUM.value: Reason.COUNTS_FOR_THINGS.value}


@router.get("/totals")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/totals.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    by = request.query_params.get("by") or "country"
    if by not in GROUPINGS:
        raise UsageError("by", repr(by), f"Use one of {', '.join(GROUPINGS)}.")
    made = Page(
        f"totals-by-{by}",
        "totals.html",
        _context(asked, by) if form == "html" else {},
        rows=lambda: Rows([tally_json(row, explain=True) for row in _explained(asked, by)], TALLY_PATHS),
    )
    return answer(request, made, form, asked.ledger.edition)


def _context(asked: Asked, by: str) -> dict[str, Any]:
    found = _shown(asked, by)
    whole = found.whole
    out = [(reason, count, _left_out(asked, reason)) for reason, count in whole.left_out]
    delivered = draw("delivered", asked)
    flow, timeline = draw("flow", asked), draw("timeline", asked)
    unnamed = replace(asked.lines, counted=True, traits=(*asked.lines.traits, ("reason", (Reason.UNNAMED.value,))))
    reasons = {Reason.UNNAMED.value: count} if (count := asked.ledger.count(unnamed)) else {}
    return {
        "section": "totals",
        "by": by,
        "groupings": list(GROUPINGS),
        "rows": found.rows,
        "cut": found.count - len(found.rows),
        "whole": whole,
        "out": out,
        "reasons": reasons,
        "name_of": lambda key: name_of(asked.words, by, key),
        "query": asked.query,
        "facets": facets(asked.ledger),
        "timeline": timeline and safe_html(inline(timeline)),
        "timeline_note": timeline and timeline.note,
        "flow": flow and safe_html(inline(flow)),
        "flow_note": flow and flow.note,
        "delivered": delivered and safe_html(inline(delivered)),
        "delivered_note": delivered and delivered.note,
        "currency": asked.ledger.currency,
    }


def _shown(asked: Asked, by: str) -> Largest:
    """The rows of the page: the largest first, or in the order of time."""
    if by not in _IN_TIME:
        return largest_of(asked, by, _MOST_ROWS)
    *rows, whole = totals_of(asked, by)
    return Largest(tuple(rows[:_MOST_ROWS]), len(rows), whole)


def _explained(asked: Asked, by: str) -> tuple[Tally, ...]:
    """The same rows, each with what is in it and what is not."""
    chosen = asked.query.filters
    return asked.ledger.totals(
        asked.sums, by=by, since=chosen.since, until=chosen.until, explain=True, has_outstanding=True
    )


def _left_out(asked: Asked, reason: str) -> tuple[Entry, ...]:
    """The largest lines that were left out for a reason; none where it is no reason of a line but of the sum."""
    own = _REASON_OF_LINES.get(reason, reason)
    lines = replace(asked.lines, traits=(*asked.lines.traits, ("reason", (own,))), sort="amount", descending=True)
    return asked.ledger.find(replace(lines, limit=_FEW))


def name_of(w: Words, by: str, key: str) -> str:
    """The key of a row as people read it."""
    if by == "country":
        return w.country(key)
    tables = {"purpose": PURPOSES, "stage": STAGES, "role": ROLES}
    if by in tables:
        return w.named(key, tables[by])
    return w.say("nobody named") if key == "unnamed" else w.say("unknown") if key == "unknown" else key
