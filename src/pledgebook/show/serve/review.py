"""What the forms of the review pages are sent to."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from pledgebook.domain import UsageError
from pledgebook.show.desk.ledger import Key, Ledger
from pledgebook.show.desk.request import DeskDep, Reviewer
from pledgebook.show.desk.review import Action, ActionKind, act, key_words
from pledgebook.show.serve.forms import Form, all_words, back, words

router = APIRouter(include_in_schema=False)


@router.post("/review/decide")
async def decide(person: Reviewer, desk: DeskDep, form: Form) -> RedirectResponse:
    """Keeps a decision, and leads back to the page."""
    ledger = await desk.ledger_soon()
    action = await run_in_threadpool(_action, form, ledger)
    await run_in_threadpool(act, desk, ledger, action, by=person.name or "")
    await desk.ledger_soon()  # who is led back sees what was decided
    return back(form)


def _action(form: FormData, ledger: Ledger) -> Action:
    try:
        kind = ActionKind(words(form, "kind") or "")
    except ValueError:
        raise UsageError("kind", repr(words(form, "kind")), f"Use one of {', '.join(ActionKind)}.") from None
    apart = words(form, "apart")
    if kind is ActionKind.DIFFERENT and apart is not None:
        return Action(kind, claims=_split(_claim(apart, ledger), ledger), why=words(form, "why") or "")
    if kind is ActionKind.DIFFERENT and len(all_words(form, "pledge")) == 1:
        raise UsageError("apart", "no telling", "Mark the one that tells of another pledge.")
    return Action(
        kind=kind,
        claims=tuple(_claim(said, ledger) for said in all_words(form, "subject")),
        pledges=all_words(form, "pledge"),
        field=words(form, "field"),
        value=words(form, "value"),
        undoes=words(form, "undoes"),
        why=words(form, "why") or "",
    )


def _split(key: Key, ledger: Ledger) -> tuple[Key, Key]:
    """The claim to be split off, and another one of its pledge."""
    tellings = ledger.telling([key])[key].pledge.tellings
    other = next((it.key for it in tellings if it.key != key), None)
    if other is None:
        raise UsageError("apart", "the only telling of its pledge", "Reject it, or let it stand.")
    return key, other


def _claim(said: str, ledger: Ledger) -> Key:
    """The claim that a form names. Ids of others may hold blanks: what the book has decides where the id begins."""
    places = [at for at, char in enumerate(said) if char == " "]
    for at in places:
        key = (said[:at], said[at + 1 :])
        if key in ledger.telling([key]):
            return key
    raise UsageError("subject", f"{said!r}, which the book does not have", f"Write {key_words(('DOCUMENT', 'CLAIM'))}.")
