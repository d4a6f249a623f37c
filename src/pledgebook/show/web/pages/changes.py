"""What became known when, also as a feed."""

from datetime import date
from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.ledger import Change
from pledgebook.show.desk.query import read_day
from pledgebook.show.text import plain
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import PAGE, Asked, ask
from pledgebook.show.web.terms import CHANGES

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
        return Response(atom(asked, _found(asked)[:_FEED]), media_type="application/atom+xml; charset=utf-8")
    return missing(request) if form == "html" else _answer(request, form)


def _found(asked: Asked) -> list[Change]:
    since = read_day(asked.request.query_params.get("since") or None, "since")
    wanted = {entry.pledge.id for entry in asked.ledger.choose(asked.query)} if asked.query.params(since=None) else None
    found = [it for it in asked.ledger.changes(since) if wanted is None or it.pledge in wanted]
    return sorted(found, key=lambda it: (-it.day.toordinal(), it.pledge, it.kind))


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    found = _found(asked)
    made = Page("changes", "changes.html", _context(asked, found), rows=lambda: Rows(_records(asked, found), _PATHS))
    return answer(request, made, form, asked.ledger.version)


def _context(asked: Asked, found: list[Change]) -> dict[str, Any]:
    pages = max(1, -(-len(found) // PAGE))
    page = min(asked.page, pages)
    by_day: dict[date, list[Change]] = {}
    for change in found[(page - 1) * PAGE : page * PAGE]:
        by_day.setdefault(change.day, []).append(change)
    return {
        "section": "changes", "by_day": by_day, "page": page, "pages": pages, "total": len(found),
        "pledges": asked.ledger.pledges, "since": asked.request.query_params.get("since", ""),
    }  # fmt: skip


def _records(asked: Asked, found: list[Change]) -> list[dict[str, Any]]:
    return [
        {
            "day": change.day.isoformat(),
            "kind": change.kind.value,
            "pledge": change.pledge,
            "note": change.note,
            "title": _title(asked, change),
        }
        for change in found
    ]


def _title(asked: Asked, change: Change) -> str:
    pledge = asked.ledger.pledges.get(change.pledge)
    return change.pledge if pledge is None else asked.words.title(pledge)


def atom(asked: Asked, found: list[Change]) -> str:
    """The changes as an Atom feed: an entry each, the latest first."""
    base = str(asked.request.base_url).rstrip("/")
    here = escape(str(asked.request.url))
    updated = max((change.day for change in found), default=asked.today)
    pieces = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<title>{escape(asked.words.say('Changes in the ledger'))}</title>\n<id>{here}</id>\n",
        f'<link rel="self" href="{here}"/>\n<link href="{escape(base)}/changes"/>\n',
        f"<updated>{updated.isoformat()}T00:00:00Z</updated>\n<author><name>Pledgebook</name></author>\n",
    ]
    for change in found:
        url = f"{base}/pledges/{change.pledge}"
        kind = asked.words.named(change.kind.value, CHANGES)
        title = escape(plain(f"{kind}: {_title(asked, change)}"))
        pieces.append(
            f"<entry><title>{title}</title><id>{escape(url)}#{change.day.isoformat()}-{change.kind.value}</id>"
            f'<link href="{escape(url)}"/><updated>{change.day.isoformat()}T00:00:00Z</updated>'
            f'<summary type="text">{escape(plain(change.note or kind))}</summary></entry>\n'
        )
    return "".join(pieces) + "</feed>\n"
