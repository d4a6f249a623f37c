"""Forms from our own pages, which work without JavaScript."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse

from pledgebook.domain import UsageError
from pledgebook.show.serve.refusal import Refusal
from pledgebook.show.serve.seals import Seals, Session

_MOST_FIELDS = 1000


async def sealed_form(request: Request) -> FormData:
    """The fields of a form that one of our pages gave to this visitor; refuses all others."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    seals: Seals = request.app.state.seals
    session: Session | None = request.state.session
    given = form.get("csrf")
    if not isinstance(given, str) or not seals.is_csrf(given, "" if session is None else session.id):
        raise Refusal(403, "stale-form", "The form is too old, or not from here.", "Go back, load the page again.")
    return form


Form = Annotated[FormData, Depends(sealed_form)]


def words(form: FormData, name: str) -> str | None:
    """The field's value without blanks around it, None where it is empty."""
    value = form.get(name)
    return None if value is None or isinstance(value, UploadFile) else value.strip() or None


def all_words(form: FormData, name: str) -> tuple[str, ...]:
    """The values of a repeated field."""
    return tuple(value for value in form.getlist(name) if isinstance(value, str) and value)


def local_path(path: str | None) -> str:
    r"""The path where it stays on this server, else the front page.

    >>> local_path("/review?x=1"), local_path("//evil.example"), local_path("/\\evil.example"), local_path(None)
    ('/review?x=1', '/', '/', '/')
    """
    if path is None or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return "/"
    parts = urlsplit(path)
    return "/" if parts.scheme or parts.netloc or not path.isprintable() else path


def back(form: FormData) -> RedirectResponse:
    """Back to the page that the form came from."""
    return RedirectResponse(local_path(words(form, "next")), status_code=303)


def member_name(words: str | None, name: str) -> str:
    """The words of a field that has to be there."""
    if words is None:
        raise UsageError(name, "nothing", "Fill it in.")
    return words
