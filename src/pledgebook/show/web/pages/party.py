"""What belongs to one investor, one country, one place; and the lists of all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Entry
from pledgebook.show.countries import country_name
from pledgebook.show.web.answers import FORMATS, Page, Rows, answer, figures_out, missing, split_form
from pledgebook.show.web.asked import Asked, all_lines, ask, entry_rows, kept, shown, totals_of
from pledgebook.show.web.drawn import draw, ranking
from pledgebook.show.web.pictures import inline
from pledgebook.show.web.render import desk_of, safe_html
from pledgebook.show.web.words import Words
from pledgebook.wire_book import pledge_json, tally_json

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of thing that lines belong to: `keys` are those of a line, `filter` the parameter of the ledger."""

    name: str
    filter: str
    by: str
    keys: Callable[[Entry], tuple[str, ...]]
    said: Callable[[Words, str], str]


def _same(_words: Words, key: str) -> str:
    return key


SORTS: Mapping[str, Sort] = {
    "investors": Sort("investors", "investor", "country", lambda e: tuple(p.name for p in e.pledge.investors), _same),
    "countries": Sort(
        "countries", "country", "investor", lambda e: e.pledge.destinations, lambda w, key: w.country(key)
    ),
    "places": Sort("places", "place", "investor", lambda e: e.pledge.places, _same),
}


def lines_by(asked: Asked, sort: Sort) -> Mapping[str, tuple[Entry, ...]]:
    """The lines of each investor, country or place."""

    def work() -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in all_lines(asked.ledger):
            for key in dict.fromkeys(sort.keys(entry)):
                found.setdefault(key, []).append(entry)
        return {key: tuple(lines) for key, lines in found.items()}

    return kept(asked.ledger, ("lines", sort.name), work)


@router.get("/investors")
@router.get("/countries")
@router.get("/places")
@router.get("/investors.{form}")
@router.get("/countries.{form}")
@router.get("/places.{form}")
def index(request: Request) -> Response:
    """All investors, countries or places, those with most money first."""
    path, _, form = request.url.path.strip("/").partition(".")
    return _index(request, SORTS[path], form or "html")


@router.get("/investors/{name:path}")
@router.get("/countries/{name:path}")
@router.get("/places/{name:path}")
def page(request: Request, name: str) -> Response:
    """One investor, country or place."""
    sort = SORTS[request.url.path.split("/")[1]]
    asked = ask(request)
    lines = lines_by(asked, sort)
    name, form = split_form(name, lines.__contains__, [*FORMATS, *desk_of(request).exports])
    found = lines.get(name)
    if found is None:
        return missing(request)
    made = Page(
        f"{sort.filter}-{name}",
        "party.html",
        _context(asked, sort, name, found) if form == "html" else {},
        data=lambda: {
            "name": name,
            "total": tally_json(totals_of(asked, entries=found, key=(sort.name, name))[-1]),
            "pledges": [pledge_json(entry) for entry in found],
        },
        rows=lambda: entry_rows(asked, found),
    )
    return answer(request, made, form, asked.ledger.version)


def _context(asked: Asked, sort: Sort, name: str, lines: tuple[Entry, ...]) -> dict[str, Any]:
    key = f"{sort.name}/{name}"
    rows = totals_of(asked, entries=lines, key=key)
    bars = ranking(asked, sort.by, lines, key)
    timeline = draw("timeline", asked, lines, key)
    others = {
        other: sorted({k for entry in lines for k in SORTS[other].keys(entry)}) for other in SORTS if other != sort.name
    }
    return {
        "section": sort.name,
        "sort": sort,
        "name": name,
        "title": sort.said(asked.words, name),
        "whole": rows[-1],
        "list": shown(asked, lines),
        "bars": safe_html(inline(bars)) if bars.records else None,
        "bars_title": bars.title,
        "timeline": safe_html(inline(timeline)) if timeline is not None and timeline.records else None,
        "timeline_note": timeline.note if timeline is not None else "",
        "others": others,
        "currency": asked.ledger.currency,
        "worth": asked.ledger.worth,
    }


def _index(request: Request, sort: Sort, form: str) -> Response:
    asked = ask(request)
    rows = kept(asked.ledger, ("index", sort.name), lambda: _rows(asked, sort))
    records = [
        {"key": key, "name": country_name(key) if sort.name == "countries" else key, "pledges": len(lines),
         "counted": sum(entry.counted for entry in lines), "central": central, "currency": asked.ledger.currency}
        for key, lines, central in rows
    ]  # fmt: skip
    made = Page(
        sort.name,
        "parties.html",
        {"section": sort.name, "sort": sort, "rows": rows, "currency": asked.ledger.currency},
        rows=lambda: Rows(figures_out(records), ("key", "name", "pledges", "counted", "central", "currency")),
    )
    return answer(request, made, form, asked.ledger.version)


def _rows(asked: Asked, sort: Sort) -> list[tuple[str, tuple[Entry, ...], Decimal]]:
    """Each with its lines and what they add; what is told for several together is not added to any."""
    by = {"investors": "investor", "countries": "country", "places": "place"}[sort.name]
    sums = {row.key: row.central for row in asked.ledger.totals(by=by)}
    found = [(key, lines, sums.get(key, Decimal(0))) for key, lines in lines_by(asked, sort).items()]
    return sorted(found, key=lambda row: (-row[2], -len(row[1]), row[0]))
