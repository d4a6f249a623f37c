"""What became known when, also as a feed."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Pledge
from pledgebook.ledger import Change
from pledgebook.show.desk.news import change_key
from pledgebook.show.desk.query import read_day
from pledgebook.show.text import plain
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import PAGE, Asked, ask, unfiltered, window, without
from pledgebook.show.web.render import base_of
from pledgebook.show.web.terms import CHANGES
from pledgebook.show.web.words import Words
from pledgebook.store import LineQuery

router = APIRouter()
_FEED = 100
_PATHS = ("day", "kind", "pledge", "note", "title")


@router.get("/changes")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/changes.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs, and the feed."""
    if form == "atom":
        asked = ask(request)
        return Response(atom(asked, _found(asked, limit=_FEED)[0]), media_type="application/atom+xml; charset=utf-8")
    return missing(request) if form == "html" else _answer(request, form)


def _found(asked: Asked, *, offset: int = 0, limit: int | None = None) -> tuple[tuple[Change, ...], int]:
    since = read_day(asked.request.query_params.get("since") or None, "since")
    chosen = without(asked.query, since=None)
    lines = LineQuery() if unfiltered(chosen) else asked.ledger.asked(chosen)
    return asked.ledger.changes(lines, since=since, offset=offset, limit=limit)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    context = _context(asked) if form == "html" else {}
    made = Page("changes", "changes.html", context, rows=lambda: Rows(_rows(asked), _PATHS))
    return answer(request, made, form, asked.ledger.edition)


def _rows(asked: Asked) -> list[dict[str, Any]]:
    offset, limit = window(asked)
    return _records(asked, _found(asked, offset=offset, limit=limit)[0])


def _context(asked: Asked) -> dict[str, Any]:
    found, total = _found(asked, offset=(asked.page - 1) * PAGE, limit=PAGE)
    by_day: dict[date, list[Change]] = {}
    for change in found:
        by_day.setdefault(change.day, []).append(change)
    pages = max(1, -(-total // PAGE))
    return {
        "section": "changes", "by_day": by_day, "shown": len(found), "page": min(asked.page, pages), "pages": pages,
        "total": total, "pledges": _pledges(asked, found), "since": asked.request.query_params.get("since", ""),
    }  # fmt: skip


def _pledges(asked: Asked, found: Sequence[Change]) -> dict[str, Pledge]:
    names = sorted({change.pledge for change in found})
    return {name: entry.pledge for name, entry in asked.ledger.some(names).items()}


def _records(asked: Asked, found: Sequence[Change]) -> list[dict[str, Any]]:
    pledges = _pledges(asked, found)
    return [
        {
            "day": change.day.isoformat(),
            "kind": change.kind.value,
            "pledge": change.pledge,
            "note": change.note,
            "title": _title(asked.words, pledges.get(change.pledge), change),
        }
        for change in found
    ]


def _title(w: Words, pledge: Pledge | None, change: Change) -> str:
    return change.pledge if pledge is None else w.title(pledge)


def atom(asked: Asked, found: Sequence[Change]) -> str:
    """The changes as an Atom feed: an entry each, the latest first."""
    base = base_of(asked.request)
    here = escape(base + str(asked.request.url).removeprefix(str(asked.request.base_url).rstrip("/")))
    updated = max((change.day for change in found), default=asked.today)
    pieces = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<title>{escape(asked.words.say('Changes in the ledger'))}</title>\n<id>{here}</id>\n",
        f'<link rel="self" href="{here}"/>\n<link href="{escape(base)}/changes"/>\n',
        f"<updated>{updated.isoformat()}T00:00:00Z</updated>\n<author><name>Pledgebook</name></author>\n",
    ]
    pledges = _pledges(asked, found)
    for change in found:
        url = f"{base}/pledges/{change.pledge}"
        kind = asked.words.named(change.kind.value, CHANGES)
        title = escape(plain(f"{kind}: {_title(asked.words, pledges.get(change.pledge), change)}"))
        pieces.append(
            f"<entry><title>{title}</title><id>urn:pledgebook:change:{change_key(change)}</id>"
            f'<link href="{escape(url)}"/><updated>{change.day.isoformat()}T00:00:00Z</updated>'
            f'<summary type="text">{escape(plain(change.note or kind))}</summary></entry>\n'
        )
    return "".join(pieces) + "</feed>\n"
