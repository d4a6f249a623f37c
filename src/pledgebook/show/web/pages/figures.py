"""Each picture on a page of its own, with its table; and as a file."""

from fastapi import APIRouter, Request, Response

from pledgebook.domain import UsageError
from pledgebook.show.web.answers import Page, Rows, answer, figures_out, missing
from pledgebook.show.web.asked import Asked, ask
from pledgebook.show.web.cite import version_of
from pledgebook.show.web.drawn import PICTURES, draw
from pledgebook.show.web.pictures import Picture, inline, standalone
from pledgebook.show.web.render import safe_html

router = APIRouter()
_PNG_SCALE = 2.0
_MOST_ROWS = 200


@router.get("/figures/{name}.{form}")
def as_file(request: Request, name: str, form: str) -> Response:
    """The picture as SVG or PNG, or its rows."""
    asked = ask(request)
    picture = draw(name, asked)
    if picture is None:
        return missing(request)
    if form == "svg":
        return Response(svg_of(asked, picture), media_type="image/svg+xml", headers=_named(name, form))
    if form == "png":
        return Response(png_of(svg_of(asked, picture)), media_type="image/png", headers=_named(name, form))
    return answer(request, Page(name, "figure.html", rows=lambda: _rows(picture)), form, asked.ledger.edition)


@router.get("/figures/{name}")
def page(request: Request, name: str) -> Response:
    """The picture with its table."""
    asked = ask(request)
    picture = draw(name, asked)
    if picture is None:
        return missing(request)
    context = {
        "section": "totals", "picture": picture, "drawing": safe_html(inline(picture)), "names": list(PICTURES),
        "rows": picture.records[:_MOST_ROWS], "total": len(picture.records), "name": name,
        "currency": asked.ledger.currency,
    }  # fmt: skip
    return answer(
        request, Page(name, "figure.html", context, rows=lambda: _rows(picture)), "html", asked.ledger.edition
    )


def _rows(picture: Picture) -> Rows:
    return Rows(figures_out(picture.records), picture.paths)


def svg_of(asked: Asked, picture: Picture) -> str:
    """The picture as a file, with where it comes from."""
    source = asked.words.say("Source: Pledgebook, version {version} of the book, {day}.").format(
        version=version_of(asked), day=asked.words.day(asked.today)
    )
    return standalone(picture, source=source)


def png_of(svg: str) -> bytes:
    """The drawing in pixels. Raises UsageError where the library for it is missing."""
    try:
        import vl_convert  # noqa: PLC0415 - large, and wanted rarely
    except ImportError as error:
        raise UsageError("png", "vl-convert is not installed", "pip install 'pledgebook[web]'") from error
    drawn: bytes = vl_convert.svg_to_png(svg, scale=_PNG_SCALE)
    return drawn


def _named(name: str, form: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="pledgebook-{name}.{form}"', "Cache-Control": "private, no-cache"}
