"""The language and the colours that a browser wants, kept in cookies of its own."""

from fastapi import APIRouter, Request, Response

from pledgebook.show.web.answers import missing
from pledgebook.show.web.languages import LANGUAGES
from pledgebook.show.web.render import LANGUAGE_COOKIE, THEME_COOKIE, THEMES

router = APIRouter()
_YEAR = 365 * 24 * 3600


@router.get("/set/{name}")
def choose(request: Request, name: str) -> Response:
    """Keeps a choice and leads back to where it was made; never to another site."""
    value = request.query_params.get("to", "")
    if name == "language" and value in LANGUAGES:
        cookie = LANGUAGE_COOKIE
    elif name == "theme" and value in THEMES:
        cookie = THEME_COOKIE
    else:
        return missing(request)
    response = Response(status_code=303, headers={"Location": local(request.query_params.get("next"))})
    response.set_cookie(cookie, value, max_age=_YEAR, httponly=True, samesite="lax", path="/")
    return response


def local(path: str | None) -> str:
    r"""The path where it leads to this site, else the first page.

    >>> local("/totals?by=year"), local("//evil.example"), local("/\\evil.example"), local("https://evil.example")
    ('/totals?by=year', '/', '/', '/')
    """
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable():
        return "/"
    return path if path.isascii() else "/"
