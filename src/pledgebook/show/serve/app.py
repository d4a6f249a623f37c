"""The application: pages and API over one desk, behind the gate."""

import asyncio
import gc
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial
from threading import Lock
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from pledgebook import __version__
from pledgebook.domain import PledgebookError
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.show.api import QUICK, QuickLane
from pledgebook.show.api import router as api
from pledgebook.show.api.faults import Fault
from pledgebook.show.desk import Desk
from pledgebook.show.desk.news import News
from pledgebook.show.desk.request import NotAllowed
from pledgebook.show.desk.scribe import Scribe
from pledgebook.show.desk.views import Views
from pledgebook.show.serve.accounts import Accounts
from pledgebook.show.serve.alerts import Hooks, watch
from pledgebook.show.serve.answers import Answers
from pledgebook.show.serve.downloads import downloads
from pledgebook.show.serve.exports import exports
from pledgebook.show.serve.gate import Gate
from pledgebook.show.serve.limits import Attempts
from pledgebook.show.serve.options import Serving
from pledgebook.show.serve.pages import find_router, prepare_pages
from pledgebook.show.serve.refusal import Refusal, refusal_of, refusal_response
from pledgebook.show.serve.review import router as review
from pledgebook.show.serve.seals import Seals
from pledgebook.show.serve.sign_in import MOST_PER_ADDRESS, MOST_PER_NAME, SECONDS
from pledgebook.show.serve.sign_in import router as sign_in
from pledgebook.show.serve.snapshots import router as snapshots
from pledgebook.show.serve.views import router as views

API = "/api/v1"
_SWITCH_SECONDS = 0.0005
# Rates are loaded when the first is asked for.
_ANY_DAY = date(2024, 1, 2)


def create_app(serving: Serving) -> FastAPI:
    """The web app and API on a book. Raises UsageError where strangers could reach a book that nobody guards."""
    accounts = Accounts(serving.accounts, clock=serving.clock)
    serving.checked(has_accounts=bool(accounts))
    seals = Seals(accounts.people.secret or secrets.token_hex(32))
    app = FastAPI(
        title="Pledgebook",
        version=__version__,
        description="Who pledged what, where, by when, in whose words.",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        lifespan=_lifespan,
        redirect_slashes=False,
        # Nothing is reported to anybody, so that no request has to ask whether something is to be.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.openapi = partial(_described, app)  # type: ignore[method-assign]  # FastAPI's way to change it
    app.state.desk = Desk(
        serving.db,
        clock=serving.clock,
        currency=serving.currency,
        saved=Views(serving.state),
        exports=exports(),
        downloads=downloads(serving.reporter),
    )
    app.state.serving, app.state.accounts, app.state.seals = serving, accounts, seals
    hooks = Hooks(clock=serving.clock, networks=serving.networks)
    app.state.check_hook = hooks.check
    app.state.news = News(
        app.state.desk,
        app.state.desk.saved,
        hooks.post,
        serving.clock,
        None if serving.state is None else serving.state.with_suffix(".news.json"),
    )
    app.state.scribe = Scribe(serving.reader, seconds=serving.read_seconds)
    app.state.attempts = (Attempts(MOST_PER_NAME, SECONDS), Attempts(MOST_PER_ADDRESS, SECONDS))
    app.state.signing_in = asyncio.Semaphore(2)
    app.include_router(api, prefix=API)
    app.include_router(review)
    app.include_router(sign_in)
    app.include_router(views)
    app.include_router(snapshots)
    web = find_router()
    if web is not None:
        app.include_router(web)
    for kind in (Refusal, Fault, NotAllowed, RequestValidationError, HTTPException, PledgebookError):
        app.add_exception_handler(kind, _answer)
    app.add_middleware(QuickLane, endpoints={f"{API}{path}": endpoint for path, endpoint in QUICK.items()})
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Answers, desk=app.state.desk, prefix=f"{API}/")
    app.add_middleware(Gate, serving=serving, accounts=accounts, seals=seals)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Works the ledger out before the first visitor asks for it."""
    # Who works with lists in memory lets go of the interpreter often, and would wait 5 ms each time to get it back.
    sys.setswitchinterval(_SWITCH_SECONDS)
    # What is there now stays: who looks for what may go need not look through it each time, a tenth of a second long.
    gc.freeze()
    # Before anybody asks: FastAPI makes the fields of a route anew where two threads ask for them first.
    app.openapi()
    with suppress(PledgebookError):  # who asks for the book is told what is wrong with it
        await app.state.desk.ledger_soon()
    watching = asyncio.create_task(watch(app.state.news))
    preparing = asyncio.create_task(asyncio.to_thread(_prepare, app))
    try:
        yield
    finally:
        watching.cancel()
        await preparing
        app.state.scribe.close()
        app.state.desk.close()
        gc.unfreeze()


def _prepare(app: FastAPI) -> None:
    """Does what the first visitors would wait for."""
    prepare_pages(app.state.desk)
    load_organisations()
    app.state.desk.rates.rate("EUR", "USD", _ANY_DAY)
    gc.freeze()


def _described(app: FastAPI) -> dict[str, Any]:
    """What the API says of itself: that follows from its routes, whatever book it is about."""
    key = len(app.routes)
    with _describing:
        if key not in _descriptions:
            _descriptions[key] = FastAPI.openapi(app)
        return _descriptions[key]


_descriptions: dict[int, dict[str, Any]] = {}
_describing = Lock()


async def _answer(request: Request, error: Exception) -> Response:
    return refusal_response(refusal_of(error), request)
