"""Where sources disagree."""

from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Entry
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import PAGE, Asked, ask, kept

router = APIRouter()
_PATHS = ("pledge", "name", "field", "kept", "deprecated", "reason", "investors", "destinations")


@router.get("/conflicts")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/conflicts.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def conflicting(asked: Asked) -> tuple[Entry, ...]:
    """The lines in conflict, those with most money first."""
    ledger = asked.ledger

    def work() -> tuple[Entry, ...]:
        found = [entry for entry in ledger.entries if entry.pledge.conflicts and not entry.is_rest]
        return tuple(sorted(found, key=lambda entry: (-(ledger.worth(entry) or 0), entry.id)))

    return kept(ledger, "conflicting", work)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    lines = conflicting(asked)
    made = Page("conflicts", "conflicts.html", _context(asked, lines), rows=lambda: Rows(_records(lines), _PATHS))
    return answer(request, made, form, asked.ledger.version)


def _context(asked: Asked, lines: tuple[Entry, ...]) -> dict[str, Any]:
    pages = max(1, -(-len(lines) // PAGE))
    page = min(asked.page, pages)
    return {
        "section": "conflicts", "lines": lines[(page - 1) * PAGE : page * PAGE], "page": page, "pages": pages,
        "total": sum(len(entry.pledge.conflicts) for entry in lines),
    }  # fmt: skip


def _records(lines: tuple[Entry, ...]) -> list[dict[str, Any]]:
    return [
        {
            "pledge": entry.id,
            "name": conflict.name,
            "field": conflict.field,
            "kept": conflict.kept,
            "deprecated": list(conflict.deprecated),
            "reason": conflict.reason,
            "investors": [party.name for party in entry.pledge.investors],
            "destinations": list(entry.pledge.destinations),
        }
        for entry in lines
        for conflict in entry.pledge.conflicts
    ]
