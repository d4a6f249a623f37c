"""What belongs to one investor, one country, one place; and the lists of all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.show.countries import country_name
from pledgebook.show.web.answers import FORMATS, Page, Rows, answer, figures_out, missing, split_form
from pledgebook.show.web.asked import Asked, ask, entry_rows, kept, largest_of, shown, totals_of, window
from pledgebook.show.web.drawn import draw, ranking
from pledgebook.show.web.pictures import inline
from pledgebook.show.web.render import desk_of, safe_html
from pledgebook.show.web.words import Words
from pledgebook.store import LineQuery
from pledgebook.wire_book import pledge_json, tally_json

router = APIRouter()
_AT_ONCE = 200
# Pages up to here are looked up without making all rows.
_FIRST_ROWS = 1000
_MOST_OTHERS = 24
_PATHS = ("key", "name", "pledges", "counted", "central", "currency")


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of thing that lines belong to: `filter` is its trait and the parameter of the ledger."""

    name: str
    filter: str
    by: str
    said: Callable[[Words, str], str]

    def lines(self, name: str) -> LineQuery:
        """The lines of one of them, the latest first."""
        return LineQuery(traits=((self.filter, (name,)),), sort="announced", descending=True)


def _same(_words: Words, key: str) -> str:
    return key


SORTS: Mapping[str, Sort] = {
    "investors": Sort("investors", "investor", "country", _same),
    "countries": Sort("countries", "country", "investor", lambda w, key: w.country(key)),
    "places": Sort("places", "place", "investor", _same),
}


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
    name, form = split_form(
        name, lambda it: asked.ledger.is_named(sort.filter, it), [*FORMATS, *desk_of(request).exports]
    )
    if not asked.ledger.is_named(sort.filter, name):
        return missing(request)
    found = sort.lines(name)
    made = Page(
        f"{sort.filter}-{name}",
        "party.html",
        _context(asked, sort, name, found) if form == "html" else {},
        data=lambda: {
            "name": name,
            "total": tally_json(totals_of(asked, lines=found)[-1]),
            "pledges": [pledge_json(entry) for entry in asked.ledger.each(found)],
        },
        rows=lambda: entry_rows(asked, found),
    )
    return answer(request, made, form, asked.ledger.edition)


def _context(asked: Asked, sort: Sort, name: str, lines: LineQuery) -> dict[str, Any]:
    bars = kept(
        asked.ledger, ("ranking", sort.by, lines, tuple(asked.query.params()), asked.words.catalogue.language),
        lambda: ranking(asked, sort.by, lines),
    )  # fmt: skip
    timeline = draw("timeline", asked, lines)
    return {
        "section": sort.name,
        "sort": sort,
        "name": name,
        "title": sort.said(asked.words, name),
        "whole": largest_of(asked, sort.by, 0, lines=lines).whole,
        "list": shown(asked, lines),
        "bars": safe_html(inline(bars)) if bars.records else None,
        "bars_title": bars.title,
        "bars_note": bars.note,
        "timeline": safe_html(inline(timeline)) if timeline is not None and timeline.records else None,
        "timeline_note": timeline.note if timeline is not None else "",
        "others": _others(asked, sort, lines),
        "most_others": _MOST_OTHERS,
        "currency": asked.ledger.currency,
        "worth": asked.ledger.worth,
    }


def _others(asked: Asked, sort: Sort, lines: LineQuery) -> dict[str, Sequence[str]]:
    """What else the lines belong to: a few by their names, and one more where there are more."""
    found = {
        other: asked.ledger.values(lines, it.filter, limit=_MOST_OTHERS + 1)
        for other, it in SORTS.items()
        if other != sort.name
    }
    if "countries" in found:
        # Regions, which have figures for a code, come last.
        found["countries"] = sorted(found["countries"], key=lambda it: (it.isdigit(), asked.words.country(it)))
    return found


def _index(request: Request, sort: Sort, form: str) -> Response:
    asked = ask(request)
    total = asked.ledger.different(sort.filter)
    pages = max(1, -(-total // _AT_ONCE))
    number = min(asked.page, pages)
    context: dict[str, Any] = {}
    if form == "html":
        context = {
            "section": sort.name, "sort": sort, "rows": _page(asked, sort, (number - 1) * _AT_ONCE, _AT_ONCE),
            "total": total, "page": number, "pages": pages, "currency": asked.ledger.currency,
        }  # fmt: skip
    made = Page(
        sort.name,
        "parties.html",
        context,
        rows=lambda: Rows(
            figures_out([_record(asked, sort, row) for row in _page(asked, sort, *window(asked, _AT_ONCE))]), _PATHS
        ),
    )
    return answer(request, made, form, asked.ledger.edition)


def _page(asked: Asked, sort: Sort, offset: int, limit: int | None) -> "Sequence[Row]":
    """The rows of a page, or from `offset` on. The first pages are looked up without making all of them."""
    if limit is not None and offset + limit <= _FIRST_ROWS:
        # One row is that of what has none of them.
        first = asked.ledger.largest(by=sort.filter, limit=offset + limit + 1).rows
        some = [row for row in first if row.central > 0]
        lines = asked.ledger.lines_of(sort.filter, [str(row.key) for row in some])
        found = [
            Row(row.key, lines[row.key], row.pledges, row.central)
            for row in some
            if row.key is not None and row.key in lines
        ]
        if len(found) >= offset + limit:
            return found[offset : offset + limit]
    rows = kept(asked.ledger, ("index", sort.name), lambda: _rows(asked, sort))
    return rows[offset : None if limit is None else offset + limit]


def _record(asked: Asked, sort: Sort, row: "Row") -> dict[str, Any]:
    return {
        "key": row.key,
        "name": country_name(row.key) if sort.name == "countries" else row.key,
        "pledges": row.lines,
        "counted": row.counted,
        "central": row.central,
        "currency": asked.ledger.currency,
    }


@dataclass(frozen=True, slots=True)
class Row:
    """An investor, country or place: how many lines are its own, how many of them a sum counts, and what it adds."""

    key: str
    lines: int
    counted: int
    central: Decimal


def _rows(asked: Asked, sort: Sort) -> Sequence[Row]:
    """All of them, those with most money first. What is told for several together is not added to any."""
    sums = {key: (central, counted) for key, central, counted in asked.ledger.sums(by=sort.filter)}
    nothing = Decimal(0), 0
    found = [
        Row(key, lines, counted, central)
        for key, lines in asked.ledger.names(sort.filter).items()
        for central, counted in (sums.get(key, nothing),)
    ]
    # Of those with no sum the ones that are told of most go first.
    return sorted(found, key=lambda row: (-row.central, 0 if row.central else -row.lines, row.key))
