"""A picture or the table for other people's pages: framed, without anything around it."""

from fastapi import APIRouter, Request, Response

from pledgebook.show.web.answers import missing
from pledgebook.show.web.asked import ask, shown
from pledgebook.show.web.drawn import draw
from pledgebook.show.web.pictures import inline
from pledgebook.show.web.render import render, safe_html

router = APIRouter()
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)


@router.get("/embed/{name}")
def page(request: Request, name: str) -> Response:
    """What stands in the frame: it may be framed by anybody, and runs nothing."""
    asked = ask(request)
    picture = None if name == "table" else draw(name, asked)
    if picture is None and name != "table":
        return missing(request)
    response = render(
        request,
        "embed.html",
        picture=picture,
        drawing=None if picture is None else safe_html(inline(picture).replace("<a href=", '<a target="_blank" href=')),
        list=shown(asked),
        worth=asked.ledger.worth,
        currency=asked.ledger.currency,
        day=asked.today,
    )
    response.headers["Content-Security-Policy"] = _POLICY
    return response
