"""What the forms of saved views are sent to."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from pledgebook.show.desk.request import DeskDep, PersonDep
from pledgebook.show.serve.forms import Form, back, local_path, member_name, words
from pledgebook.show.serve.refusal import Refusal

router = APIRouter(include_in_schema=False)


@router.post("/views")
async def save(person: PersonDep, desk: DeskDep, form: Form) -> RedirectResponse:
    """Saves a view for whoever has a name, and leads back to the page."""
    owner = _named(person.name)
    name, path = member_name(words(form, "name"), "name"), local_path(words(form, "path"))
    await run_in_threadpool(desk.saved.add, name, path, owner)
    return back(form)


@router.post("/views/delete")
async def delete(person: PersonDep, desk: DeskDep, form: Form) -> RedirectResponse:
    """Deletes one of one's own views, and leads back to the page."""
    owner = _named(person.name)
    if not await run_in_threadpool(desk.saved.remove, words(form, "id") or "", owner=owner):
        raise Refusal(404, "no-such-view", "There is no such view of yours.", "Load the page again.")
    return back(form)


def _named(name: str | None) -> str:
    if name is None:
        raise Refusal(403, "not-allowed", "Views are kept for those who have an account.", "Sign in.")
    return name
