"""Signing in and out."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pledgebook.show.desk.request import PersonDep
from pledgebook.show.serve.accounts import Account, Accounts
from pledgebook.show.serve.forms import Form, local_path, words
from pledgebook.show.serve.limits import Attempts
from pledgebook.show.serve.pages import find_page
from pledgebook.show.serve.refusal import Refusal
from pledgebook.show.serve.seals import SESSION_SECONDS, Seals, new_session

router = APIRouter(include_in_schema=False)
_PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>Sign in · Pledgebook</title><h1>Sign in</h1>{error}
<form method=post action="/login"><input type=hidden name=csrf value="{csrf}">
<input type=hidden name=next value="{next}">
<p><label>Name <input name=name autocomplete=username required></label>
<p><label>Password <input name=password type=password autocomplete=current-password required></label>
<p><button>Sign in</button></form>"""
_WRONG = "That is not the password of an account here."
# Per account and per address: so many failures in so many seconds, then wait.
MOST_PER_NAME, MOST_PER_ADDRESS, SECONDS = 5, 20, 900.0


@router.get("/login")
async def login_page(request: Request, person: PersonDep) -> Response:
    """Asks for name and password; who has signed in goes on."""
    following = local_path(request.query_params.get("next"))
    if person.via == "session" or not request.app.state.accounts:
        return RedirectResponse(following, status_code=303)
    return await run_in_threadpool(_login_page, request, following, None, 200)


@router.post("/login")
async def login(request: Request, form: Form) -> Response:
    """Begins a session, where name and password belong together."""
    accounts: Accounts = request.app.state.accounts
    name, following = words(form, "name") or "", local_path(words(form, "next"))
    given = form.get("password")
    account = await _signed_in(request, accounts, name, given if isinstance(given, str) else "")
    if account is None:
        return await run_in_threadpool(_login_page, request, following, _WRONG, 422)
    response = RedirectResponse(following, status_code=303)
    _set_cookie(request, response, account)
    return response


@router.post("/logout")
async def logout(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form is checked by being asked for
    """Ends all sessions of the account."""
    session = request.state.session
    if session is not None:
        await run_in_threadpool(request.app.state.accounts.sign_out, session.account)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(cookie_name(request), secure=request.app.state.serving.is_secure, httponly=True)
    return response


def cookie_name(request: Request) -> str:
    """What the session's cookie is called: with https, one that no other host can set."""
    return ("__Host-" if request.app.state.serving.is_secure else "") + "pledgebook"


async def _signed_in(request: Request, accounts: Accounts, name: str, password: str) -> Account | None:
    attempts: tuple[Attempts, Attempts] = request.app.state.attempts
    address = request.client.host if request.client is not None else ""
    for counted, who in zip(attempts, (name, address), strict=True):
        wait = counted.wait(who)
        if wait:
            raise Refusal(429, "too-often", "Too many wrong passwords.", f"Wait {wait / 60:.0f} minutes.", wait=wait)
    async with request.app.state.signing_in:  # a hash takes much memory by design: few at once
        account = await run_in_threadpool(accounts.sign_in, name, password)
    if account is None:
        for counted, who in zip(attempts, (name, address), strict=True):
            counted.fail(who)
    else:
        attempts[0].forget(name)
    return account


def _set_cookie(request: Request, response: Response, account: Account) -> None:
    seals: Seals = request.app.state.seals
    response.set_cookie(
        cookie_name(request),
        seals.seal(new_session(account.name, account.epoch)),
        max_age=SESSION_SECONDS,
        secure=request.app.state.serving.is_secure,
        httponly=True,
        samesite="lax",
    )


def _login_page(request: Request, following: str, error: str | None, status: int) -> Response:
    csrf = request.state.person.csrf
    context: dict[str, Any] = {"error": error, "next": following, "csrf": csrf}
    made = find_page(request, "login.html", **context)
    if made is None:
        told = f"<p role=alert>{escape(error)}</p>" if error else ""
        made = HTMLResponse(_PAGE.format(error=told, csrf=escape(csrf), next=escape(following)))
    made.status_code = status
    made.headers["Cache-Control"] = "no-store"
    return made
