"""The pages, where they are part of this installation."""

from importlib import import_module
from types import ModuleType
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pledgebook.show.desk import Desk


def pages() -> ModuleType | None:
    """The package of the pages, None where it is not complete."""
    try:
        web = import_module("pledgebook.show.web")
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("pledgebook.show.web"):
            return None
        raise
    return web if hasattr(web, "router") else None


def find_router() -> APIRouter | None:
    """The routes of the pages."""
    web = pages()
    return None if web is None else web.router


def find_error_page(request: Request, status: int, title: str, text: str) -> Response | None:
    """The page for an error, None where there are no pages."""
    return _made("error_page", request, status, title, text)


def find_page(request: Request, template: str, **context: Any) -> Response | None:  # noqa: ANN401 - whatever the template shows
    """A page from one of their templates, None where there are no pages."""
    return _made("render", request, template, **context)


def prepare_pages(desk: Desk) -> None:
    """Does once what the first page would have to wait for."""
    web = pages()
    if web is not None and hasattr(web, "prepare"):
        web.prepare(desk)


def _made(name: str, *args: Any, **context: Any) -> Response | None:  # noqa: ANN401 - see above
    web = pages()
    if web is None or not hasattr(web, name):
        return None
    made: Response = getattr(web, name)(*args, **context)
    return made
