"""The frozen, citable versions of the book."""

from fastapi import APIRouter, Request, Response

from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import ask
from pledgebook.show.web.cite import permalink, version_of

router = APIRouter()
_PATHS = ("name", "at", "head", "documents", "lines", "counted", "note")


@router.get("/snapshots")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/snapshots.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    found = sorted(asked.desk.snapshots(), key=lambda it: it.at, reverse=True)
    records = [
        {
            "name": it.name, "at": it.at.isoformat(), "head": it.head, "documents": it.documents, "lines": it.lines,
            "counted": it.counted, "note": it.note,
        }
        for it in found
    ]  # fmt: skip
    version = version_of(asked)
    context = {
        "section": "snapshots", "items": found, "head": asked.ledger.version, "version": version,
        "here_url": permalink(asked, "/"), "is_named": any(it.name == version for it in found),
    }  # fmt: skip
    made = Page(
        "snapshots", "snapshots.html", context if form == "html" else {},
        rows=lambda: Rows(records, _PATHS),
    )  # fmt: skip
    return answer(request, made, form, asked.ledger.edition)
