"""Style, script, fonts: all that the pages need, from the package itself."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from pledgebook.show.web.answers import missing

router = APIRouter()
_TYPES = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2",
    ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
}  # fmt: skip


@cache
def names() -> frozenset[str]:
    """The files there are: nothing else can be asked for."""
    folder = files("pledgebook.show.web") / "static"
    own = {item.name for item in folder.iterdir() if item.is_file()}
    return frozenset(own | {f"fonts/{item.name}" for item in (folder / "fonts").iterdir() if item.is_file()})


@cache
def _content(name: str) -> bytes:
    return (files("pledgebook.show.web") / "static" / name).read_bytes()


@router.get("/static/{name:path}")
def file(request: Request, name: str) -> Response:
    """A file, to be kept for ever where its address carries the mark of its content."""
    kind = _TYPES.get("." + name.rpartition(".")[2])
    if name not in names() or kind is None:
        return missing(request)
    age = "public, max-age=31536000, immutable" if "v" in request.query_params else "public, max-age=300"
    return Response(_content(name), media_type=kind, headers={"Cache-Control": age})


@router.get("/favicon.ico")
def icon(request: Request) -> Response:
    """The sign of the book."""
    return file(request, "icon.svg")
