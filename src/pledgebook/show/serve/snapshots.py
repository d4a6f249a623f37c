"""What the form of the page of snapshots is sent to."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from pledgebook.show.desk.request import DeskDep, Reviewer
from pledgebook.show.serve.forms import Form, back, member_name, words

router = APIRouter(include_in_schema=False)


@router.post("/snapshots")
async def freeze(_: Reviewer, desk: DeskDep, form: Form) -> RedirectResponse:
    """Freezes the book as it is now under a new name, and leads back to the page."""
    name = member_name(words(form, "name"), "name")
    await run_in_threadpool(desk.freeze, name, words(form, "note") or "")
    return back(form)
