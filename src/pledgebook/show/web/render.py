"""Templates to responses: the frame around every page, its language, its links."""

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, quote_plus

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pledgebook.domain import PledgebookError
from pledgebook.flow import Version
from pledgebook.show.desk import Desk, Person, Role
from pledgebook.show.text import plain
from pledgebook.show.web import terms as names
from pledgebook.show.web.languages import LANGUAGES, choose_language, load_catalogue
from pledgebook.show.web.words import Words

LANGUAGE_COOKIE, THEME_COOKIE = "pledgebook-language", "pledgebook-theme"
# What a page's links take along.
STAYS = ("as_of", "snapshot", "in")
THEMES = ("auto", "light", "dark")
_TABLES = (
    "STAGES", "PURPOSES", "KINDS", "ROLES", "FIELDS", "RELATIONS", "NAMED_BY", "REASONS", "FLAGS", "CHANGES",
    "DECISIONS", "GROUPS", "BASES", "COLUMNS",
)  # fmt: skip


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("pledgebook.show.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["plain"] = plain
    made.filters["segment"] = segment
    made.globals.update({table: getattr(names, table) for table in _TABLES}, LANGUAGES=LANGUAGES, asset=asset)
    return made


def load_templates() -> None:
    """Reads all templates."""
    made = _environment()
    for name in made.list_templates():
        made.get_template(name)


def segment(name: str) -> str:
    """A name as one step of a path.

    >>> segment("A/B & co")
    'A%2FB%20%26%20co'
    """
    return quote(name, safe="")


@cache
def asset(name: str) -> str:
    """The URL of a static file, with a mark of its content, so that browsers may keep it for ever."""
    content = (files("pledgebook.show.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:8]}"


def language_of(request: Request) -> str:
    """The language of the pages that this browser gets."""
    asked = request.query_params.get("hl") or request.cookies.get(LANGUAGE_COOKIE)
    return choose_language(asked, request.headers.get("accept-language"))


def words_of(request: Request) -> Words:
    """How this browser's pages say things."""
    return Words(load_catalogue(language_of(request)))


def theme_of(request: Request) -> str:
    """The colours that this browser gets: as its system has them unless somebody chose."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401 - each template takes its own
    """A page in its frame. Nothing of it may be kept by browsers: it may hold who asks."""
    html = render_text(request, template, **context)
    return HTMLResponse(html, status, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Language"})


def render_text(request: Request, template: str, **context: Any) -> str:  # noqa: ANN401 - likewise
    """The HTML of a page."""
    words, frozen = words_of(request), frozen_of(request)
    known = {
        "request": request,
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "params": dict(request.query_params),
        "w": words,
        "_": words.say,
        "n_": words.catalogue.ngettext,
        "language": words.catalogue.language,
        "theme": theme_of(request),
        "visitor": visitor_of(request),
        "may_review": visitor_of(request).may(Role.REVIEWER) and frozen is None,
        "as_of": request.query_params.get("as_of", ""),
        "base": base_of(request),
        "frozen": frozen,
        "stays": {name: value for name in STAYS if (value := request.query_params.get(name))},
        "is_behind": frozen is None and _is_behind(request),
        "link": _linker(request),
        "with_params": _changer(request),
        "section": "",
    }
    return _environment().get_template(template).render({**known, **context})


def error_page(request: Request, status: int, title: str, text: str) -> HTMLResponse:
    """A page that says what went wrong and where to go from there."""
    return render(request, "error.html", status=status, title=title, text=text, code=status)


def visitor_of(request: Request) -> Person:
    """Who asks; a reader without a name where the application does not say."""
    found = getattr(request.state, "person", None)
    return found if isinstance(found, Person) else Person(None, Role.VIEWER)


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


def base_of(request: Request) -> str:
    """The address of this server as people type it: that of the proxy before it, where there is one."""
    serving = getattr(request.app.state, "serving", None)
    origin = getattr(serving, "origin", None)
    return (origin or str(request.base_url)).rstrip("/")


def frozen_of(request: Request) -> Version | None:
    """The frozen version of the book that a page shows, None where it shows the newest or there is none."""
    name = request.query_params.get("snapshot", "").strip()
    try:
        return desk_of(request).version(name) if name else None
    except PledgebookError:  # what there is not is said by the page itself
        return None


def _is_behind(request: Request) -> bool:
    desk = getattr(request.app.state, "desk", None)
    return isinstance(desk, Desk) and desk.is_behind


def _linker(request: Request) -> Any:  # noqa: ANN401 - a function for templates
    """`link(path, **params)`: a URL that stays at the same day, in the same version of the book and currency."""
    kept = {name: value for name in STAYS if (value := request.query_params.get(name))}

    def link(path: str, **params: object) -> str:
        said = kept | {name.rstrip("_"): str(value) for name, value in params.items() if value not in (None, "")}
        if not said:
            return path
        where, mark, anchor = path.partition("#")
        return f"{where}{'&' if '?' in where else '?'}{_encoded(said)}{mark}{anchor}"

    return link


def _changer(request: Request) -> Any:  # noqa: ANN401 - a function for templates
    """`with_params(path, **changed)`: the URL's own parameters, some of them changed, None to drop one."""
    own, here = dict(request.query_params), request.url.path

    def with_params(path: str | None = None, **changed: object) -> str:
        said = own.copy()
        for name, value in changed.items():
            if value is None:
                said.pop(name.rstrip("_"), None)
            else:
                said[name.rstrip("_")] = str(value)
        said = {name: value for name, value in said.items() if value}
        where = here if path is None else path
        return f"{where}?{_encoded(said)}" if said else where

    return with_params


def _encoded(said: Mapping[str, str]) -> str:
    """The parameters as a URL has them."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in said.items())


@lru_cache(maxsize=10_000)
def _quoted(words: str) -> str:
    return quote_plus(words)


def safe_html(pieces: Mapping[str, str] | str) -> Markup:
    """HTML that our own code has made, escaped where it has to be."""
    return Markup(pieces)  # noqa: S704 - made by pictures and marks, which escape all words
