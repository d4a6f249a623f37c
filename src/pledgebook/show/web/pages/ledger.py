"""The first page: the total, the map, the ranking, and every line."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.show.web.answers import Page, answer, missing
from pledgebook.show.web.asked import Asked, ask, entry_rows, kept, shown, totals_of, unfiltered
from pledgebook.show.web.drawn import draw, ranking
from pledgebook.show.web.facets import facets
from pledgebook.show.web.pictures import inline
from pledgebook.show.web.render import safe_html, visitor_of
from pledgebook.wire_book import tally_json

router = APIRouter()


@router.get("/")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/ledger")
def same(request: Request) -> Response:
    """The same under its name."""
    return _answer(request, "html")


@router.get("/ledger.{form}")
def twin(request: Request, form: str) -> Response:
    """Its rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    made = Page(
        "pledges",
        "ledger.html",
        _context(asked) if form == "html" else {},
        data=lambda: {
            "as_of": None if asked.query.as_of is None else asked.query.as_of.isoformat(),
            "total": tally_json(totals_of(asked, "country")[-1]),
            "pledges": entry_rows(asked).records,
        },
        rows=lambda: entry_rows(asked),
    )
    return answer(request, made, form, asked.ledger.edition)


def _context(asked: Asked) -> dict[str, Any]:
    rank = "investor" if asked.request.query_params.get("rank") == "investor" else "country"
    key = ("drawn", rank, asked.query.filters, asked.query.q, asked.words.catalogue.language, asked.query.params())
    pictures = kept(asked.ledger, str(key), lambda: _pictures(asked, rank))
    return {
        "section": "ledger",
        "whole": totals_of(asked, "country")[-1],
        "list": shown(asked),
        "query": asked.query,
        "facets": facets(asked.ledger),
        "is_all": unfiltered(asked.query),
        "rank": rank,
        "worth": asked.ledger.worth,
        "currency": asked.ledger.currency,
        "day": asked.today,
        "views": views_of(asked),
    } | pictures


def views_of(asked: Asked) -> Sequence[Any]:
    """The views that the visitor has saved, none for a guest."""
    name = visitor_of(asked.request).name
    find = getattr(asked.desk, "views", None)
    return () if name is None or find is None else find(name)


def _pictures(asked: Asked, rank: str) -> dict[str, Any]:
    world, bars = draw("map", asked), ranking(asked, rank)
    return {
        "world": world and safe_html(inline(world)), "world_note": world and world.note,
        "bars": safe_html(inline(bars)), "bars_note": bars.note,
    }  # fmt: skip
