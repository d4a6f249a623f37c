"""What is not done, and how that is said: to programs in the API's one shape, to people as a page."""

import logging
from html import escape
from typing import Any
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from pledgebook.domain import BookError, DocumentError, PledgebookError, SettingError, UsageError
from pledgebook.show.api.faults import Fault, fault_response
from pledgebook.show.desk.request import NotAllowed
from pledgebook.show.serve.pages import find_error_page

_log = logging.getLogger("pledgebook.serve")
_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><h1>{title}</h1><p>{text}</p>"
_NAMES = {400: "not-understood", 404: "not-found", 405: "wrong-method", 415: "not-json"}
_KINDS: dict[type[PledgebookError], tuple[int, str]] = {
    BookError: (503, "book"),
    SettingError: (503, "setting"),
    DocumentError: (422, "unreadable-document"),
    UsageError: (422, "not-understood"),
}
_BOOK_SECONDS = 5
_TITLES = {
    400: "That did not work", 401: "Please sign in", 403: "Not allowed", 404: "Not found", 405: "Not possible here",
    409: "Too late", 413: "Too large", 414: "Too long", 415: "Not understood", 421: "Wrong name",
    422: "Not understood", 429: "Too often", 500: "Something went wrong", 503: "The book can't be read",
}  # fmt: skip


class Refusal(Exception):  # noqa: N818 - it says what it is
    """A request that is not answered as it wished: the status, a name for programs, what was seen, what would help."""

    def __init__(
        self,
        status: int,
        name: str,
        seen: str,
        help: str,  # noqa: A002 - the reader's word for it
        *,
        where: str | None = None,
        wait: float = 0,
    ) -> None:
        self.status, self.name, self.where, self.seen, self.help, self.wait = status, name, where, seen, help, wait
        super().__init__(seen)


def refusal_of(error: Exception) -> Refusal:
    """What is said of an error that a route raised."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, Fault):
        return Refusal(error.status, error.name, error.seen, error.help, where=error.where)
    if isinstance(error, NotAllowed):
        return Refusal(403, "not-allowed", f"This is for those with the role {error.wanted}.", "Ask an admin.")
    if isinstance(error, RequestValidationError):
        first: Any = next(iter(error.errors()), {})
        where = ".".join(str(part) for part in first.get("loc", ()) if part not in ("body", "query", "path"))
        return Refusal(422, "not-understood", f"{first.get('msg', 'not valid')}.", "See /docs.", where=where or None)
    if isinstance(error, HTTPException):
        name = _NAMES.get(error.status_code, "failed")
        return Refusal(error.status_code, name, f"{error.detail}.", "The API is described at /docs.")
    if isinstance(error, PledgebookError):
        status, name = next((said for kind, said in _KINDS.items() if isinstance(error, kind)), _KINDS[UsageError])
        return Refusal(
            status, name, f"{error.seen}.", error.help, where=error.where, wait=_BOOK_SECONDS if status == 503 else 0
        )
    raise error


async def answer_refusal(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Sends the refusal."""
    response = refusal_response(refusal, Request(scope, receive))
    await response(scope, receive, send)


def refusal_response(refusal: Refusal, request: Request) -> Response:
    """The refusal as an answer to `request`."""
    path = request.url.path
    headers = {"Retry-After": str(max(1, round(refusal.wait)))} if refusal.wait else {}
    if path.startswith("/api/"):
        if refusal.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return fault_response(
            refusal.status, refusal.name, refusal.where or path, refusal.seen, refusal.help, headers=headers
        )
    if refusal.status == 401:
        back = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(back, safe='')}", status_code=303)
    told = f"{refusal.where}: {refusal.seen}" if refusal.where else refusal.seen
    response = error_page(request, refusal.status, f"{told} {refusal.help}".strip())
    response.headers.update(headers)
    return response


def error_page(request: Request, status: int, text: str) -> Response:
    """A page that says what went wrong, in the dress of all pages where they are installed."""
    title = _TITLES.get(status, "That did not work")
    # Who has not passed the gate sees nothing but the words.
    if "person" in request.scope.get("state", {}):
        try:
            made = find_error_page(request, status, title, text)
        except Exception:  # noqa: BLE001 - an error must be told even where the page for errors is what fails
            _log.exception("the page for errors failed")
            made = None
        if made is not None:
            return made
    return HTMLResponse(_PAGE.format(title=escape(title), text=escape(text)), status_code=status)
